package io.patchbay.adapter.gemini;

import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of a request's fields the body that was written for it has nothing of. */
final class Dropped {
    /** What Gemini knows, or is refused where it can't be said. */
    private static final Set<String> HONOURED = Set.of(
            "image_config",
            "include_reasoning",
            "max_completion_tokens",
            "max_tokens",
            "modalities",
            "structured_outputs",
            "tools",
            "web_search_options");

    /** What not every model takes: where it stands in the generationConfig, if it was said. */
    private static final Map<String, String> IN_CONFIG = Map.ofEntries(
            Map.entry("frequency_penalty", "frequencyPenalty"),
            Map.entry("logprobs", "responseLogprobs"),
            Map.entry("n", "candidateCount"),
            Map.entry("presence_penalty", "presencePenalty"),
            Map.entry("response_format", "responseMimeType"),
            Map.entry("seed", "seed"),
            Map.entry("stop", "stopSequences"),
            Map.entry("temperature", "temperature"),
            Map.entry("top_k", "topK"),
            Map.entry("top_logprobs", "logprobs"),
            Map.entry("top_p", "topP"));

    private Dropped() {}

    /** @param notSent what the operator does not want to be sent */
    static List<String> of(ChatRequest request, JsonObject body, List<String> notSent) {
        return request.parameters().stream()
                .filter(name -> notSent.contains(name) || !isSaid(name, request, body))
                .toList();
    }

    private static boolean isSaid(String name, ChatRequest request, JsonObject body) {
        var config = JsonTree.object(body.get("generationConfig"));
        return switch (name) {
            case "tool_choice" -> body.has("tools");
            // Gemini always may.
            case "parallel_tool_calls" -> request.json().isTrue(name);
            case "reasoning", "reasoning_effort" ->
                config.has("thinkingConfig") || !ThinkingWish.of(request.json()).isOn();
            case "response_format" -> config.has("responseMimeType") || isText(request);
            default -> HONOURED.contains(name) || config.has(IN_CONFIG.getOrDefault(name, ""));
        };
    }

    private static boolean isText(ChatRequest request) {
        return request.json()
                .object("response_format")
                .flatMap(format -> format.string("type"))
                .filter("text"::equals)
                .isPresent();
    }
}
