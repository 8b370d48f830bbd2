package io.patchbay.compatibility;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads JSON trees and tells where two of them differ. */
final class Json {
    private static final int SHOWN = 120;
    private static final int MOST_DIFFERENCES = 8;

    private Json() {}

    static List<String> texts(@Nullable JsonElement value) {
        return JsonTree.array(value).asList().stream().map(JsonTree::text).toList();
    }

    /** A list of texts. */
    static JsonArray texts(List<String> texts) {
        var list = new JsonArray();
        texts.forEach(list::add);
        return list;
    }

    static Optional<Long> number(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isNumber()
                ? Optional.of(primitive.getAsLong())
                : Optional.empty();
    }

    /** Parses, or wraps what is no JSON as a text. */
    static JsonElement lenient(String text) {
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException notJson) {
            return new JsonPrimitive(text);
        }
    }

    /** Where the two differ, as {@code path: expected …, but was …}; numbers count by value, members in any order. */
    static List<String> differences(JsonElement expected, JsonElement actual) {
        var found = new ArrayList<String>();
        compare("", expected, actual, found);
        return found.size() <= MOST_DIFFERENCES ? found : found.subList(0, MOST_DIFFERENCES);
    }

    private static void compare(
            String path, @Nullable JsonElement expected, @Nullable JsonElement actual, List<String> found) {
        if (expected instanceof JsonObject one && actual instanceof JsonObject other) {
            var names = new TreeSet<>(one.keySet());
            names.addAll(other.keySet());
            names.forEach(
                    name -> compare(path.isEmpty() ? name : path + '.' + name, one.get(name), other.get(name), found));
        } else if (expected instanceof JsonArray one
                && actual instanceof JsonArray other
                && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                compare(path + '[' + i + ']', one.get(i), other.get(i), found);
            }
        } else if (!same(expected, actual)) {
            found.add((path.isEmpty() ? "all" : path) + ": expected " + shown(expected) + ", but was " + shown(actual));
        }
    }

    private static boolean same(@Nullable JsonElement one, @Nullable JsonElement other) {
        if (one == null || other == null) {
            return one == other;
        }
        if (isNumber(one) && isNumber(other)) {
            return new BigDecimal(one.getAsString()).compareTo(new BigDecimal(other.getAsString())) == 0;
        }
        return one.equals(other);
    }

    private static boolean isNumber(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isNumber();
    }

    private static String shown(@Nullable JsonElement value) {
        var text = value == null ? "nothing" : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
