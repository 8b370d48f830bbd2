package io.patchbay.adapter.bedrock;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonTree;
import java.util.List;

/** Which of a request's fields the body that was written for it has nothing of. */
final class Dropped {
    private static final List<String> THINKING =
            List.of("thinking", "reasoningConfig", "reasoning_config", "reasoning_effort", "output_config");

    private Dropped() {}

    static List<String> of(ChatRequest request, JsonObject body) {
        return request.parameters().stream()
                .filter(name -> !isSaid(name, request, body))
                .toList();
    }

    private static boolean isSaid(String name, ChatRequest request, JsonObject body) {
        var inference = JsonTree.object(body.get("inferenceConfig"));
        var additional = JsonTree.object(body.get("additionalModelRequestFields"));
        return switch (name) {
            // Each of these is said, or refused.
            case "max_tokens",
                    "max_completion_tokens",
                    "n",
                    "modalities",
                    "response_format",
                    "include_reasoning",
                    "cache_control" -> true;
            case "temperature" -> inference.has("temperature");
            case "top_p" -> inference.has("topP");
            case "top_k" ->
                additional.has("top_k")
                        || JsonTree.object(additional.get("inferenceConfig")).has("topK");
            case "stop" -> inference.has("stopSequences");
            case "tools" -> body.has("toolConfig");
            case "tool_choice" -> body.has("toolConfig") || !request.json().has("tools");
            case "parallel_tool_calls" -> additional.has("tool_choice");
            case "reasoning", "reasoning_effort" ->
                THINKING.stream().anyMatch(additional::has)
                        || !ReasoningWish.of(request.json()).isOn();
            default -> false;
        };
    }
}
