package io.patchbay.api.adapter;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Small wishes within a chat's messages and tools, for which not every provider has a word. An adapter that has none
 * leaves them out and says so ({@link UpstreamRequest#dropping}).
 */
public enum Hint {
    /** Thoughts of an earlier turn. Models take none but their own, and most none that are not signed. */
    THOUGHTS("messages.reasoning_details"),
    /** Up to here a prompt can be cached. */
    CACHE("messages.cache_control"),
    /** How closely to look at an image. */
    DETAIL("messages.image_url.detail"),
    /** Who speaks, where that is not the user. */
    NAME("messages.name"),
    /** Up to here tools can be cached. */
    TOOL_CACHE("tools.cache_control"),
    /** Calls are to be bound to the tool's schema. */
    STRICT("tools.function.strict");

    private final String field;

    Hint(String field) {
        this.field = field;
    }

    /**
     * Where those stand that a request gives and that are not honoured.
     *
     * @param request as the client wrote it
     */
    public static List<String> unsaid(JsonObject request, Set<Hint> honoured) {
        var unsaid = EnumSet.noneOf(Hint.class);
        JsonTree.array(request.get("messages")).forEach(message -> look(JsonTree.object(message), unsaid));
        JsonTree.array(request.get("tools")).forEach(tool -> lookAtTool(JsonTree.object(tool), unsaid));
        unsaid.removeAll(honoured);
        return unsaid.stream().map(hint -> hint.field).toList();
    }

    private static void look(JsonObject message, Set<Hint> found) {
        var role = JsonTree.text(message.get("role"));
        note(THOUGHTS, role.equals("assistant") && hasThoughts(message), found);
        note(CACHE, asksForCache(message), found);
        // A tool's name goes with its calls.
        boolean isNamed = !JsonTree.text(message.get("name")).isBlank();
        note(NAME, isNamed && !role.equals("user") && !role.equals("tool"), found);
        for (var element : JsonTree.array(message.get("content"))) {
            var part = JsonTree.object(element);
            note(CACHE, asksForCache(part), found);
            var detail = JsonTree.text(JsonTree.object(part.get("image_url")).get("detail"));
            note(DETAIL, !detail.isEmpty() && !detail.equals("auto"), found);
        }
    }

    private static void lookAtTool(JsonObject tool, Set<Hint> found) {
        var function = JsonTree.object(tool.get("function"));
        note(TOOL_CACHE, asksForCache(tool) || asksForCache(function), found);
        note(STRICT, JsonTree.isTrue(function.get("strict")), found);
    }

    private static boolean hasThoughts(JsonObject message) {
        return !JsonTree.array(message.get("reasoning_details")).isEmpty()
                || !JsonTree.text(message.get("reasoning")).isEmpty()
                || !JsonTree.text(message.get("reasoning_content")).isEmpty();
    }

    /**
     * What a client says of caching on a part, a message or a tool: {@code cache_control}, or OpenAI's
     * {@code prompt_cache_breakpoint}, which means the same; empty if nothing.
     */
    public static JsonObject cacheControl(JsonObject part) {
        if (part.get("cache_control") instanceof JsonObject control) {
            return control;
        }
        var control = new JsonObject();
        if (part.get("prompt_cache_breakpoint") instanceof JsonObject) {
            control.addProperty("type", "ephemeral");
        }
        return control;
    }

    private static boolean asksForCache(JsonObject part) {
        return !cacheControl(part).isEmpty();
    }

    private static void note(Hint hint, boolean isGiven, Set<Hint> found) {
        if (isGiven) {
            found.add(hint);
        }
    }
}
