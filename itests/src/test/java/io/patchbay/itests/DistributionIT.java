package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.conformance.CheckedHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The archive starts, answers and stops. */
class DistributionIT {

    @Test
    void startsAnswersAndStops() throws Exception {
        Distribution gateway = Distribution.withHome("smoke").start();
        try (gateway) {
            HttpResponse<String> health = CheckedHttpClient.create()
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

    @Test
    void readsEveryFileOfHundredsThatAreCopiedAtOnce() throws Exception {
        try (Distribution gateway = Distribution.withHome("many-files").start()) {
            Path etc = gateway.home().resolve("etc");
            for (int i = 0; i < 600; i++) {
                Files.writeString(
                        etc.resolve("io.patchbay.provider~copy-" + i + ".cfg"),
                        "base-url = http://127.0.0.1:9\ncredential-required = false\nunknown-price = free\n"
                                + "models = copied/model-" + i + "=m\n");
            }

            int offered = 0;
            for (int tries = 0; tries < 100 && offered < 600; tries++) {
                Thread.sleep(200);
                offered = offered(gateway);
            }

            assertThat(offered).isEqualTo(600);
            assertThat(archives(gateway.home().resolve("data/tmp")))
                    .as("folders of etc/, made into bundles")
                    .isEmpty();
        }
    }

    private static List<Path> archives(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().contains("fileinstall-")
                            && file.toString().endsWith(".jar"))
                    .toList();
        }
    }

    private static int offered(Distribution gateway) throws Exception {
        String models = CheckedHttpClient.create()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.url() + "/models"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return models.split("\"id\":\"copied/", -1).length - 1;
    }
}
