package io.patchbay.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends is read, or refused as the client's mistake. */
class EmbeddingsRequestReaderFuzzTest {
    static Stream<byte[]> requests() {
        return Stream.of(
                        "{\"model\":\"a/b\",\"input\":[\"x\"],\"dimensions\":8,\"encoding_format\":\"base64\"}",
                        "{\"model\":\"a/b\",\"input\":[[1,2],[1e9]],\"provider\":{}}",
                        "{\"model\":\"a/b\",\"input\":[{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]}",
                        "[]",
                        "{\"model\":7}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("requests")
    @FuzzTest(maxDuration = "60m")
    void isReadOrRefused(byte[] body) {
        try {
            assertThat(EmbeddingsRequestReader.read(body).inputs()).isPositive();
        } catch (FailureException refused) {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        }
    }
}
