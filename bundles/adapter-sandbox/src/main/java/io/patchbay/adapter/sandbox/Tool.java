package io.patchbay.adapter.sandbox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Locale;

/**
 * A function the client offers.
 *
 * @param name what it is called
 * @param parameters schema of its arguments
 */
record Tool(String name, JsonElement parameters) {
    /**
     * The tools that the sandbox calls: the one the client demands, else the first, or the first two where the client
     * allows several at once and the user's message says "parallel". None when a tool has just returned.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if the client demands a tool it doesn't offer
     */
    static List<Tool> calledFor(ChatRequest request, Conversation conversation) {
        var json = request.json();
        boolean forbidden = json.string("tool_choice").filter("none"::equals).isPresent();
        if (!json.has("tools") || forbidden || !conversation.endsWithUser()) {
            return List.of();
        }
        var offered = json.objects("tools").stream()
                .flatMap(tool -> tool.object("function").stream())
                .map(Tool::of)
                .toList();
        var demanded = json.object("tool_choice")
                .flatMap(choice -> choice.object("function"))
                .flatMap(function -> function.string("name"));
        if (demanded.isPresent()) {
            return List.of(find(demanded.get(), offered));
        }
        return offered.subList(0, Math.min(offered.size(), wantsParallel(json, conversation) ? 2 : 1));
    }

    /** Arguments that the schema allows. */
    String arguments() {
        var arguments = SchemaInstance.of(parameters);
        return (arguments.isJsonObject() ? arguments : new JsonObject()).toString();
    }

    private static Tool of(JsonView function) {
        return new Tool(
                function.string("name").orElse(""),
                function.element("parameters").orElseGet(JsonObject::new));
    }

    private static Tool find(String name, List<Tool> offered) {
        return offered.stream()
                .filter(tool -> tool.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> Failure.invalid("tool_choice", "'tool_choice' names a function that is not in 'tools'.")
                                .toException());
    }

    private static boolean wantsParallel(JsonView request, Conversation conversation) {
        boolean refused = request.kind("parallel_tool_calls")
                        .filter(JsonKind.BOOLEAN::equals)
                        .isPresent()
                && !request.isTrue("parallel_tool_calls");
        return !refused && conversation.lastUserText().toLowerCase(Locale.ROOT).contains("parallel");
    }
}
