package io.patchbay.adapter.ollama;

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
        var options = JsonTree.object(body.get("options"));
        return switch (name) {
            // Each of these is said, or refused.
            case "max_tokens",
                    "max_completion_tokens",
                    "n",
                    "response_format",
                    "tools",
                    "tool_choice",
                    "include_reasoning" -> true;
            case "repetition_penalty" -> options.has("repeat_penalty");
            case "reasoning", "reasoning_effort" ->
                body.has("think") || !ReasoningWish.of(asked).isOn();
            default -> body.has(name) || options.has(name);
        };
    }

    /** Ollama caches as it likes, and knows no names, no details of images and no strict tools. */
    private static Set<Hint> said(JsonObject body) {
        boolean hasThoughts = JsonTree.array(body.get("messages")).asList().stream()
                .anyMatch(message -> JsonTree.object(message).has("thinking"));
        return hasThoughts ? EnumSet.of(Hint.THOUGHTS) : EnumSet.noneOf(Hint.class);
    }
}
