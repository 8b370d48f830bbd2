package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Hint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonTree;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which of a request's fields the body that was written for it has nothing of. */
final class Dropped {
    private static final List<String> THINKING =
            List.of("thinking", "reasoningConfig", "reasoning_config", "reasoning_effort", "output_config");

    private Dropped() {}

    static List<String> of(ChatRequest request, JsonObject asked, JsonObject body) {
        var fields = request.parameters().stream().filter(name -> !isSaid(name, asked, body));
        return Stream.concat(fields, Hint.unsaid(asked, said(body)).stream()).toList();
    }

    private static boolean isSaid(String name, JsonObject asked, JsonObject body) {
        var inference = JsonTree.object(body.get("inferenceConfig"));
        var additional = JsonTree.object(body.get("additionalModelRequestFields"));
        return switch (name) {
            // Each of these is said, or refused.
            case "max_tokens",
                    "max_completion_tokens",
                    "n",
                    "modalities",
                    "response_format",
                    "structured_outputs",
                    "include_reasoning" -> true;
            case "cache_control" -> hasInMessages("cachePoint", body);
            case "temperature" -> inference.has("temperature");
            case "top_p" -> inference.has("topP");
            case "top_k" ->
                additional.has("top_k")
                        || JsonTree.object(additional.get("inferenceConfig")).has("topK");
            case "stop" -> JsonTree.array(inference.get("stopSequences")).size() == stops(asked);
            case "tools" -> body.has("toolConfig") || isNone(asked);
            case "tool_choice" -> body.has("toolConfig") || isNone(asked);
            case "parallel_tool_calls" -> additional.has("tool_choice");
            case "reasoning", "reasoning_effort" ->
                THINKING.stream().anyMatch(additional::has)
                        || !ReasoningWish.of(asked).isOn();
            case "verbosity" -> additional.has("output_config");
            default -> false;
        };
    }

    /** Tools that must not be called may be left out. */
    private static boolean isNone(JsonObject asked) {
        return JsonTree.text(asked.get("tool_choice")).equals("none");
    }

    private static int stops(JsonObject asked) {
        return asked.get("stop") instanceof JsonArray several ? several.size() : 1;
    }

    private static Set<Hint> said(JsonObject body) {
        var said = EnumSet.noneOf(Hint.class);
        if (hasInMessages("reasoningContent", body)) {
            said.add(Hint.THOUGHTS);
        }
        if (hasInMessages("cachePoint", body) || has("cachePoint", body.get("system"))) {
            said.add(Hint.CACHE);
        }
        var tools = JsonTree.object(body.get("toolConfig")).get("tools");
        if (has("cachePoint", tools)) {
            said.add(Hint.TOOL_CACHE);
        }
        if (JsonTree.array(tools).asList().stream()
                .anyMatch(tool ->
                        JsonTree.object(JsonTree.object(tool).get("toolSpec")).has("strict"))) {
            said.add(Hint.STRICT);
        }
        return said;
    }

    private static boolean hasInMessages(String kind, JsonObject body) {
        return JsonTree.array(body.get("messages")).asList().stream()
                .anyMatch(message -> has(kind, JsonTree.object(message).get("content")));
    }

    private static boolean has(String kind, @Nullable JsonElement blocks) {
        return JsonTree.array(blocks).asList().stream()
                .anyMatch(block -> JsonTree.object(block).has(kind));
    }
}
