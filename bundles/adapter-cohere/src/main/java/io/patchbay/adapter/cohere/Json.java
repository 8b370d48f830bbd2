package io.patchbay.adapter.cohere;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** Reads trees whose shape somebody else chose: what is not there, or is something else, is empty. */
final class Json {
    private Json() {}

    /** A whole number, or 0. */
    static long integer(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive number && number.isNumber() ? (long) number.getAsDouble() : 0;
    }
}
