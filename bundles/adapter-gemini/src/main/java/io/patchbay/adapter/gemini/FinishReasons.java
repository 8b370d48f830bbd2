package io.patchbay.adapter.gemini;

import io.patchbay.api.json.JsonView;
import java.util.Optional;

/** Why an answer ended. */
final class FinishReasons {
    private FinishReasons() {}

    /** Google's word in a candidate. Behind some proxies it is the number that the word has in the protocol. */
    static Optional<String> of(JsonView candidate) {
        var number = candidate.integer("finishReason");
        return number.isPresent() ? word(number.getAsLong()) : candidate.string("finishReason");
    }

    private static Optional<String> word(long number) {
        return switch ((int) Math.max(0, Math.min(number, 5))) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("STOP");
            case 2 -> Optional.of("MAX_TOKENS");
            case 3 -> Optional.of("SAFETY");
            case 4 -> Optional.of("RECITATION");
            // From here on AI Studio and Vertex AI count differently.
            default -> Optional.of("OTHER");
        };
    }

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
