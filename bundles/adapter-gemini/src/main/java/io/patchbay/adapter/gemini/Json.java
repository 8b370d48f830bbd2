package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** Reads and writes trees. What is not there, or has another shape than it should, is empty. */
final class Json {
    private Json() {}

    static String text(@Nullable JsonElement value) {
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    static JsonObject object(@Nullable JsonElement value) {
        return value instanceof JsonObject object ? object : new JsonObject();
    }

    static JsonArray array(@Nullable JsonElement value) {
        return value instanceof JsonArray array ? array : new JsonArray();
    }

    static boolean isNumber(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isNumber();
    }

    static boolean isTrue(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isBoolean() && primitive.getAsBoolean();
    }

    static boolean isFalse(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isBoolean() && !primitive.getAsBoolean();
    }

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
        to.addProperty(name, text(to.get(name)) + text);
    }

    /** Adds to the member that is an array. */
    static void append(JsonObject to, String name, JsonElement element) {
        var array = array(to.get(name));
        array.add(element);
        to.add(name, array);
    }
}
