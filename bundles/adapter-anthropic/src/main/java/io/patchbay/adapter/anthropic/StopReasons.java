package io.patchbay.adapter.anthropic;

/** Why an answer ended. */
final class StopReasons {
    private StopReasons() {}

    /**
     * The canonical word.
     *
     * @param calledTools whether the answer brought tool calls, which counts more than what it was called
     */
    static String canonical(String reason, boolean calledTools) {
        return switch (reason) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "refusal" -> "content_filter";
            // Among the rest pause_turn: tools of Anthropic's own took long, and the client may go on by asking again.
            default -> calledTools ? "tool_calls" : "stop";
        };
    }
}
