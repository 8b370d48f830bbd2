package io.patchbay.gateway;

import io.patchbay.api.chat.ChatChunk;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a stream has delivered, about: providers say how much it was at the end only. For any thread. */
final class Meter {
    private final AtomicLong tokens = new AtomicLong();

    /** These are delivered too. */
    void add(List<ChatChunk> chunks) {
        tokens.addAndGet(chunks.stream().mapToLong(Meter::tokens).sum());
    }

    /** How many tokens that was so far. */
    long tokens() {
        return tokens.get();
    }

    /** How many tokens a chunk is: at least one for each of its choices. */
    static long tokens(ChatChunk chunk) {
        long sum = 0;
        for (var choice : chunk.choices()) {
            sum += UsageEstimate.deltaTokens(choice.length("delta"));
        }
        return sum;
    }
}
