package io.patchbay.gateway;

import io.patchbay.api.chat.ChatChunk;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a stream has delivered, about: providers say how much it was at the end only. For any thread. */
final class Meter {
    private final AtomicLong tokens = new AtomicLong();

    /** These are delivered too. */
    void add(List<ChatChunk> chunks) {
        long more = 0;
        for (var chunk : chunks) {
            for (var choice : chunk.choices()) {
                more += UsageEstimate.deltaTokens(choice.length("delta"));
            }
        }
        tokens.addAndGet(more);
    }

    /** How many tokens that was so far; at least one for each choice of a chunk. */
    long tokens() {
        return tokens.get();
    }
}
