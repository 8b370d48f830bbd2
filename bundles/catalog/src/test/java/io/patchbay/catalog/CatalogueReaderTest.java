package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueReaderTest {
    private final List<String> problems = new ArrayList<>();

    @Test
    void readsEveryKey() {
        var file = read("""
                {"provider": "acme", "as_of": "2026-11-22", "models": [
                  {"id": "meta/llama:free", "upstream": "Llama", "name": "Llama (free)", "context_length": 131072,
                   "max_completion_tokens": 65536, "price": {"prompt": "0.15", "completion": "0.60",
                   "input_cache_read": "0.075", "web_search": "0.01", "a unit of tomorrow": 1,
                   "overrides": [{"min_prompt_tokens": 200000, "prompt": "0.30"},
                   {"utc_start": 1630, "utc_end": 30, "prompt": "0.07"},
                   {"utc_start": 1630, "utc_end": 30, "min_prompt_tokens": 200000, "prompt": "0.14"}]}, "quantization": "fp8",
                   "tokenizer": "Llama3", "knowledge_cutoff": "2025-06-30", "parameters": ["tools", "seed"], "input_modalities": ["text", "image"],
                   "output_modalities": ["text"], "created": 1754352000, "a key of tomorrow": {}}]}
                """);

        assertThat(problems).isEmpty();
        assertThat(file.asOf()).isEqualTo("2026-11-22");
        var model = file.models().iterator().next();
        assertThat(model.id()).isEqualTo(ModelId.parse("meta/llama:free"));
        assertThat(model.upstream()).isEqualTo("Llama");
        assertThat(model.name()).isEqualTo("Llama (free)");
        assertThat(model.contextLength()).isEqualTo(131_072);
        assertThat(model.maxCompletionTokens()).isEqualTo(65_536);
        var price = Price.builder()
                .perMillion(Unit.PROMPT, new BigDecimal("0.15"))
                .perMillion(Unit.COMPLETION, new BigDecimal("0.60"))
                .perMillion(Unit.CACHE_READ, new BigDecimal("0.075"))
                .each(Unit.WEB_SEARCH, new BigDecimal("0.01"))
                .above(200_000, Map.of(Unit.PROMPT, new BigDecimal("0.0000003")))
                .during(990, 30, Map.of(Unit.PROMPT, new BigDecimal("0.00000007")))
                .during(990, 30, 200_000, Map.of(Unit.PROMPT, new BigDecimal("0.00000014")))
                .asOf(LocalDate.of(2026, 11, 22))
                .build();
        assertThat(model.price()).contains(price);
        assertThat(model.inputs()).containsExactlyInAnyOrder("text", "image");
        assertThat(model.outputs()).containsExactly("text");
        assertThat(model.quantization()).isEqualTo("fp8");
        assertThat(model.tokenizer()).isEqualTo("Llama3");
        assertThat(model.knowledgeCutoff()).isEqualTo("2025-06-30");
        assertThat(model.parameters()).containsExactlyInAnyOrder("tools", "seed");
        assertThat(model.isOffered()).isTrue();
        assertThat(model.created()).isEqualTo(1_754_352_000);
    }

    @Test
    void needsNothingButAnId() {
        var model = read("{\"models\": [{\"id\": \"meta/llama\"}]}")
                .models()
                .iterator()
                .next();

        assertThat(model.upstream()).isEqualTo("llama");
        assertThat(model.name()).isEqualTo("meta/llama");
        assertThat(model.price()).isEmpty();
        assertThat(model.isOffered()).isTrue();
    }

    @Test
    void offersModelsForEmbeddingsToo() {
        var file = read("{\"models\": [{\"id\": \"a/b\", \"output_modalities\": [\"embeddings\"]}]}");

        assertThat(file.models()).singleElement().matches(CatalogueModel::isOffered);
    }

    @Test
    void aDayThatIsNoneIsToldAndCostsNoEntry() {
        var file = read("{\"as_of\": \"today\", \"models\": [{\"id\": \"a/b\"}]}");

        assertThat(problems).containsExactly("as_of: 'today' (expected: a day such as 2026-11-22)");
        assertThat(file.asOf()).isEmpty();
        assertThat(file.models()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'\"output_modalities\": [\"image\"]'", "'\"input_modalities\": [\"audio\"]'"})
    void tellsModelsThatNoClientCanAsk(String line) {
        var file = read("{\"models\": [{\"id\": \"a/b\", " + line + "}]}");

        assertThat(file.models()).singleElement().matches(model -> !model.isOffered());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7|models[1]: model: not an object",
                "{}|models[1]: id: missing",
                "{'id': 'gpt'}|models[1]: id: not a model",
                "{'id': 'a/a'}|models[1] (a/a): id: is there twice",
                "{'id': 3}|models[1]: id: not a text",
                "{'id': 'a/b', 'upstream': ''}|models[1] (a/b): upstream: not a text",
                "{'id': 'a/b', 'name': 'a\\nb'}|models[1] (a/b): name: not a text",
                "{'id': 'a/b', 'context_length': '1'}|models[1] (a/b): context_length: not a count",
                "{'id': 'a/b', 'max_completion_tokens': -1}|models[1] (a/b): max_completion_tokens: not a count",
                "{'id': 'a/b', 'created': 1.5}|models[1] (a/b): created: not a count",
                "{'id': 'a/b', 'price': 1}|models[1] (a/b): price: not an object",
                "{'id': 'a/b', 'price': {'prompt': '1'}}|models[1] (a/b): price.completion: missing",
                "{'id': 'a/b', 'price': {'prompt': '-1', 'completion': '1'}}|models[1] (a/b): price.prompt: '-1'",
                "{'id': 'a/b', 'price': {'prompt': 1, 'completion': '1'}}|models[1] (a/b): price.prompt: not a text",
                "{'id': 'a/b', 'parameters': 'tools'}|models[1] (a/b): parameters: not an array",
                "{'id': 'a/b', 'price': {'prompt': '1', 'completion': '1', 'image': '?'}}|models[1] (a/b): price.image: '?'",
                "{'id': 'a/b', 'price': {'prompt': '1', 'completion': '1', 'overrides': [{}]}}"
                        + "|models[1] (a/b): price.overrides: not objects of a min_prompt_tokens",
                "{'id': 'a/b', 'price': {'prompt': '1', 'completion': '1', 'overrides': [{'utc_start': 1660, 'utc_end': 0}]}}"
                        + "|models[1] (a/b): price.overrides.utc_start: not a time",
                "{'id': 'a/b', 'price': {'prompt': '1', 'completion': '1', 'overrides': [{'utc_start': 0}]}}"
                        + "|models[1] (a/b): price.overrides.utc_end: not a time",
                "{'id': 'a/b', 'price': {'prompt': '1', 'completion': '1', 'overrides': [{'utc_start': 5, 'utc_end': 5}]}}"
                        + "|models[1] (a/b): price.overrides: not objects of",
                "{'id': 'a/b', 'price': {'prompt': '1', 'completion': '1', 'overrides': 1}}"
                        + "|models[1] (a/b): price.overrides: not an array",
                "{'id': 'a/b', 'input_modalities': []}|models[1] (a/b): input_modalities: empty",
                "{'id': 'a/b', 'input_modalities': ['Text']}|models[1] (a/b): input_modalities: 'Text'",
                "{'id': 'a/b', 'quantization': 'FP 8'}|models[1] (a/b): quantization: 'FP 8'",
                "{'id': 'a/b', 'output_modalities': [1]}|models[1] (a/b): output_modalities: not a text",
            })
    void leavesOutABadEntryAndSaysWhichAndWhy(String entry, String problem) {
        var file = read("{\"models\": [{\"id\": \"a/a\"}, " + entry.replace('\'', '"') + ", {\"id\": \"a/c\"}]}");

        assertThat(problems).singleElement().asString().startsWith(problem);
        assertThat(file.models()).extracting(model -> model.id().toString()).containsExactly("a/a", "a/c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"models\": [}",
                "{\"models\": []} more",
                "{'models': []}",
                "{}",
                "{\"models\": {}}",
                "{\"provider\": \"other\", \"models\": []}"
            })
    void refusesWhatIsNoCatalogueFile(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(BadSetting.class);
    }

    private CatalogueFile read(String json) {
        return CatalogueReader.read("acme", json, problems::add);
    }
}
