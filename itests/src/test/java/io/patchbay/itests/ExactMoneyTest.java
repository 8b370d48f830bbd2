package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L11: money never passes through floating point, neither in the code that handles it nor in a table. */
class ExactMoneyTest {
    private static final Path BUNDLES = Path.of("../bundles");
    private static final Pattern INEXACT = Pattern.compile("\\b(double|float|Double|Float|doubleValue|floatValue"
            + "|[gs]etDouble|[gs]etFloat|[gs]etAsDouble|Math\\.round)\\b");

    private static final Pattern INEXACT_COLUMN =
            Pattern.compile("\\b(real|float4?|float8|double precision|numeric|decimal)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT_OR_COMMENT =
            Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ledger/src/main/java",
                "billing/src/main/java",
                "access/src/main/java",
                "admin-api/src/main/java",
                "catalog/src/main/java",
                "generations/src/main/java",
                "console/src/main/java",
                "api/src/main/java/io/patchbay/api/ledger",
                "api/src/main/java/io/patchbay/api/billing",
                "api/src/main/java/io/patchbay/api/access",
                "api/src/main/java/io/patchbay/api/catalog"
            })
    void noCodeOfMoneyKnowsFloatingPoint(String folder) throws IOException {
        assertThat(found(folder, ".java", INEXACT)).isEmpty();
    }

    @Test
    void noTableHasAColumnThatIsNotExact() throws IOException {
        assertThat(found("", ".sql", INEXACT_COLUMN)).isEmpty();
    }

    private static Iterable<String> found(String folder, String ending, Pattern pattern) throws IOException {
        var found = new ArrayList<String>();
        int read = 0;
        try (var files = Files.walk(BUNDLES.resolve(folder))) {
            for (var file : files.filter(path ->
                            path.toString().endsWith(ending) && !path.toString().contains("/target/"))
                    .toList()) {
                read++;
                var code = TEXT_OR_COMMENT.matcher(Files.readString(file)).replaceAll("");
                pattern.matcher(code).results().forEach(match -> found.add(file + ": " + match.group()));
            }
        }
        assertThat(read).as("files read").isPositive();
        return found;
    }
}
