package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonTree;

/** Reads and writes trees. What is not there, or has another shape than it should, is empty. */
final class Json {
    private Json() {}

    /** An object with one member. */
    static JsonObject with(String name, JsonElement value) {
        var object = new JsonObject();
        object.add(name, value);
        return object;
    }

    /** An object with one text. */
    static JsonObject with(String name, String text) {
        return with(name, new JsonPrimitive(text));
    }

    /** Adds what holds something. */
    static void addUnlessEmpty(JsonObject to, String name, JsonElement value) {
        boolean isEmpty = value instanceof JsonArray array && array.isEmpty()
                || value instanceof JsonObject object && object.isEmpty();
        if (!isEmpty) {
            to.add(name, value);
        }
    }

    /** Makes a member's text longer. */
    static void append(JsonObject to, String name, String text) {
        to.addProperty(name, JsonTree.text(to.get(name)) + text);
    }

    /** Adds to the member that is an array. */
    static void append(JsonObject to, String name, JsonElement element) {
        var array = JsonTree.array(to.get(name));
        array.add(element);
        to.add(name, array);
    }
}
