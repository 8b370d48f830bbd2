package io.patchbay.plugin.schema;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a place in a tree (RFC 6901). */
final class JsonPointer {
    private JsonPointer() {}

    /** What stands there; empty if there is no such place. */
    static Optional<JsonElement> find(JsonElement tree, String pointer) {
        if (pointer.isEmpty()) {
            return Optional.of(tree);
        }
        JsonElement at = tree;
        for (var name : pointer.substring(1).split("/", -1)) {
            at = child(at, name.replace("~1", "/").replace("~0", "~"));
        }
        return Optional.ofNullable(at);
    }

    private static @Nullable JsonElement child(@Nullable JsonElement parent, String name) {
        if (parent instanceof JsonObject object) {
            return object.get(name);
        }
        return parent instanceof JsonArray array && name.matches("\\d{1,6}") && Integer.parseInt(name) < array.size()
                ? array.get(Integer.parseInt(name))
                : null;
    }
}
