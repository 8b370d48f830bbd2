package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.patchbay.api.catalog.Price.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shipped in {@code etc/} is right. */
class ShippedFilesTest {
    private static final Path ETC = Path.of("..", "..", "etc");
    /** What the framework puts in the place of it, if the variable is not set. */
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\[env:[^;\\]]*;default=([^\\]]*)]");
    /** Adapters with no other options than those of {@code openai}. */
    private static final Set<String> OPENAI_OPTIONS_COUNT = Set.of("openai", "mistral");

    @Test
    void everyProviderFileIsRight() throws IOException {
        for (var file : files(ETC, "io.patchbay.provider~*.cfg")) {
            var read = provider(file);
            // What wants no credential would be live at once: a server of one's own, which may not be there.
            assertThat(read.enabled()).as("%s", file).isEqualTo(read.credentialRequired());
            assertThat(file.getFileName()).hasToString("io.patchbay.provider~" + read.name() + ".cfg");
            // And it bills nobody: its models must not be refused for want of a price.
            if (!read.credentialRequired()) {
                assertThat(read.unknownPrice()).as("%s", file).isEqualTo(UnknownPrice.FREE);
            }
        }
    }

    /** In the environment, in the file, in the console. */
    @Test
    void everyFileSaysTheThreeWaysToGiveAKey() throws IOException {
        for (var file : files(ETC, "io.patchbay.provider~*.cfg")) {
            var read = provider(file);
            if (read.credentialRequired()) {
                assertThat(Files.readString(file))
                        .as("%s", file)
                        .containsPattern("(?m)^# .*environment variable")
                        .contains(" or a key is written here.")
                        .contains("console, too: patchbay:provider-key " + read.name() + "\n");
            }
        }
    }

    /** A key that is set for one provider must not make another one ready. */
    @Test
    void noTwoProvidersTakeTheirKeyFromOneVariable() throws IOException {
        var taken = new HashSet<String>();
        for (var file : files(ETC, "io.patchbay.provider~*.cfg")) {
            var key = properties(file).getOrDefault("api-key", "");
            assertThat(key.isEmpty() || taken.add(key)).as("%s: %s", file, key).isTrue();
        }
    }

    /** A misspelt option would do nothing, and nobody would notice. */
    @Test
    void everyOptionOfTheOpenAiAdapterIsOneThatIsDocumented() throws IOException {
        var documented = openAiOptions();
        for (var file : files(ETC, "io.patchbay.provider~*.cfg")) {
            var read = properties(file);
            if (!OPENAI_OPTIONS_COUNT.contains(read.getOrDefault("adapter", "openai"))) {
                continue;
            }
            for (var key : read.keySet()) {
                assertThat(!key.startsWith("option.") || documented.stream().anyMatch(option -> isOne(key, option)))
                        .as("%s: %s", file, key)
                        .isTrue();
                if (key.startsWith("option.set.")) {
                    assertThat(JsonParser.parseString(read.get(key)).isJsonNull())
                            .as("%s: %s", file, key)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aMisspeltOptionIsFound() throws IOException {
        var documented = openAiOptions();

        assertThat(documented).contains("option.drop", "option.rename.");
        assertThat(documented).noneMatch(option -> isOne("option.dorp", option));
        assertThat(documented).noneMatch(option -> isOne("option.rename", option));
        assertThat(documented).noneMatch(option -> isOne("option.drop.logprobs", option));
        assertThat(documented).anyMatch(option -> isOne("option.rename.max_tokens", option));
    }

    @Test
    void everyEntryOfTheCatalogueIsRight() throws IOException {
        var problems = new ArrayList<String>();
        int models = 0;
        for (var file : files(ETC.resolve("catalog"), "*.json")) {
            var name = String.valueOf(file.getFileName()).replace(".json", "");
            var read =
                    CatalogueReader.read(name, Files.readString(file), problem -> problems.add(file + ": " + problem));
            assertThat(read.isEmpty()).isFalse();
            models += read.models().size();
        }
        assertThat(problems).isEmpty();
        assertThat(models).isGreaterThan(1_500);
    }

    @ParameterizedTest
    @CsvSource({
        "google-ai-studio, google/gemini-2.5-pro, 200000, 1.25, 10, 0.125",
        "google-ai-studio, google/gemini-2.5-pro, 200001, 2.5, 15, 0.25",
        "openai, openai/gpt-5.4, 272000, 2.5, 15, 0.25",
        "openai, openai/gpt-5.4, 272001, 5, 22.5, 0.5"
    })
    void longPromptsHaveTheirPrice(
            String provider,
            String model,
            long promptTokens,
            BigDecimal prompt,
            BigDecimal completion,
            BigDecimal cached)
            throws IOException {
        var file = CatalogueReader.read(
                provider, Files.readString(ETC.resolve("catalog").resolve(provider + ".json")), problem -> {});

        var price = file.models().stream()
                .filter(known -> known.id().toString().equals(model))
                .findFirst()
                .flatMap(CatalogueModel::price)
                .orElseThrow()
                .forPromptOf(promptTokens);

        assertThat(price.prompt().movePointRight(6)).isEqualByComparingTo(prompt);
        assertThat(price.completion().movePointRight(6)).isEqualByComparingTo(completion);
        assertThat(price.of(Unit.CACHE_READ).orElseThrow().movePointRight(6)).isEqualByComparingTo(cached);
    }

    private static boolean isOne(String key, String option) {
        return option.endsWith(".") ? key.startsWith(option) && key.length() > option.length() : key.equals(option);
    }

    /** The options in the table of the documentation; those whose end is free, up to there. */
    private static List<String> openAiOptions() throws IOException {
        var text = Files.readString(Path.of("..", "..", "docs", "providers.md"));
        int from = text.indexOf("## Options of the adapter `openai`");
        var table = text.substring(from, text.indexOf("\n## ", from));
        return Pattern.compile("(?m)^\\| `(option\\.[a-z-]+\\.?)[A-Z]*`")
                .matcher(table)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static ProviderSettings provider(Path file) throws IOException {
        var name = String.valueOf(file.getFileName())
                .replace("io.patchbay.provider~", "")
                .replace(".cfg", "");
        var values = properties(file);
        values.replaceAll((key, value) -> ENVIRONMENT.matcher(value).replaceAll("$1"));
        return ProviderFileReader.read(name, Settings.of(values));
    }

    private static Map<String, String> properties(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        var values = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    private static List<Path> files(Path folder, String glob) throws IOException {
        var files = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(files::add);
        }
        assertThat(files).isNotEmpty();
        return files;
    }
}
