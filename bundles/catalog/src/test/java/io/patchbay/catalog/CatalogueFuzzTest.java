package io.patchbay.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written into a catalogue file is taken, or refused with the key and a reason. */
class CatalogueFuzzTest {
    static Stream<byte[]> files() {
        return Stream.of(
                        "{\"models\":[{\"id\":\"a/b\",\"price\":{\"prompt\":\"1\",\"completion\":\"2.5\"},\"parameters\":[\"x\"]}]}",
                        "{\"provider\":\"acme\",\"as_of\":\"x\",\"models\":[{\"id\":\"a/b\",\"created\":1e3},null,[],{\"id\":{}}]}",
                        "[[[[{\"models\":")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "60m")
    void isReadOrRefusedByName(byte[] file) {
        try {
            CatalogueReader.read(
                    "acme",
                    new String(file, UTF_8),
                    problem -> assertThat(problem).isNotBlank());
        } catch (BadSetting refused) {
            assertThat(refused.key()).isNotBlank();
            assertThat(refused.reason()).isNotBlank();
        }
    }
}
