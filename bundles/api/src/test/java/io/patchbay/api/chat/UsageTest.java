package io.patchbay.api.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.json.JsonView;
import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void keepsTheProvidersOwnObjectWhenItIsSound() {
        var json = "{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4},\"zzz\":1}";

        var usage = Usage.of(JsonView.parse(json));

        assertThat(usage.promptTokens()).isEqualTo(12);
        assertThat(usage.cachedTokens()).isEqualTo(4);
        assertThat(usage.json()).hasToString(json);
    }

    @Test
    void hostileCountsAreNeitherNegativeNorAbsurdNorInconsistent() {
        assertSane("{\"prompt_tokens\":-500,\"completion_tokens\":-500,\"total_tokens\":-1000}");
        assertSane("{\"prompt_tokens\":1e15,\"completion_tokens\":1e15,\"total_tokens\":2e15}");
        assertSane("{\"prompt_tokens\":\"12\",\"completion_tokens\":\"NaN\",\"total_tokens\":\"12\"}");
        assertSane("{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":9999}");
        assertSane("{}");
        assertSane("{\"prompt_tokens\":78,\"completion_tokens\":9,\"total_tokens\":87,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":158,\"cache_write_tokens\":-1}}");
        assertSane("{\"prompt_tokens\":40,\"completion_tokens\":14,\"total_tokens\":54,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":43}}");
        assertSane(
                "{\"prompt_tokens\":5,\"completion_tokens\":1,\"completion_tokens_details\":{\"reasoning_tokens\":9}}");
    }

    private static void assertSane(String json) {
        var usage = Usage.of(JsonView.parse(json));
        assertThat(usage.promptTokens()).isBetween(0L, 1_000_000_000L);
        assertThat(usage.completionTokens()).isBetween(0L, 1_000_000_000L);
        assertThat(usage.reasoningTokens()).isBetween(0L, usage.completionTokens());
        assertThat(usage.cachedTokens()).isBetween(0L, usage.promptTokens());
        assertThat(part(usage, "prompt_tokens_details", "cached_tokens")).isEqualTo(usage.cachedTokens());
        assertThat(part(usage, "prompt_tokens_details", "cache_write_tokens")).isEqualTo(usage.cacheWriteTokens());
        assertThat(part(usage, "completion_tokens_details", "reasoning_tokens")).isEqualTo(usage.reasoningTokens());
        assertThat(usage.json().integer("total_tokens")).hasValue(usage.promptTokens() + usage.completionTokens());
    }

    private static long part(Usage usage, String details, String name) {
        return usage.json()
                .object(details)
                .map(parts -> parts.integer(name).orElse(0))
                .orElse(0L);
    }
}
