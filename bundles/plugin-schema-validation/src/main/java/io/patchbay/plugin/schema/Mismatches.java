package io.patchbay.plugin.schema;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.harrel.jsonschema.Error;
import io.patchbay.api.json.JsonTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says what is wrong with a value: where, and which keyword of the schema it does not match. What stands there is not told, for it
 * is the answer's.
 */
final class Mismatches {
    private static final int MOST = 3;
    private static final int LONGEST_PLACE = 200;
    /** What is wrong within one of these need not be wrong, for there are others. */
    private static final Set<String> CHOICES = Set.of("anyOf", "oneOf", "not", "if", "contains");

    private final JsonObject schema;
    private final JsonElement value;

    private Mismatches(JsonObject schema, JsonElement value) {
        this.schema = schema;
        this.value = value;
    }

    /** The first that is wrong, for people. */
    static List<String> of(List<Error> errors, JsonObject schema, JsonElement value) {
        var mismatches = new Mismatches(schema, value);
        var places = new HashSet<String>();
        var said = new ArrayList<String>();
        for (var error : essential(errors)) {
            if (said.size() < MOST && places.add(error.getInstanceLocation())) {
                said.add(place(error) + ' ' + mismatches.why(error));
            }
        }
        return said;
    }

    /** Where the first one is. */
    static String firstPlace(List<Error> errors) {
        return place(essential(errors).get(0));
    }

    private static List<Error> essential(List<Error> errors) {
        var essential = errors.stream()
                .filter(error -> !isChoice(error.getEvaluationPath()) && !"allOf".equals(error.getKeyword()))
                .toList();
        return essential.isEmpty() ? errors : essential;
    }

    private static boolean isChoice(String path) {
        var keywords = path.split("/", -1);
        for (int i = 0; i < keywords.length - 1; i++) {
            if (CHOICES.contains(keywords[i])) {
                return true;
            }
        }
        return false;
    }

    private static String place(Error error) {
        var place = error.getInstanceLocation();
        if (place.isEmpty()) {
            return "it";
        }
        return place.length() > LONGEST_PLACE ? place.substring(0, LONGEST_PLACE) + '…' : place;
    }

    private String why(Error error) {
        var keyword = error.getKeyword();
        if (keyword == null) {
            return "is not allowed";
        }
        var asked = asked(error, keyword);
        if (keyword.equals("type") && !asked.isEmpty()) {
            return asked.size() == 1 ? "is not " + described(asked.get(0)) : "is none of " + String.join(", ", asked);
        }
        if (keyword.equals("required")) {
            var missing = missing(error, asked);
            if (!missing.isEmpty()) {
                return "lacks '" + String.join("', '", missing) + '\'';
            }
        }
        return "does not match '" + keyword + '\'';
    }

    /** What the schema says there: a word, or several. */
    private List<String> asked(Error error, String keyword) {
        var location = error.getSchemaLocation();
        var place = JsonPointer.find(schema, location.substring(location.indexOf('#') + 1));
        var said = JsonTree.object(place.orElse(null)).get(keyword);
        if (said instanceof JsonArray several) {
            return several.asList().stream().map(JsonTree::text).toList();
        }
        var one = JsonTree.text(said);
        return one.isEmpty() ? List.of() : List.of(one);
    }

    private List<String> missing(Error error, List<String> required) {
        var there = JsonTree.object(
                JsonPointer.find(value, error.getInstanceLocation()).orElse(null));
        return required.stream().filter(name -> !there.has(name)).limit(MOST).toList();
    }

    private static String described(String type) {
        return switch (type) {
            case "null" -> "null";
            case "array", "object", "integer" -> "an " + type;
            default -> "a " + type;
        };
    }
}
