package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Reads trees whose shape somebody else chose: what is not there, or is something else, is empty. */
final class Json {
    private Json() {}

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
