package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Schemas. Gemini takes two kinds: its own, a part of OpenAPI's with types in capitals, and JSON Schema, where it passes
 * over what it does not know.
 */
final class Schemas {
    private static final Set<String> OWN_TYPES =
            Set.of("OBJECT", "ARRAY", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "NULL", "TYPE_UNSPECIFIED");

    private Schemas() {}

    /** Whether it is of Gemini's own kind. */
    static boolean isOwn(JsonObject schema) {
        return OWN_TYPES.contains(JsonTree.text(schema.get("type")));
    }

    /** Whether it says nothing of an object. */
    static boolean isEmpty(JsonObject schema) {
        var type = JsonTree.text(schema.get("type"));
        boolean isObject = type.isEmpty() || type.equalsIgnoreCase("object");
        return isObject
                && JsonTree.object(schema.get("properties")).isEmpty()
                && Stream.of("$ref", "anyOf", "oneOf", "allOf", "patternProperties", "items")
                        .noneMatch(schema::has)
                && !(schema.get("additionalProperties") instanceof JsonObject)
                && !JsonTree.isTrue(schema.get("additionalProperties"));
    }

    /** Takes away what Gemini refuses in JSON Schema; changes the tree. */
    static JsonObject clean(JsonObject schema) {
        schema.remove("$schema");
        cleanReferences(schema);
        return schema;
    }

    /** Beside a reference Gemini wants nothing. */
    private static void cleanReferences(JsonElement schema) {
        if (schema instanceof JsonArray several) {
            several.forEach(Schemas::cleanReferences);
        } else if (schema instanceof JsonObject one) {
            if (one.get("$ref") != null && one.get("$ref").isJsonPrimitive()) {
                one.keySet().removeIf(name -> !name.startsWith("$"));
            }
            one.asMap().values().forEach(Schemas::cleanReferences);
        }
    }
}
