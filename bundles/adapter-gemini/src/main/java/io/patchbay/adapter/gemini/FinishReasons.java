package io.patchbay.adapter.gemini;

/** Why an answer ended. */
final class FinishReasons {
    private FinishReasons() {}

    /**
     * The canonical word.
     *
     * @param calledTools whether the answer brought tool calls: Gemini has no word of its own for it
     */
    static String canonical(String reason, boolean calledTools) {
        return switch (reason) {
            case "", "STOP", "FINISH_REASON_UNSPECIFIED" -> calledTools ? "tool_calls" : "stop";
            case "MAX_TOKENS" -> "length";
            case "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "MODEL_ARMOR",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" -> "content_filter";
            // MALFORMED_FUNCTION_CALL, UNEXPECTED_TOOL_CALL, OTHER, and what Google will have added.
            default -> "error";
        };
    }
}
