package io.patchbay.adapter.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonTree;
import java.util.List;

/** Which of a request's fields the body that was written for it has nothing of. */
final class Dropped {
    private Dropped() {}

    static List<String> of(ChatRequest request, JsonObject body) {
        return request.parameters().stream()
                .filter(name -> !isSaid(name, request, body))
                .toList();
    }

    private static boolean isSaid(String name, ChatRequest request, JsonObject body) {
        return switch (name) {
            // Each of these is said, or refused.
            case "max_tokens", "max_completion_tokens", "n", "modalities", "response_format", "include_reasoning" ->
                true;
            // At Vertex AI within the conversation.
            case "cache_control" -> request.json().object(name).isPresent();
            case "stop" -> body.has("stop_sequences");
            case "tool_choice", "parallel_tool_calls" -> body.has("tools");
            case "reasoning", "reasoning_effort" ->
                body.has("thinking")
                        || hasEffort(body)
                        || !ReasoningWish.of(request.json()).isOn();
            case "verbosity" -> hasEffort(body);
            default -> body.has(name);
        };
    }

    private static boolean hasEffort(JsonObject body) {
        return JsonTree.object(body.get("output_config")).has("effort");
    }
}
