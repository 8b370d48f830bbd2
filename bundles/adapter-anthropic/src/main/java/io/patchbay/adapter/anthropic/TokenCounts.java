package io.patchbay.adapter.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import java.util.Optional;

/**
 * The token counts of one answer. A stream reports them more than once, each time as totals, and not always all of
 * them: the latest word on each counts. For one thread.
 */
final class TokenCounts {
    private static final long MOST = 1_000_000_000;

    private boolean reported;
    private long input;
    private long cacheRead;
    private long cacheWrite;
    private long cacheWriteForAnHour;
    private long output;
    private long thinking = -1;
    private long searches;

    void read(JsonView usage) {
        reported = true;
        input = latest(usage, "input_tokens", input);
        cacheRead = latest(usage, "cache_read_input_tokens", cacheRead);
        cacheWrite = latest(usage, "cache_creation_input_tokens", cacheWrite);
        usage.object("cache_creation")
                .ifPresent(
                        kinds -> cacheWriteForAnHour = latest(kinds, "ephemeral_1h_input_tokens", cacheWriteForAnHour));
        output = latest(usage, "output_tokens", output);
        usage.object("server_tool_use").ifPresent(tools -> searches = latest(tools, "web_search_requests", searches));
        usage.object("output_tokens_details")
                .ifPresent(details -> thinking = latest(details, "thinking_tokens", thinking));
    }

    /** In the canonical form, in which the prompt includes what the cache held; empty if nothing was reported. */
    Optional<JsonObject> toCanonical() {
        if (!reported) {
            return Optional.empty();
        }
        long prompt = input + cacheRead + cacheWrite;
        var counts = new JsonObject();
        counts.addProperty("prompt_tokens", prompt);
        counts.addProperty("completion_tokens", output);
        counts.addProperty("total_tokens", prompt + output);
        var details = new JsonObject();
        details.addProperty("cached_tokens", cacheRead);
        details.addProperty("cache_write_tokens", cacheWrite);
        if (cacheWriteForAnHour > 0) {
            details.addProperty("cache_write_1h_tokens", Math.min(cacheWriteForAnHour, cacheWrite));
        }
        counts.add("prompt_tokens_details", details);
        if (thinking >= 0) {
            var completion = new JsonObject();
            completion.addProperty("reasoning_tokens", Math.min(thinking, output));
            counts.add("completion_tokens_details", completion);
        }
        if (searches > 0) {
            var tools = new JsonObject();
            tools.addProperty("web_search_requests", searches);
            counts.add("server_tool_use", tools);
        }
        return Optional.of(counts);
    }

    private static long latest(JsonView usage, String name, long before) {
        var count = usage.integer(name);
        return count.isEmpty() ? before : Math.max(0, Math.min(count.getAsLong(), MOST));
    }
}
