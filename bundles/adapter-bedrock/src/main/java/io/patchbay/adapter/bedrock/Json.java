package io.patchbay.adapter.bedrock;

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

    /** An object with one member, as nearly all of Converse's are: the member's name says what it is. */
    static JsonObject of(String name, JsonElement value) {
        var object = new JsonObject();
        object.add(name, value);
        return object;
    }

    static JsonObject of(String name, String value) {
        return of(name, new JsonPrimitive(value));
    }

    static void addUnlessEmpty(String name, JsonArray array, JsonObject to) {
        if (!array.isEmpty()) {
            to.add(name, array);
        }
    }

    static void addUnlessEmpty(String name, JsonObject object, JsonObject to) {
        if (!object.isEmpty()) {
            to.add(name, object);
        }
    }
}
