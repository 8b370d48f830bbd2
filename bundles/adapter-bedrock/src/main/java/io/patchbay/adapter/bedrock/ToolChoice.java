package io.patchbay.adapter.bedrock;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * Which tools a model may or must call.
 *
 * @param kind in Bedrock's words, and {@code none}, for which Bedrock has no word
 * @param name of the one tool; otherwise the empty string
 */
record ToolChoice(String kind, String name) {
    static final ToolChoice AUTO = new ToolChoice("auto", "");
    static final ToolChoice ANY = new ToolChoice("any", "");

    static ToolChoice of(@Nullable JsonElement asked) {
        if (asked instanceof JsonObject one) {
            if (!JsonTree.text(one.get("type")).equals("function")) {
                throw Failure.invalid("tool_choice.type", "This provider does not know this choice.")
                        .toException();
            }
            return only(JsonTree.text(JsonTree.object(one.get("function")).get("name")));
        }
        return switch (JsonTree.text(asked)) {
            case "none" -> new ToolChoice("none", "");
            case "required", "any" -> ANY;
            case "", "auto" -> AUTO;
            default ->
                throw Failure.invalid("tool_choice", "This provider knows auto, none and required.")
                        .toException();
        };
    }

    static ToolChoice only(String name) {
        return new ToolChoice("tool", name);
    }

    boolean isNone() {
        return kind.equals("none");
    }

    boolean isForced() {
        return kind.equals("any") || kind.equals("tool");
    }

    /** In Bedrock's form. */
    JsonObject toConverse() {
        return Json.of(kind, named(new JsonObject()));
    }

    /** In Anthropic's form, which alone can say that one call at a time is enough. */
    JsonObject toSingleCall() {
        var choice = named(Json.of("type", kind));
        choice.addProperty("disable_parallel_tool_use", true);
        return choice;
    }

    private JsonObject named(JsonObject choice) {
        if (!name.isEmpty()) {
            choice.addProperty("name", name);
        }
        return choice;
    }
}
