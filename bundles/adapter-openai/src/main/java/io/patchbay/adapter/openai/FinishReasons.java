package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.Locale;
import java.util.Optional;

/** Why an answer ended: many providers' words, and the five canonical ones. */
final class FinishReasons {
    private FinishReasons() {}

    /** The provider's own word in a choice; empty while the choice goes on. An empty text is a word, too. */
    static Optional<String> nativeOne(JsonView choice) {
        var kind = choice.kind("finish_reason");
        if (kind.isEmpty() || kind.get() == JsonKind.NULL) {
            return Optional.empty();
        }
        return kind.get() == JsonKind.STRING
                ? choice.string("finish_reason")
                : choice.element("finish_reason").map(Object::toString);
    }

    /**
     * The canonical word.
     *
     * @param calledTools whether the choice brought tool calls: what was said counts more than what it was called,
     *     because some providers say "stop" after tool calls
     */
    static String canonical(String nativeOne, boolean calledTools) {
        return switch (nativeOne.toLowerCase(Locale.ROOT)) {
            // Gemini's imitation of this format has been seen to send its numbers.
            case "length", "max_tokens", "model_length", "max_output_tokens", "model_context_window_exceeded", "2" ->
                "length";
            case "content_filter",
                    "sensitive",
                    "safety",
                    "recitation",
                    "blocklist",
                    "prohibited_content",
                    "spii",
                    "guardrail_intervened",
                    "refusal",
                    "content_filtered" -> "content_filter";
            case "tool_calls", "tool_call", "tool_use", "function_call" -> "tool_calls";
            // DeepSeek's word for a server that gave up in the midst of the answer, and SGLang's.
            case "error", "network_error", "insufficient_system_resource", "abort" -> "error";
            default -> calledTools ? "tool_calls" : "stop";
        };
    }
}
