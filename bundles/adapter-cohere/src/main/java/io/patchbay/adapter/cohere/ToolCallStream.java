package io.patchbay.adapter.cohere;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** The arguments of one tool call as they come. Cohere writes nothing, or {@code null}, for none: that is held back. */
final class ToolCallStream {
    private static final String NOTHING = "null";

    private final int index;
    private final StringBuilder held = new StringBuilder();
    private boolean flows;

    ToolCallStream(int index) {
        this.index = index;
    }

    /** Its place among the calls of the answer. */
    int index() {
        return index;
    }

    /** What may be passed on now that this much more has come. */
    String more(String fragment) {
        if (flows) {
            return fragment;
        }
        held.append(fragment);
        if (NOTHING.startsWith(held.toString())) {
            return "";
        }
        flows = true;
        return held.toString();
    }

    /** What is still to be passed on at the end of the call. */
    String close() {
        if (flows) {
            return "";
        }
        flows = true;
        return orNone(held.toString());
    }

    static String arguments(@Nullable JsonElement value) {
        return value instanceof JsonObject object ? object.toString() : JsonTree.text(value);
    }

    /** A call without arguments is one with no members in them. */
    static String orNone(String arguments) {
        return arguments.isBlank() || arguments.strip().equals(NOTHING) ? "{}" : arguments;
    }
}
