package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The archive starts, answers and stops. */
class DistributionIT {

    @Test
    void startsAnswersAndStops() throws Exception {
        Distribution gateway = Distribution.withHome("smoke").start();
        try (gateway) {
            HttpResponse<String> health = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(gateway.root().resolve("/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(gateway.key()).startsWith("sk-pb-v1-");
            assertThat(gateway.console("bundle:list")).contains("Patchbay :: API");
            assertThat(gateway.stop()).isZero();
            assertThat(gateway.isRunning()).isFalse();
        }
    }
}
