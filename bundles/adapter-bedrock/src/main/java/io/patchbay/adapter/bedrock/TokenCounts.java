package io.patchbay.adapter.bedrock;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;

/** The token counts of one answer. */
final class TokenCounts {
    private static final long MOST = 1_000_000_000;

    private TokenCounts() {}

    /** In the canonical form, in which the prompt includes what the cache held. */
    static JsonObject canonical(JsonView usage) {
        long cacheRead = count(usage, "cacheReadInputTokens", "cacheReadInputTokenCount");
        long cacheWrite = count(usage, "cacheWriteInputTokens", "cacheWriteInputTokenCount");
        long prompt = count(usage, "inputTokens", "inputTokenCount") + cacheRead + cacheWrite;
        long completion = count(usage, "outputTokens", "outputTokenCount");
        var counts = new JsonObject();
        counts.addProperty("prompt_tokens", prompt);
        counts.addProperty("completion_tokens", completion);
        counts.addProperty("total_tokens", prompt + completion);
        var details = new JsonObject();
        details.addProperty("cached_tokens", cacheRead);
        details.addProperty("cache_write_tokens", cacheWrite);
        long forAnHour = writtenForAnHour(usage);
        if (forAnHour > 0) {
            details.addProperty("cache_write_1h_tokens", Math.min(forAnHour, cacheWrite));
        }
        counts.add("prompt_tokens_details", details);
        return counts;
    }

    /** Converse tells for how long what was written is kept: {@code "cacheDetails": [{"ttl": "1h", "inputTokens": 7}]}. */
    private static long writtenForAnHour(JsonView usage) {
        long tokens = 0;
        for (var kind : usage.objects("cacheDetails")) {
            if (kind.string("ttl").filter("1h"::equals).isPresent()) {
                tokens += Math.max(0, Math.min(kind.integer("inputTokens").orElse(0), MOST));
            }
        }
        return tokens;
    }

    /** Bedrock says each count by one of two names, or by both. */
    private static long count(JsonView usage, String name, String otherName) {
        long count = usage.integer(name).orElse(usage.integer(otherName).orElse(0));
        return Math.max(0, Math.min(count, MOST));
    }
}
