package io.patchbay.api.chat;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a generation took. Sums with parts: prompt tokens include cached ones, completion tokens include
 * reasoning. Never negative and never absurd, whatever a provider reported. Immutable.
 */
public final class Usage {
    /** The most of any count: no real generation comes near, and one beyond it is a provider's mistake. */
    public static final long MOST = 1_000_000_000L;

    private final long promptTokens;
    private final long completionTokens;
    private final long cachedTokens;
    private final long cacheWriteTokens;
    private final long reasoningTokens;
    private final boolean estimated;
    /** Made when it is asked for, where there is none yet: estimates are many, and hardly ever shown. */
    private volatile @Nullable JsonView json;

    private Usage(JsonView source) {
        this.promptTokens = count(source, "prompt_tokens");
        this.completionTokens = count(source, "completion_tokens");
        this.estimated = false;
        var prompt = source.object("prompt_tokens_details");
        this.cachedTokens = Math.min(
                promptTokens, prompt.map(d -> count(d, "cached_tokens")).orElse(0L));
        this.cacheWriteTokens = Math.min(
                promptTokens, prompt.map(d -> count(d, "cache_write_tokens")).orElse(0L));
        this.reasoningTokens = Math.min(
                completionTokens,
                source.object("completion_tokens_details")
                        .map(d -> count(d, "reasoning_tokens"))
                        .orElse(0L));
        this.json = isSound(source) ? source : null;
    }

    private Usage(long promptTokens, long completionTokens) {
        this.promptTokens = Math.max(0, Math.min(promptTokens, MOST));
        this.completionTokens = Math.max(0, Math.min(completionTokens, MOST));
        this.estimated = true;
        this.cachedTokens = 0;
        this.cacheWriteTokens = 0;
        this.reasoningTokens = 0;
    }

    /** Reads a canonical {@code usage} object, leniently: what is not a sensible number counts as 0. */
    public static Usage of(JsonView json) {
        return new Usage(json);
    }

    /** A reckoning of our own, for providers that report nothing. */
    public static Usage estimated(long promptTokens, long completionTokens) {
        return new Usage(promptTokens, completionTokens);
    }

    /** All prompt tokens, cached ones included. */
    public long promptTokens() {
        return promptTokens;
    }

    /** All completion tokens, reasoning included. */
    public long completionTokens() {
        return completionTokens;
    }

    /** Prompt tokens read from the provider's cache. */
    public long cachedTokens() {
        return cachedTokens;
    }

    /** Prompt tokens written to the provider's cache. */
    public long cacheWriteTokens() {
        return cacheWriteTokens;
    }

    /** Completion tokens spent on thinking. */
    public long reasoningTokens() {
        return reasoningTokens;
    }

    /** Whether Patchbay reckoned the counts because the provider gave none. */
    public boolean isEstimated() {
        return estimated;
    }

    /** The canonical {@code usage} object: the provider's own, details included, where its counts are sound. */
    public JsonView json() {
        var known = json;
        if (known == null) {
            known = rebuild();
            json = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return promptTokens + " prompt + " + completionTokens + " completion tokens";
    }

    private boolean isSound(JsonView source) {
        return source.integer("total_tokens").orElse(-1) == promptTokens + completionTokens
                && source.integer("prompt_tokens").orElse(-1) == promptTokens
                && source.integer("completion_tokens").orElse(-1) == completionTokens
                && agrees(source, "prompt_tokens_details", "cached_tokens", cachedTokens)
                && agrees(source, "prompt_tokens_details", "cache_write_tokens", cacheWriteTokens)
                && agrees(source, "completion_tokens_details", "reasoning_tokens", reasoningTokens);
    }

    /** Whether a part is what it was taken for: clients subtract it from its whole, as the price of a request does. */
    private static boolean agrees(JsonView source, String details, String name, long taken) {
        return source.object(details)
                .map(parts -> parts.integer(name).orElse(taken) == taken)
                .orElse(true);
    }

    private JsonView rebuild() {
        var counts = counts(promptTokens, completionTokens);
        if (cachedTokens > 0 || cacheWriteTokens > 0) {
            var details = new JsonObject();
            details.addProperty("cached_tokens", cachedTokens);
            details.addProperty("cache_write_tokens", cacheWriteTokens);
            counts.add("prompt_tokens_details", details);
        }
        if (reasoningTokens > 0) {
            var details = new JsonObject();
            details.addProperty("reasoning_tokens", reasoningTokens);
            counts.add("completion_tokens_details", details);
        }
        return JsonView.of(counts);
    }

    private static JsonObject counts(long promptTokens, long completionTokens) {
        var counts = new JsonObject();
        counts.addProperty("prompt_tokens", promptTokens);
        counts.addProperty("completion_tokens", completionTokens);
        counts.addProperty("total_tokens", promptTokens + completionTokens);
        return counts;
    }

    private static long count(JsonView source, String name) {
        long count = source.integer(name).orElse(0);
        return Math.max(0, Math.min(count, MOST));
    }
}
