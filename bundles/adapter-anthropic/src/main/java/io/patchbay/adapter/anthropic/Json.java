package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** Reads trees whose shape somebody else chose: what is not there, or is something else, is empty. */
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

    /** An object with the member {@code type}, as nearly all of Anthropic's have one. */
    static JsonObject typed(String type) {
        var object = new JsonObject();
        object.addProperty("type", type);
        return object;
    }

    /** Copies a member that is an object, such as {@code cache_control}. */
    static void copyObject(JsonObject from, String name, JsonObject to) {
        if (from.get(name) instanceof JsonObject object) {
            to.add(name, object);
        }
    }
}
