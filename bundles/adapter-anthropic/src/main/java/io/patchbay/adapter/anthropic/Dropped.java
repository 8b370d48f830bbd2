package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Hint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonTree;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which of a request's fields the body that was written for it has nothing of. */
final class Dropped {
    private Dropped() {}

    /** @param asked the request without what the operator does not want to be sent */
    static List<String> of(ChatRequest request, JsonObject asked, JsonObject body) {
        var fields = request.parameters().stream().filter(name -> !asked.has(name) || !isSaid(name, asked, body));
        return Stream.concat(fields, Hint.unsaid(asked, said(body)).stream()).toList();
    }

    private static boolean isSaid(String name, JsonObject asked, JsonObject body) {
        return switch (name) {
            // Each of these is said, or refused.
            case "max_tokens",
                    "max_completion_tokens",
                    "n",
                    "modalities",
                    "response_format",
                    "structured_outputs",
                    "include_reasoning" -> true;
            case "stop" -> JsonTree.array(body.get("stop_sequences")).size() == stops(asked);
            case "tool_choice" ->
                body.has("tools") || JsonTree.text(asked.get(name)).equals("none");
            case "parallel_tool_calls" -> body.has("tools");
            // At Vertex AI within the conversation.
            case "cache_control" -> asked.get(name) instanceof JsonObject;
            case "reasoning", "reasoning_effort" ->
                body.has("thinking")
                        || hasEffort(body)
                        || !ReasoningWish.of(asked).isOn();
            case "verbosity" -> hasEffort(body);
            case "temperature", "top_p", "top_k", "tools" -> body.has(name);
            default -> false;
        };
    }

    private static int stops(JsonObject asked) {
        return asked.get("stop") instanceof JsonArray several ? several.size() : 1;
    }

    private static boolean hasEffort(JsonObject body) {
        return JsonTree.object(body.get("output_config")).has("effort");
    }

    private static Set<Hint> said(JsonObject body) {
        var said = EnumSet.of(Hint.CACHE, Hint.TOOL_CACHE);
        if (hasThoughts(JsonTree.array(body.get("messages")))) {
            said.add(Hint.THOUGHTS);
        }
        if (JsonTree.array(body.get("tools")).asList().stream()
                .anyMatch(tool -> JsonTree.object(tool).has("strict"))) {
            said.add(Hint.STRICT);
        }
        return said;
    }

    private static boolean hasThoughts(JsonArray messages) {
        return messages.asList().stream()
                .flatMap(message -> JsonTree.array(JsonTree.object(message).get("content")).asList().stream())
                .anyMatch(ReasoningDetails::isThought);
    }
}
