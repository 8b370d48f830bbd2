package io.patchbay.adapter.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a value that a JSON schema (draft 7 to 2020-12) allows.
 *
 * <p>What combines schemas ({@code $ref}, {@code allOf}, {@code anyOf}, {@code oneOf}, {@code if}) is merged away, one
 * keyword at a time, until a plain schema is left; of alternatives the first that leads somewhere is taken. A reference
 * that leads back to itself leads nowhere, so a recursive schema ends at its first way out. Depth and number of values
 * are bounded: a schema is a stranger's. Not honoured: {@code not}, and {@code oneOf} whose alternatives overlap.
 */
final class SchemaInstance {
    private static final int MOST_DEPTH = 200;
    private static final int MOST_VALUES = 10_000;

    /** No honest schema has as many keywords side by side. */
    private static final int KEYWORDS_PER_EFFORT = 32;

    /** Long texts count as several values, so that the whole stays below a megabyte. */
    private static final int CHARACTERS_PER_EFFORT = 64;

    private final JsonElement root;
    private int effortLeft = MOST_VALUES;

    private SchemaInstance(JsonElement root) {
        this.root = root;
    }

    /** A value for the schema; {@code null} where there is none or it is out of reach. */
    static JsonElement of(JsonElement schema) {
        return new SchemaInstance(schema).value(schema, Place.ROOT).orElse(JsonNull.INSTANCE);
    }

    private Optional<JsonElement> value(JsonElement schema, Place place) {
        if (place.depth() > MOST_DEPTH || effortLeft <= 0) {
            return Optional.empty();
        }
        effortLeft--;
        if (!schema.isJsonObject()) {
            return SchemaKeywords.isFalse(schema) ? Optional.empty() : written(new JsonPrimitive(place.name()));
        }
        var object = schema.getAsJsonObject();
        effortLeft -= object.size() / KEYWORDS_PER_EFFORT;
        if (object.has("$ref")) {
            return referred(object, place);
        }
        for (var alternatives : List.of("anyOf", "oneOf")) {
            if (object.has(alternatives)) {
                return firstOf(SchemaKeywords.array(object, alternatives), without(object, alternatives), place);
            }
        }
        if (object.has("if")) {
            return conditional(object, place);
        }
        if (object.has("allOf")) {
            return merged(without(object, "allOf"), SchemaKeywords.array(object, "allOf"), place);
        }
        return plain(object, place);
    }

    private Optional<JsonElement> referred(JsonObject schema, Place place) {
        var reference = SchemaKeywords.text(schema, "$ref").orElse("");
        if (place.isInside(reference)) {
            return Optional.empty();
        }
        return SchemaReference.resolve(root, reference)
                .flatMap(target -> merge(without(schema, "$ref"), target))
                .flatMap(whole -> value(whole, place.inside(reference)));
    }

    private Optional<JsonElement> firstOf(JsonArray alternatives, JsonObject rest, Place place) {
        for (var alternative : alternatives) {
            var value = merge(rest, alternative).flatMap(whole -> value(whole, place.deeper()));
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** What meets the condition and its consequence, or else the alternative. */
    private Optional<JsonElement> conditional(JsonObject schema, Place place) {
        var rest = without(without(without(schema, "if"), "then"), "else");
        var ways = new JsonArray();
        ways.add(SchemaMerge.both(schema.get("if"), schema.has("then") ? schema.get("then") : new JsonObject()));
        ways.add(schema.has("else") ? schema.get("else") : new JsonObject());
        return firstOf(ways, rest, place);
    }

    private Optional<JsonElement> merged(JsonObject schema, JsonArray others, Place place) {
        var whole = Optional.of(schema);
        for (var other : others) {
            whole = whole.flatMap(sofar -> merge(sofar, other));
        }
        return whole.flatMap(all -> value(all, place.deeper()));
    }

    private Optional<JsonObject> merge(JsonObject schema, JsonElement other) {
        effortLeft -= 1 + schema.size() / KEYWORDS_PER_EFFORT;
        return effortLeft <= 0 ? Optional.empty() : SchemaMerge.of(schema, other);
    }

    private Optional<JsonElement> plain(JsonObject schema, Place place) {
        var types = SchemaKeywords.types(schema);
        if (schema.has("const")) {
            return written(schema.get("const")).filter(value -> SchemaKeywords.isOneOf(value, types));
        }
        if (schema.has("enum")) {
            var allowed = SchemaKeywords.array(schema, "enum").asList().stream()
                    .filter(value -> SchemaKeywords.isOneOf(value, types))
                    .toList();
            return allowed.isEmpty() ? Optional.empty() : written(allowed.get(place.variant() % allowed.size()));
        }
        for (var type : types) {
            var value = ofType(type, schema, place);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private Optional<JsonElement> written(JsonElement value) {
        effortLeft -= value.toString().length() / CHARACTERS_PER_EFFORT;
        return Optional.of(value);
    }

    private Optional<JsonElement> ofType(String type, JsonObject schema, Place place) {
        return switch (type) {
            case "object" -> object(schema, place);
            case "array" -> array(schema, place);
            case "string" -> written(new JsonPrimitive(StringInstance.of(schema, place)));
            case "integer", "number" ->
                NumberInstance.of(schema, type.equals("integer"), place.variant())
                        .map(JsonPrimitive::new);
            case "boolean" -> Optional.of(new JsonPrimitive(place.variant() % 2 == 0));
            case "null" -> Optional.of(JsonNull.INSTANCE);
            default -> Optional.empty();
        };
    }

    /** The required members, or all that can be made where none is required; then as many as demanded. */
    private Optional<JsonElement> object(JsonObject schema, Place place) {
        var object = new JsonObject();
        var required = SchemaKeywords.requiredNames(schema);
        for (var name : required) {
            if (!add(object, name, schema, place)) {
                return Optional.empty();
            }
        }
        int least = SchemaKeywords.count(schema, "minProperties", 0);
        int most = SchemaKeywords.count(schema, "maxProperties", MOST_VALUES);
        int welcome = required.isEmpty() && !SchemaKeywords.hasDependencies(schema) ? most : least;
        for (var name : SchemaKeywords.object(schema, "properties").keySet()) {
            if (object.size() < welcome && !object.has(name)) {
                add(object, name, schema, place);
            }
        }
        for (int i = 1; object.size() < least; i++) {
            var name = furtherName(schema, place, i);
            if (object.has(name) || !add(object, name, schema, place)) {
                return Optional.empty();
            }
        }
        return Optional.of(object);
    }

    private boolean add(JsonObject object, String name, JsonObject schema, Place place) {
        effortLeft -= name.length() / CHARACTERS_PER_EFFORT;
        var value = value(memberSchema(schema, name), place.member(name));
        value.ifPresent(made -> object.add(name, made));
        return value.isPresent();
    }

    private String furtherName(JsonObject schema, Place place, int number) {
        if (schema.has("propertyNames")) {
            var name = value(schema.get("propertyNames"), place.item(number - 1));
            return name.filter(JsonElement::isJsonPrimitive)
                    .map(JsonElement::getAsString)
                    .orElse("property" + number);
        }
        var patterns = SchemaKeywords.object(schema, "patternProperties").keySet();
        return patterns.isEmpty()
                ? "property" + number
                : PatternText.of(patterns.iterator().next(), 1, number - 1).orElse("property" + number);
    }

    /** A member that is not declared is taken to match the first pattern: running a stranger's pattern is unsafe. */
    private static JsonElement memberSchema(JsonObject schema, String name) {
        var declared = SchemaKeywords.object(schema, "properties");
        if (declared.has(name)) {
            return declared.get(name);
        }
        var patterns = SchemaKeywords.object(schema, "patternProperties").entrySet();
        if (!patterns.isEmpty()) {
            return patterns.iterator().next().getValue();
        }
        return schema.has("additionalProperties") ? schema.get("additionalProperties") : new JsonObject();
    }

    /** As many items as demanded; one where none is demanded but its schema is given. */
    private Optional<JsonElement> array(JsonObject schema, Place place) {
        var first = SchemaKeywords.leadingItems(schema);
        var contained = Optional.ofNullable(schema.get("contains"));
        int demanded = Math.max(
                SchemaKeywords.count(schema, "minItems", 0),
                contained.isPresent() ? SchemaKeywords.count(schema, "minContains", 1) : 0);
        int welcome = first.isEmpty() ? schema.has("items") ? 1 : 0 : first.size();
        int count = Math.max(demanded, Math.min(welcome, SchemaKeywords.count(schema, "maxItems", MOST_VALUES)));
        var array = new JsonArray();
        for (int i = 0; i < count; i++) {
            int index = i;
            var item = i < first.size() ? first.get(i) : SchemaKeywords.furtherItems(schema);
            var value = contained
                    .flatMap(demand -> value(SchemaMerge.both(item, demand), place.item(index)))
                    .or(() -> value(item, place.item(index)));
            if (value.isEmpty()) {
                return i < demanded ? Optional.empty() : Optional.of(array);
            }
            array.add(value.get());
        }
        return Optional.of(array);
    }

    private static JsonObject without(JsonObject schema, String keyword) {
        var rest = new JsonObject();
        schema.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(keyword))
                .forEach(entry -> rest.add(entry.getKey(), entry.getValue()));
        return rest;
    }

    /**
     * Where in the instance a value is made.
     *
     * @param name of the member it belongs to, which strings repeat
     * @param variant tells the items of an array apart
     * @param depth how many steps led here
     * @param references those being followed
     */
    record Place(String name, int variant, int depth, Set<String> references) {
        static final Place ROOT = new Place("text", 0, 0, Set.of("#"));

        boolean isInside(String reference) {
            return references.contains(reference);
        }

        Place inside(String reference) {
            var more = new LinkedHashSet<>(references);
            more.add(reference);
            return new Place(name, variant, depth + 1, more);
        }

        Place deeper() {
            return new Place(name, variant, depth + 1, references);
        }

        Place member(String member) {
            return new Place(member, variant, depth + 1, references);
        }

        Place item(int index) {
            return new Place(name, index, depth + 1, references);
        }
    }
}
