package io.patchbay.adapter.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Hint;

/** Writes what many of Anthropic's objects have. */
final class Json {
    private Json() {}

    /** An object with the member {@code type}, as nearly all of Anthropic's have one. */
    static JsonObject typed(String type) {
        var object = new JsonObject();
        object.addProperty("type", type);
        return object;
    }

    /** Copies what the client says of caching on a part, a message or a tool. */
    static void addCacheControl(JsonObject from, JsonObject to) {
        var control = Hint.cacheControl(from);
        if (!control.isEmpty()) {
            to.add("cache_control", control);
        }
    }
}
