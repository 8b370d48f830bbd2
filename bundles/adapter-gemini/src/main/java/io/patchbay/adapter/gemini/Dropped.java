package io.patchbay.adapter.gemini;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Hint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonTree;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

    /** @param asked the request without what the operator does not want to be sent */
    static List<String> of(ChatRequest request, JsonObject asked, JsonObject body) {
        var fields = request.parameters().stream().filter(name -> !asked.has(name) || !isSaid(name, asked, body));
        return Stream.concat(fields, Hint.unsaid(asked, said(body)).stream()).toList();
    }

    /** Gemini caches as it likes, and knows no names and no strict tools. */
    private static Set<Hint> said(JsonObject body) {
        var parts = JsonTree.array(body.get("contents")).asList().stream()
                .flatMap(turn -> JsonTree.array(JsonTree.object(turn).get("parts")).asList().stream())
                .map(JsonTree::object);
        return parts.anyMatch(Dropped::isThought) ? EnumSet.of(Hint.THOUGHTS) : EnumSet.noneOf(Hint.class);
    }

    private static boolean isThought(JsonObject part) {
        var signature = JsonTree.text(part.get("thoughtSignature"));
        return part.has("thought") || !signature.isEmpty() && !signature.equals(Signatures.NONE);
    }

    private static boolean isSaid(String name, JsonObject asked, JsonObject body) {
        var config = JsonTree.object(body.get("generationConfig"));
        return switch (name) {
            case "tool_choice" ->
                body.has("toolConfig") || JsonTree.text(asked.get(name)).equals("none") && !body.has("tools");
            // Gemini always may.
            case "parallel_tool_calls" -> JsonTree.isTrue(asked.get(name));
            case "reasoning", "reasoning_effort" ->
                config.has("thinkingConfig") || !ReasoningWish.of(asked).isOn();
            case "response_format" -> config.has("responseMimeType") || isText(asked);
            default -> HONOURED.contains(name) || config.has(IN_CONFIG.getOrDefault(name, ""));
        };
    }

    private static boolean isText(JsonObject asked) {
        return JsonTree.text(JsonTree.object(asked.get("response_format")).get("type"))
                .equals("text");
    }
}
