package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/promises.md names as proof is there. */
class PromisesTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern PROOF = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");

    @Test
    void everyProofIsATest() throws IOException {
        var proofs = PROOF.matcher(Files.readString(PROJECT.resolve("docs/promises.md")))
                .results()
                .toList();
        var tests = tests();

        assertThat(proofs).hasSizeGreaterThan(20).allSatisfy(proof -> assertIsTest(proof, tests));
    }

    private static List<Path> tests() {
        try (var files = Files.find(
                PROJECT, 12, (path, kind) -> path.toString().contains("/src/test/java/") && kind.isRegularFile())) {
            return files.toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void assertIsTest(MatchResult proof, List<Path> tests) {
        assertThat(tests)
                .as(proof.group())
                .filteredOn(path -> path.endsWith(proof.group(1) + ".java"))
                .singleElement()
                .satisfies(path -> assertThat(path).content().contains("void " + proof.group(2) + "("));
    }
}
