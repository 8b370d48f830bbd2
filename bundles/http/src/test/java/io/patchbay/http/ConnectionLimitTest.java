package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    @Test
    void letsFurtherConnectionsWaitForOneToEnd() throws IOException {
        var limits = new Settings.Limits(1 << 20, 64L << 20, 16 * 1024, LONG, LONG, LONG, 100, 2);
        try (var server =
                        new TestServer(TestServer.settings(limits, TestServer.swap(Duration.ofSeconds(5)))).withEcho();
                var one = server.client();
                var two = server.client()) {
            assertThat(one.get("/echo").answer().status()).isEqualTo(200);
            assertThat(two.get("/echo").answer().status()).isEqualTo(200);
            // One may be accepted beyond the limit, as somebody is waiting for it already.
            try (var three = server.client();
                    var four = server.client()) {
                three.get("/echo");
                four.get("/echo");
                assertThat(four.isSilent(A_MOMENT)).isTrue();
                one.close();
                two.close();
                assertThat(three.answer().status()).isEqualTo(200);
                assertThat(four.answer().status()).isEqualTo(200);
            }
        }
    }
}
