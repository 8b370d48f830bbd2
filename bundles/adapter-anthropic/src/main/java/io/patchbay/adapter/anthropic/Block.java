package io.patchbay.adapter.anthropic;

import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;

/** One block of a streamed answer while it comes in. For one thread. */
final class Block {
    /** Among the tool calls, or among the thoughts. */
    final int ordinal;

    final boolean isCall;
    /** Where a text begins in the whole one. */
    final long start;
    /** What the block's beginning said of a call's arguments: most often an empty object, for pieces to follow. */
    final String input;

    final List<JsonView> citations = new ArrayList<>(0);
    boolean hasArguments;

    Block(JsonView block, int ordinal, long start) {
        this.ordinal = ordinal;
        this.isCall = block.string("type").orElse("").equals("tool_use");
        this.start = start;
        this.input = block.object("input").map(JsonView::toString).orElse("{}");
    }
}
