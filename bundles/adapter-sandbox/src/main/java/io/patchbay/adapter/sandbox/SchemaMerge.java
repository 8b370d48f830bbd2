package io.patchbay.adapter.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.Set;

/** Makes one schema of two, which allows what both allow. */
final class SchemaMerge {
    private static final Set<String> LOWER_BOUNDS =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains");
    private static final Set<String> UPPER_BOUNDS =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains");
    private static final Set<String> SCHEMAS = Set.of("additionalProperties", "contains", "items", "propertyNames");
    private static final Set<String> MAPS_OF_SCHEMAS = Set.of("patternProperties", "properties");

    /** Two of these can't be one: the second waits in {@code allOf} until the first is dealt with. */
    private static final Set<String> COMBINING = Set.of("$ref", "anyOf", "oneOf");

    private static final Set<String> CONDITION = Set.of("if", "then", "else");

    private SchemaMerge() {}

    /** One schema of two; empty if the other one allows nothing. */
    static Optional<JsonObject> of(JsonObject schema, JsonElement other) {
        if (!other.isJsonObject()) {
            return SchemaKeywords.isFalse(other) ? Optional.empty() : Optional.of(schema);
        }
        var whole = new JsonObject();
        schema.entrySet().forEach(entry -> whole.add(entry.getKey(), entry.getValue()));
        boolean twoConditions = schema.has("if") && other.getAsJsonObject().has("if");
        if (twoConditions) {
            var waiting = new JsonObject();
            CONDITION.stream()
                    .filter(other.getAsJsonObject()::has)
                    .forEach(keyword ->
                            waiting.add(keyword, other.getAsJsonObject().get(keyword)));
            addToAllOf(whole, waiting);
        }
        for (var entry : other.getAsJsonObject().entrySet()) {
            if (twoConditions && CONDITION.contains(entry.getKey())) {
                continue;
            }
            if (whole.has(entry.getKey())) {
                combine(whole, entry.getKey(), entry.getValue());
            } else {
                whole.add(entry.getKey(), entry.getValue());
            }
        }
        return Optional.of(whole);
    }

    /** The schema of what both allow, put together later. */
    static JsonElement both(JsonElement schema, JsonElement other) {
        var both = new JsonArray();
        both.add(schema);
        both.add(other);
        var whole = new JsonObject();
        whole.add("allOf", both);
        return whole;
    }

    private static void combine(JsonObject whole, String keyword, JsonElement other) {
        var value = whole.get(keyword);
        if (LOWER_BOUNDS.contains(keyword) || UPPER_BOUNDS.contains(keyword)) {
            whole.add(keyword, tighter(whole, keyword, other));
        } else if (MAPS_OF_SCHEMAS.contains(keyword)) {
            whole.add(keyword, union(value, other));
        } else if (SCHEMAS.contains(keyword)) {
            whole.add(keyword, value.isJsonArray() || other.isJsonArray() ? value : both(value, other));
        } else if (COMBINING.contains(keyword)) {
            var waiting = new JsonObject();
            waiting.add(keyword, other);
            addToAllOf(whole, waiting);
        } else {
            switch (keyword) {
                case "allOf" -> arrayOf(other).forEach(schema -> addToAllOf(whole, schema));
                case "required" -> whole.add(keyword, concatenation(value, other));
                case "enum" -> whole.add(keyword, common(value, other));
                case "type" -> whole.add(keyword, commonTypes(value, other));
                case "const" -> contradictUnlessEqual(whole, value, other);
                case "multipleOf" -> whole.add(keyword, commonMultiple(whole, other));
                default -> {
                    // Titles, formats and the like: the first one counts.
                }
            }
        }
    }

    private static void addToAllOf(JsonObject whole, JsonElement schema) {
        var all = concatenation(SchemaKeywords.array(whole, "allOf"), new JsonArray());
        all.add(schema);
        whole.add("allOf", all);
    }

    private static JsonElement tighter(JsonObject whole, String keyword, JsonElement other) {
        var wrapped = new JsonObject();
        wrapped.add(keyword, other);
        var mine = SchemaKeywords.number(whole, keyword);
        var theirs = SchemaKeywords.number(wrapped, keyword);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return mine.isEmpty() ? other : whole.get(keyword);
        }
        boolean mineIsHigher = mine.get().compareTo(theirs.get()) > 0;
        return mineIsHigher == LOWER_BOUNDS.contains(keyword) ? whole.get(keyword) : other;
    }

    private static JsonElement commonMultiple(JsonObject whole, JsonElement other) {
        var wrapped = new JsonObject();
        wrapped.add("multipleOf", other);
        var mine = SchemaKeywords.number(whole, "multipleOf");
        var theirs = SchemaKeywords.number(wrapped, "multipleOf");
        if (mine.isEmpty() || theirs.isEmpty() || mine.get().compareTo(theirs.get()) == 0) {
            return mine.isEmpty() ? other : whole.get("multipleOf");
        }
        return new JsonPrimitive(mine.get().multiply(theirs.get()));
    }

    private static JsonElement union(JsonElement schemas, JsonElement others) {
        if (!schemas.isJsonObject() || !others.isJsonObject()) {
            return schemas;
        }
        var union = new JsonObject();
        schemas.getAsJsonObject().entrySet().forEach(entry -> union.add(entry.getKey(), entry.getValue()));
        others.getAsJsonObject().entrySet().forEach(entry -> {
            var name = entry.getKey();
            union.add(name, union.has(name) ? both(union.get(name), entry.getValue()) : entry.getValue());
        });
        return union;
    }

    private static JsonArray concatenation(JsonElement values, JsonElement others) {
        var all = new JsonArray();
        all.addAll(arrayOf(values));
        all.addAll(arrayOf(others));
        return all;
    }

    private static JsonArray common(JsonElement values, JsonElement others) {
        var common = new JsonArray();
        var allowed = Set.copyOf(arrayOf(others).asList());
        arrayOf(values).asList().stream().filter(allowed::contains).forEach(common::add);
        return common;
    }

    private static JsonArray commonTypes(JsonElement types, JsonElement others) {
        var common = new JsonArray();
        for (var type : arrayOf(types)) {
            for (var other : arrayOf(others)) {
                if (type.equals(other)) {
                    common.add(type);
                } else if (isNumberAndInteger(type, other) || isNumberAndInteger(other, type)) {
                    common.add("integer");
                }
            }
        }
        return common;
    }

    private static boolean isNumberAndInteger(JsonElement type, JsonElement other) {
        return type.equals(new JsonPrimitive("number")) && other.equals(new JsonPrimitive("integer"));
    }

    private static void contradictUnlessEqual(JsonObject whole, JsonElement value, JsonElement other) {
        if (!value.equals(other)) {
            whole.remove("const");
            whole.add("enum", new JsonArray());
        }
    }

    private static JsonArray arrayOf(JsonElement value) {
        if (value.isJsonArray()) {
            return value.getAsJsonArray();
        }
        var single = new JsonArray();
        single.add(value);
        return single;
    }
}
