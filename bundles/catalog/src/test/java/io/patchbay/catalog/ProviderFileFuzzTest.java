package io.patchbay.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an operator writes into a provider's file is taken, or refused with the key and a reason. */
class ProviderFileFuzzTest {
    static Stream<byte[]> files() {
        return Stream.of(
                        "base-url=https://api.example.com/v1\napi-key=x\nmodels=a/b=c, d/e\nprice.a/b=1,2.5\nheaders=A: b, C: d",
                        "base-url=ftp://x\nidle-timeout=10m\noption.rename.a=b\nexclude-models=*-x*\ncontext-length=1_000",
                        "bas-url=\nname=UPPER\nprice-prompt=-1\nenabled=maybe")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "60m")
    void isReadOrRefusedByName(byte[] file) {
        var values = new HashMap<String, Object>();
        new String(file, UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        });
        try {
            ProviderFileReader.read("acme", Settings.of(values));
        } catch (BadSetting refused) {
            assertThat(refused.key()).isNotNull();
            assertThat(refused.reason()).isNotBlank();
        }
    }
}
