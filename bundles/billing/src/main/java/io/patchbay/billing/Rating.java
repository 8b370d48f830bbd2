package io.patchbay.billing;

import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.chat.Usage;
import java.math.BigDecimal;

/**
 * Prices usage, unit by unit and exactly: nothing is rounded here. Tokens of a kind that has no price of its own cost what
 * prompt or completion tokens cost.
 */
final class Rating {
    private final Price price;
    private BigDecimal dollars = BigDecimal.ZERO;

    private Rating(Price price) {
        this.price = price;
    }

    /** What so much costs, in dollars. */
    static BigDecimal of(Price listed, Usage usage) {
        var rating = new Rating(listed.forPromptOf(usage.promptTokens()));
        rating.addPrompt(usage);
        rating.addCompletion(usage);
        rating.add(Unit.REQUEST, 1, BigDecimal.ZERO);
        rating.add(Unit.WEB_SEARCH, searches(usage), BigDecimal.ZERO);
        return rating.dollars;
    }

    /** What the answer alone costs, in dollars. */
    static BigDecimal ofCompletion(Price listed, Usage usage) {
        var rating = new Rating(listed.forPromptOf(usage.promptTokens()));
        rating.addCompletion(usage);
        return rating.dollars;
    }

    private void addPrompt(Usage usage) {
        long rest = usage.promptTokens();
        rest -= addTokens(Unit.CACHE_READ, usage.cachedTokens(), rest, price.prompt());
        long forAnHour = Math.min(longCacheWriteTokens(usage), usage.cacheWriteTokens());
        var aWrite = price.of(Unit.CACHE_WRITE).orElse(price.prompt());
        rest -= addTokens(Unit.CACHE_WRITE_1H, forAnHour, rest, aWrite);
        rest -= addTokens(Unit.CACHE_WRITE, usage.cacheWriteTokens() - forAnHour, rest, price.prompt());
        rest -= addTokens(Unit.AUDIO, audioTokens(usage), rest, price.prompt());
        add(Unit.PROMPT, rest, BigDecimal.ZERO);
    }

    private void addCompletion(Usage usage) {
        long rest = usage.completionTokens();
        rest -= addTokens(Unit.INTERNAL_REASONING, usage.reasoningTokens(), rest, price.completion());
        rest -= addTokens(Unit.AUDIO_OUTPUT, audioOutputTokens(usage), rest, price.completion());
        add(Unit.COMPLETION, rest, BigDecimal.ZERO);
    }

    /** Adds tokens of a kind, of which there are no more than are left; returns how many those are. */
    private long addTokens(Unit unit, long count, long left, BigDecimal otherwise) {
        long counted = Math.max(0, Math.min(count, left));
        add(unit, counted, otherwise);
        return counted;
    }

    private void add(Unit unit, long count, BigDecimal otherwise) {
        var each = price.of(unit).orElse(otherwise);
        if (count > 0 && each.signum() > 0) {
            dollars = dollars.add(each.multiply(BigDecimal.valueOf(count)));
        }
    }

    /** Of the tokens written to the provider's cache, those that are kept for an hour. */
    static long longCacheWriteTokens(Usage usage) {
        return count(usage, "prompt_tokens_details", "cache_write_1h_tokens");
    }

    /** Tokens of sound in the prompt. */
    static long audioTokens(Usage usage) {
        return audio(usage, "prompt_tokens_details");
    }

    /** Tokens of sound in the answer. */
    static long audioOutputTokens(Usage usage) {
        return audio(usage, "completion_tokens_details");
    }

    private static long audio(Usage usage, String details) {
        return count(usage, details, "audio_tokens");
    }

    /** Searches of the web. */
    static long searches(Usage usage) {
        return count(usage, "server_tool_use", "web_search_requests");
    }

    /** What the provider says of it; an estimate says nothing of the kind. */
    private static long count(Usage usage, String object, String name) {
        if (usage.isEstimated()) {
            return 0;
        }
        long count = usage.json()
                .object(object)
                .map(details -> details.integer(name).orElse(0))
                .orElse(0L);
        return Math.max(0, Math.min(count, Usage.MOST));
    }
}
