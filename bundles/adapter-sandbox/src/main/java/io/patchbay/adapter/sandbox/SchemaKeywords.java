package io.patchbay.adapter.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads keywords of a schema, leniently: one of the wrong type counts as absent. */
final class SchemaKeywords {
    /** Beyond it arithmetic on a stranger's numbers would cost too much. */
    private static final int MOST_DIGITS = 100;

    private static final Set<String> OF_OBJECTS = Set.of(
            "properties", "required", "additionalProperties", "patternProperties", "minProperties", "propertyNames");
    private static final Set<String> OF_ARRAYS = Set.of("items", "prefixItems", "minItems", "contains", "uniqueItems");
    private static final Set<String> OF_NUMBERS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

    private SchemaKeywords() {}

    static boolean isFalse(JsonElement schema) {
        return schema.isJsonPrimitive() && schema.getAsJsonPrimitive().isBoolean() && !schema.getAsBoolean();
    }

    static JsonObject object(JsonObject schema, String keyword) {
        return schema.get(keyword) instanceof JsonObject object ? object : new JsonObject();
    }

    static JsonArray array(JsonObject schema, String keyword) {
        return schema.get(keyword) instanceof JsonArray array ? array : new JsonArray();
    }

    static Optional<String> text(JsonObject schema, String keyword) {
        var value = schema.get(keyword);
        return value != null && isText(value) ? Optional.of(value.getAsString()) : Optional.empty();
    }

    static Optional<BigDecimal> number(JsonObject schema, String keyword) {
        var value = schema.get(keyword);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isNumber()) {
            return Optional.empty();
        }
        try {
            var number = value.getAsBigDecimal();
            return Math.abs(number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS
                    ? Optional.empty()
                    : Optional.of(number);
        } catch (NumberFormatException absurd) {
            return Optional.empty();
        }
    }

    /** A number of things. */
    static int count(JsonObject schema, String keyword, int otherwise) {
        return number(schema, keyword)
                .map(number -> number.max(BigDecimal.ZERO)
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .intValue())
                .orElse(otherwise);
    }

    static Set<String> names(JsonObject schema, String keyword) {
        var names = new LinkedHashSet<String>();
        array(schema, keyword).forEach(name -> {
            if (isText(name)) {
                names.add(name.getAsString());
            }
        });
        return names;
    }

    /** What is required, and what that requires in turn. */
    static Set<String> requiredNames(JsonObject schema) {
        var names = names(schema, "required");
        var queue = new ArrayList<>(names);
        for (int i = 0; i < queue.size(); i++) {
            for (var dependencies : List.of("dependentRequired", "dependencies")) {
                names(object(schema, dependencies), queue.get(i)).stream()
                        .filter(names::add)
                        .forEach(queue::add);
            }
        }
        return names;
    }

    /** Whether some members are only allowed together with others. */
    static boolean hasDependencies(JsonObject schema) {
        return schema.has("dependentRequired") || schema.has("dependentSchemas") || schema.has("dependencies");
    }

    /** The types allowed, in lower case (some clients shout), null last; a guess by the other keywords where none is named. */
    static List<String> types(JsonObject schema) {
        var named = text(schema, "type").map(List::of).orElseGet(() -> List.copyOf(names(schema, "type")));
        if (!named.isEmpty() || schema.has("type")) {
            var ordered = new ArrayList<>(named);
            ordered.replaceAll(type -> type.toLowerCase(Locale.ROOT));
            if (ordered.remove("null")) {
                ordered.add("null");
            }
            return ordered;
        }
        if (schema.has("const") || schema.has("enum")) {
            return List.of("string", "number", "object", "array", "boolean", "null");
        }
        return List.of(
                mentions(schema, OF_OBJECTS)
                        ? "object"
                        : mentions(schema, OF_ARRAYS) ? "array" : mentions(schema, OF_NUMBERS) ? "number" : "string");
    }

    static boolean isOneOf(JsonElement value, List<String> types) {
        return types.stream().anyMatch(type -> switch (type) {
            case "object" -> value.isJsonObject();
            case "array" -> value.isJsonArray();
            case "null" -> value.isJsonNull();
            case "string" -> isText(value);
            case "boolean" ->
                value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
            case "number", "integer" ->
                value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
            default -> false;
        });
    }

    /** The schemas of the first items, which draft 7 and 2020-12 name differently. */
    static List<JsonElement> leadingItems(JsonObject schema) {
        return array(schema, schema.has("prefixItems") ? "prefixItems" : "items")
                .asList();
    }

    /** The schema of the items after those. */
    static JsonElement furtherItems(JsonObject schema) {
        var keyword = schema.get("items") instanceof JsonArray ? "additionalItems" : "items";
        return schema.has(keyword) ? schema.get(keyword) : new JsonObject();
    }

    private static boolean mentions(JsonObject schema, Set<String> keywords) {
        return schema.keySet().stream().anyMatch(keywords::contains);
    }

    private static boolean isText(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }
}
