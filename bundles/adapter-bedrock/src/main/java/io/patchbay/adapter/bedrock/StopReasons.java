package io.patchbay.adapter.bedrock;

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
            case "guardrail_intervened", "content_filtered" -> "content_filter";
            default -> calledTools ? "tool_calls" : "stop";
        };
    }

    /** Whether the model brought forth what Bedrock can't make sense of, so that this is no answer. */
    static boolean isFailure(String reason) {
        return reason.startsWith("malformed_");
    }
}
