package io.patchbay.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends is read, or refused as the client's mistake. */
class ChatRequestReaderFuzzTest {
    static Stream<byte[]> requests() {
        return Stream.of(
                        "{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true}",
                        "{\"models\":[\"a/b:free\"],\"messages\":[{\"role\":\"tool\",\"content\":[{\"type\":\"text\"}]}],"
                                + "\"temperature\":1e2,\"tools\":[{}],\"stop\":[\"a\"],\"provider\":{\"order\":[\"x\"]}}",
                        "[]",
                        "{\"model\":7}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("requests")
    @FuzzTest(maxDuration = "60m")
    void isReadOrRefused(byte[] body) {
        try {
            assertThat(ChatRequestReader.read(body).models()).isNotEmpty();
        } catch (FailureException refused) {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        }
    }
}
