package io.patchbay.adapter.anthropic;

import com.google.gson.JsonObject;

/** Reads trees whose shape somebody else chose: what is not there, or is something else, is empty. */
final class Json {
    private Json() {}

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
