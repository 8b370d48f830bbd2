package io.patchbay.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes a client sends: answers below 500 or a closed connection, and the next client is served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpInputFuzzTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start().withEcho();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<byte[]> inputs() {
        return Stream.of(
                        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi",
                        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n0\r\nT: v\r\n\r\n",
                        "GET /below/a%2Fb?c=%20 HTTP/1.0\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n",
                        "OPTIONS * HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("inputs")
    @FuzzTest(maxDuration = "60m")
    void isAnsweredOrRefused(byte[] input) throws IOException {
        try (var toOurselves = BugDetectors.allowNetworkConnections();
                var client = server.client()) {
            client.send(new String(input, ISO_8859_1));
            client.socket.shutdownOutput();
            assertThat(client.rest()).doesNotContain("HTTP/1.1 5");
        } catch (SocketException closed) {
            assertThat(closed).isNotNull();
        }
        try (var toOurselves = BugDetectors.allowNetworkConnections();
                var client = server.client()) {
            assertThat(client.post("/echo", "fine").answer().body()).isEqualTo("POST /echo 4 fine");
        }
    }
}
