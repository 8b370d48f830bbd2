package io.patchbay.api.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** Reads trees whose shape somebody else chose: what is not there, or is something else, is empty. */
public final class JsonTree {
    private JsonTree() {}

    /** The text of a primitive; empty if it is none. */
    public static String text(@Nullable JsonElement value) {
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /** The object; a new, empty one if it is none. */
    public static JsonObject object(@Nullable JsonElement value) {
        return value instanceof JsonObject object ? object : new JsonObject();
    }

    /** The array; a new, empty one if it is none. */
    public static JsonArray array(@Nullable JsonElement value) {
        return value instanceof JsonArray array ? array : new JsonArray();
    }

    /** Copies a member under another name, if it is there and not null. */
    public static void copy(JsonObject from, String name, JsonObject to, String as) {
        var value = from.get(name);
        if (value != null && !value.isJsonNull()) {
            to.add(as, value);
        }
    }

    /** Whether it is a number. */
    public static boolean isNumber(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isNumber();
    }

    /** Whether it is {@code true}. */
    public static boolean isTrue(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isBoolean() && primitive.getAsBoolean();
    }

    /** Whether it is {@code false}. */
    public static boolean isFalse(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isBoolean() && !primitive.getAsBoolean();
    }
}
