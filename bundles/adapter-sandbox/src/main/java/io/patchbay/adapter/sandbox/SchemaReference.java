package io.patchbay.adapter.sandbox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Follows references within a schema: JSON pointers, and names given by {@code $anchor} or {@code $id}. */
final class SchemaReference {
    private SchemaReference() {}

    /** What the reference names; empty if that isn't in the schema. */
    static Optional<JsonElement> resolve(JsonElement root, String reference) {
        if (!root.isJsonObject()) {
            return Optional.empty();
        }
        var own = SchemaKeywords.text(root.getAsJsonObject(), "$id").orElse("");
        var local = !own.isEmpty() && reference.startsWith(own + '#') ? reference.substring(own.length()) : reference;
        if (local.equals("#")) {
            return Optional.of(root);
        }
        return local.startsWith("#/") ? pointed(root, local.substring(2)) : named(root.getAsJsonObject(), local);
    }

    private static Optional<JsonElement> pointed(JsonElement root, String pointer) {
        var target = root;
        for (var part : pointer.split("/", -1)) {
            var next = child(target, unescaped(part));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            target = next.get();
        }
        return Optional.of(target);
    }

    private static Optional<JsonElement> child(JsonElement parent, String key) {
        if (parent.isJsonObject()) {
            return Optional.ofNullable(parent.getAsJsonObject().get(key));
        }
        boolean isIndex = parent.isJsonArray() && key.matches("\\d{1,6}");
        return isIndex && Integer.parseInt(key) < parent.getAsJsonArray().size()
                ? Optional.of(parent.getAsJsonArray().get(Integer.parseInt(key)))
                : Optional.empty();
    }

    private static Optional<JsonElement> named(JsonObject root, String name) {
        for (var keyword : List.of("$defs", "definitions")) {
            for (var definition : SchemaKeywords.object(root, keyword).asMap().values()) {
                if (definition.isJsonObject() && isNamed(definition.getAsJsonObject(), name)) {
                    return Optional.of(definition);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNamed(JsonObject schema, String name) {
        return SchemaKeywords.text(schema, "$id").filter(name::equals).isPresent()
                || SchemaKeywords.text(schema, "$anchor")
                        .filter(anchor -> name.equals('#' + anchor))
                        .isPresent();
    }

    private static String unescaped(String part) {
        try {
            var decoded = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            return decoded.replace("~1", "/").replace("~0", "~");
        } catch (IllegalArgumentException notEncoded) {
            return part;
        }
    }
}
