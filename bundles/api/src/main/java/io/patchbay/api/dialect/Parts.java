package io.patchbay.api.dialect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonTree;

/** Parts of a canonical message. */
public final class Parts {
    private static final int TYPE_AND_TEXT = 2;

    private Parts() {}

    /**
     * The content of a message: the text alone if it has one part that is a text and nothing more, which every provider
     * takes from everybody; else its parts.
     */
    public static JsonElement content(JsonArray parts) {
        if (parts.size() == 1 && parts.get(0) instanceof JsonObject part && isText(part)) {
            return new JsonPrimitive(JsonTree.text(part.get("text")));
        }
        return parts;
    }

    private static boolean isText(JsonObject part) {
        return part.size() == TYPE_AND_TEXT && JsonTree.text(part.get("type")).equals("text") && part.has("text");
    }
}
