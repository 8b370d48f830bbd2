package io.patchbay.adapter.mistral;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Hint;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which of a request's fields the one that was written for Mistral has nothing of. */
final class Dropped {
    private Dropped() {}

    /** @param encoded which tells already what the adapter of OpenAI's format has left out */
    static List<String> of(ChatRequest request, UpstreamRequest encoded) {
        var body = JsonView.parse(encoded.body());
        var fields =
                request.parameters().stream().filter(name -> encoded.dropped().contains(name) || !isSaid(name, body));
        var asked = request.json().toTree();
        return Stream.concat(fields, Hint.unsaid(asked, said(asked)).stream()).toList();
    }

    private static boolean isSaid(String name, JsonView body) {
        return switch (name) {
            // What can't be said of thoughts is told already, and they are hidden here.
            case "reasoning", "reasoning_effort", "include_reasoning" -> true;
            case "seed" -> body.has("random_seed");
            case "max_completion_tokens" -> body.has("max_tokens");
            default -> body.has(name);
        };
    }

    private static Set<Hint> said(JsonObject asked) {
        boolean hasThoughts = JsonTree.array(asked.get("messages")).asList().stream()
                .map(JsonTree::object)
                .anyMatch(AssistantContent::hasThoughts);
        return hasThoughts ? EnumSet.of(Hint.DETAIL, Hint.STRICT, Hint.THOUGHTS) : EnumSet.of(Hint.DETAIL, Hint.STRICT);
    }
}
