package io.patchbay.catalogtool;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogToolTest {
    private static final String OPENROUTER = """
            {"data": [
              {"id": "meta/none:free", "name": "None"},
              {"id": "openai/gpt-oss-120b", "canonical_slug": "openai/gpt-oss-120b", "name": "OpenAI: gpt-oss-120b",
               "hugging_face_id": "openai/gpt-oss-120b", "created": 1754414231,
               "architecture": {"tokenizer": "GPT"}, "knowledge_cutoff": "2024-06-30",
               "supported_parameters": ["seed", "tools", "temperature"]},
              {"id": "openai/gpt-oss-120b:free", "hugging_face_id": "openai/gpt-oss-120b"},
              {"id": "anthropic/claude-sonnet-4.5", "canonical_slug": "anthropic/claude-4.5-sonnet-20250929"},
              {"id": "deepseek/deepseek-chat-v3.1", "hugging_face_id": "deepseek-ai/DeepSeek-V3.1"},
              {"id": "qwen/qwen3-235b-a22b-2507", "hugging_face_id": "Qwen/Qwen3-235B-A22B-Instruct-2507"},
              {"id": "qwen/qwen3-235b-a22b", "hugging_face_id": "Qwen/Qwen3-235B-A22B"},
              {"id": "meta-llama/llama-3.3-70b-instruct"},
              {"id": "amazon/nova-pro-v1"}]}
            """;
    private static final String PROVIDERS = """
            {"zeta-ai": {"name": "Zeta AI", "npm": "@ai-sdk/openai-compatible", "api": "https://zeta.test/v1/",
              "env": ["ZETA_ENDPOINT", "ZETA_API_KEY"], "models": {
                "gpt-oss:120b": {"name": "GPT OSS", "cost": {"input": 0.049999999999999996, "output": 1, "cache_read": 0.5},
                  "limit": {"context": 131072, "output": 0}, "modalities": {"input": ["text"], "output": ["text"]},
                  "tool_call": false, "reasoning": true, "temperature": true, "release_date": "2025-25-11"},
                "mystery-4-1": {"name": "Mystery", "release_date": "2025-08", "tool_call": true},
                "old": {"status": "deprecated"},
                "elsewhere": {"provider": {"npm": "@ai-sdk/anthropic"}},
                "text-embedding-3": {"modalities": {"input": ["text"], "output": ["text"]}}}},
             "zeta-cn": {"name": "Zeta (China)", "npm": "@ai-sdk/openai-compatible",
              "api": "https://zeta.test/cn/chat/completions", "env": ["ZETA_API_KEY"], "models": {"mystery-4.1": {}}},
             "groq": {"name": "Groq", "npm": "@ai-sdk/groq", "env": ["GROQ_API_KEY"], "models":
               {"openai/gpt-oss-120b": {"modalities": {"input": ["text", "pdf"], "output": ["text"]}},
                "gemini-3-FP8": {"cost": {"input": 1, "output": 2, "cached_input": 0.1, "input_audio": 3, "reasoning": 4,
                  "tiers": [{"input": 8, "output": 2, "tier": {"size": 500000}},
                    {"input": 2, "output": 3, "cache_read": 0.1, "tier": {"type": "context", "size": 200000}}]}}}},
             "at-home": {"npm": "@ai-sdk/openai-compatible", "api": "http://127.0.0.1:1/v1", "models": {"a/b": {}}},
             "tenant": {"npm": "@ai-sdk/openai-compatible", "api": "https://${TENANT}.test/v1", "models": {"a/b": {}}},
             "other-tongue": {"npm": "@ai-sdk/anthropic", "api": "https://other.test/v1", "models": {"a/b": {}}}}
            """;

    @TempDir
    Path etc;

    @ParameterizedTest
    @CsvSource({
        "gpt-oss-120b, openai/gpt-oss-120b",
        "gpt-oss:120b, openai/gpt-oss-120b",
        "openai/gpt-oss-120b:free, openai/gpt-oss-120b:free",
        "accounts/x/models/gpt-oss-120b, openai/gpt-oss-120b",
        "claude-sonnet-4-5-20250929, anthropic/claude-sonnet-4.5",
        "claude-sonnet-4-5@20250929, anthropic/claude-sonnet-4.5",
        "claude-sonnet-4-5@default, anthropic/claude-sonnet-4.5",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, anthropic/claude-sonnet-4.5",
        "anthropic-claude-4.5-sonnet, anthropic/claude-sonnet-4.5",
        "anthropic/claude-sonnet-4-5:thinking, anthropic/claude-sonnet-4.5:thinking",
        "llama-3.3-70b-versatile, meta-llama/llama-3.3-70b-instruct",
        "llama3.3-70b, meta-llama/llama-3.3-70b-instruct",
        "amazon.nova-pro-v1:0, amazon/nova-pro-v1",
        "hf:deepseek-ai/DeepSeek-V3.1, deepseek/deepseek-chat-v3.1",
        "deepseek-v3p1-fp8, deepseek/deepseek-chat-v3.1",
        "Qwen/Qwen3-235B-A22B, qwen/qwen3-235b-a22b",
        "qwen-3-235b-a22b-instruct-2507, qwen/qwen3-235b-a22b-2507",
    })
    void knowsAModelByMostOfItsNames(String upstream, String id) {
        assertThat(new KnownModels(json(OPENROUTER)).find(upstream, "")).contains(id);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4.6",
        "gpt-oss-20b",
        "qwen3-235b-a22b-thinking-2507",
        "qwen3-235b-a22b-instruct",
        "nova-lite-v1"
    })
    void takesNoModelForAnother(String upstream) {
        assertThat(new KnownModels(json(OPENROUTER)).find(upstream, "")).isEmpty();
    }

    @Test
    void writesOneModelALine() throws IOException {
        run();

        assertThat(catalogue("zeta-ai")).isEqualTo("""
                        {"provider":"zeta-ai","as_of":"2026-11-22","models":[
                        {"id":"openai/gpt-oss-120b","upstream":"gpt-oss:120b","name":"OpenAI: gpt-oss-120b",\
                        "context_length":131072,"price":{"prompt":"0.05","completion":"1","input_cache_read":"0.5"},\
                        "parameters":["include_reasoning","reasoning","seed","temperature"],"tokenizer":"GPT",\
                        "knowledge_cutoff":"2024-06-30","created":1754414231},
                        {"id":"openai/text-embedding-3","upstream":"text-embedding-3","name":"openai/text-embedding-3",\
                        "parameters":[],"output_modalities":["embeddings"]},
                        {"id":"zeta-ai/mystery-4-1","upstream":"mystery-4-1","name":"Mystery",\
                        "parameters":["max_tokens","stop","tool_choice","tools","top_p"],"created":1754006400}
                        ]}
                        """);
        assertThat(catalogue("groq")).contains("\"input_modalities\":[\"file\",\"text\"]");
    }

    @Test
    void writesAllPricesAndWhatChangesForLongPrompts() throws IOException {
        run();

        assertThat(catalogue("groq"))
                .contains("\"upstream\":\"gemini-3-FP8\"")
                .contains(
                        "\"price\":{\"prompt\":\"1\",\"completion\":\"2\",\"audio\":\"3\",\"internal_reasoning\":\"4\","
                                + "\"input_cache_read\":\"0.1\",\"overrides\":["
                                + "{\"min_prompt_tokens\":200000,\"prompt\":\"2\",\"completion\":\"3\"},"
                                + "{\"min_prompt_tokens\":500000,\"prompt\":\"8\",\"completion\":\"2\"}]}")
                .contains("\"quantization\":\"fp8\"");
    }

    @Test
    void writesFilesOnlyForProvidersThatSpeakOpenAi() throws IOException {
        run();

        try (var files = Files.list(etc)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "catalog",
                            "io.patchbay.provider~at-home.cfg",
                            "io.patchbay.provider~zeta-ai.cfg",
                            "io.patchbay.provider~zeta-cn.cfg");
        }
        try (var files = Files.list(etc.resolve("catalog"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("groq.json", "zeta-ai.json", "zeta-cn.json");
        }
    }

    @Test
    void givesNoTwoProvidersOneVariable() throws IOException {
        run();

        assertThat(Files.readString(etc.resolve("io.patchbay.provider~zeta-ai.cfg")))
                .startsWith("# Zeta AI.\n# Inactive until the environment variable ZETA_API_KEY is set")
                .contains("\n# A key can be typed in the console, too: patchbay:provider-key zeta-ai\n")
                .contains("\nbase-url = https://zeta.test/v1\n", "\napi-key = $[env:ZETA_API_KEY;default=]\n")
                .contains("catalog/zeta-ai.json")
                .doesNotContain("{");
        assertThat(Files.readString(etc.resolve("io.patchbay.provider~zeta-cn.cfg")))
                .contains("\nbase-url = https://zeta.test/cn\n", "\napi-key = $[env:ZETA_CN_API_KEY;default=]\n");
    }

    @Test
    void doesNotTakeADistillateForItsTeacher() {
        var data = json("{\"base_model\":\"deepseek/deepseek-r1\"}");

        assertThat(new Offer("deepseek-r1-distill-qwen-32b", data).base()).isEmpty();
        assertThat(new Offer("deepseek-r1-0120", data).base()).isEqualTo("deepseek/deepseek-r1");
    }

    @Test
    void leavesAFileThatIsThere() throws IOException {
        var file = Files.writeString(etc.resolve("io.patchbay.provider~zeta-ai.cfg"), "mine");

        run();

        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource({"0.049999999999999996, 0.05", "0.60, 0.6", "0, 0", "1E+1, 10", "0.0000001, 0", "15.00, 15"})
    void writesPricesExactly(BigDecimal read, String written) {
        assertThat(Offer.exact(read)).isEqualTo(written);
    }

    @Test
    void believesInFreeCachesOnlyWhereThePromptIsFree() {
        var priced = json("{\"cost\":{\"input\":1,\"output\":2,\"cache_read\":0,\"cache_write\":0.00}}");
        var free = json("{\"cost\":{\"input\":0,\"output\":0,\"cache_read\":0}}");

        assertThat(new Offer("a", priced).entry("a/b", new JsonObject()).get("price"))
                .isEqualTo(json("{\"prompt\":\"1\",\"completion\":\"2\"}"));
        assertThat(new Offer("a", free).entry("a/b", new JsonObject()).get("price"))
                .isEqualTo(json("{\"prompt\":\"0\",\"completion\":\"0\",\"input_cache_read\":\"0\"}"));
    }

    @Test
    void anHourOfClaudesCacheIsTwiceTheTokensPrice() {
        var claude =
                json("{\"price\":{\"prompt\":\"3\",\"completion\":\"15\",\"input_cache_write\":\"3.75\",\"overrides\":["
                        + "{\"min_prompt_tokens\":200000,\"prompt\":\"6\",\"input_cache_write\":\"7.5\"}]}}");
        var other = json("{\"price\":{\"prompt\":\"1\",\"completion\":\"2\",\"input_cache_write\":\"1\"}}");
        var same = other.deepCopy();

        Offer.addCacheForAnHour(claude);
        Offer.addCacheForAnHour(other);

        assertThat(claude)
                .hasToString("{\"price\":{\"prompt\":\"3\",\"completion\":\"15\",\"input_cache_write\":\"3.75\","
                        + "\"input_cache_write_1h\":\"6\",\"overrides\":[{\"min_prompt_tokens\":200000,\"prompt\":\"6\","
                        + "\"input_cache_write\":\"7.5\",\"input_cache_write_1h\":\"12\"}]}}");
        assertThat(other).isEqualTo(same);
    }

    private void run() throws IOException {
        var summary = CatalogTool.run(json(PROVIDERS), json(OPENROUTER), etc, "2026-11-22");
        assertThat(summary).startsWith("5 models, 6 endpoints, 3 files of the catalogue");
    }

    private String catalogue(String provider) throws IOException {
        return Files.readString(etc.resolve("catalog").resolve(provider + ".json"));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
