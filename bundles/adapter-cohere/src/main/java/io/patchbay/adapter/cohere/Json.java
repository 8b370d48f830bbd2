package io.patchbay.adapter.cohere;

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

    /** A whole number, or 0. */
    static long integer(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive number && number.isNumber() ? (long) number.getAsDouble() : 0;
    }

    static JsonObject object(@Nullable JsonElement value) {
        return value instanceof JsonObject object ? object : new JsonObject();
    }

    static JsonArray array(@Nullable JsonElement value) {
        return value instanceof JsonArray array ? array : new JsonArray();
    }
}
