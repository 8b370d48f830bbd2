package io.patchbay.dialect.anthropic;

import io.patchbay.api.json.JsonView;

/** Why an answer ended, in Anthropic's words. For one thread. */
final class StopReason {
    private String canonical = "";
    private String providers = "";

    void note(JsonView choice) {
        canonical = choice.string("finish_reason").orElse(canonical);
        providers = choice.string("native_finish_reason").orElse(providers);
    }

    String reason() {
        return switch (canonical) {
            case "length" -> "max_tokens";
            case "tool_calls", "function_call" -> "tool_use";
            case "content_filter" -> "refusal";
            // What only Anthropic's own models say.
            default -> providers.equals("stop_sequence") || providers.equals("pause_turn") ? providers : "end_turn";
        };
    }
}
