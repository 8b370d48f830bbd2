package io.patchbay.adapter.cohere;

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

    static List<String> of(ChatRequest request, JsonObject asked, JsonObject body) {
        var fields = request.parameters().stream().filter(name -> !isSaid(name, asked, body));
        return Stream.concat(fields, Hint.unsaid(asked, said(body)).stream()).toList();
    }

    private static boolean isSaid(String name, JsonObject asked, JsonObject body) {
        return switch (name) {
            // Each of these is said, or refused.
            case "max_tokens",
                    "max_completion_tokens",
                    "n",
                    "modalities",
                    "audio",
                    "response_format",
                    "include_reasoning" -> true;
            case "top_p" -> body.has("p");
            case "top_k" -> body.has("k");
            case "stop" -> body.has("stop_sequences");
            case "tool_choice" -> body.has("tools");
            case "reasoning", "reasoning_effort" ->
                body.has("thinking") || !ReasoningWish.of(asked).isOn();
            default -> body.has(name);
        };
    }

    private static Set<Hint> said(JsonObject body) {
        var said = EnumSet.of(Hint.DETAIL);
        if (JsonTree.isTrue(body.get("strict_tools"))) {
            said.add(Hint.STRICT);
        }
        boolean hasThoughts = JsonTree.array(body.get("messages")).asList().stream()
                .map(JsonTree::object)
                .anyMatch(Thinking::isIn);
        if (hasThoughts) {
            said.add(Hint.THOUGHTS);
        }
        return said;
    }
}
