package io.patchbay.catalog;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the values of the catalogue's files, type by type. One that is wrong is a {@link BadSetting}. */
final class CatalogueFields {
    private static final Pattern COUNT = Pattern.compile("\\d{1,15}");

    private CatalogueFields() {}

    static Optional<String> text(JsonObject object, String key) {
        var element = object.get(key);
        return element == null ? Optional.empty() : Optional.of(text(key, element));
    }

    static String text(String key, JsonElement element) {
        if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            var text = element.getAsString();
            if (!text.isBlank() && text.length() <= 256 && text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        }
        throw new BadSetting(key, "not a text (expected: a string of 1 to 256 printable characters)");
    }

    static List<String> texts(JsonObject object, String key, List<String> otherwise) {
        var element = object.get(key);
        if (element == null) {
            return otherwise;
        }
        if (!(element instanceof JsonArray array)) {
            throw new BadSetting(key, "not an array of strings");
        }
        return array.asList().stream().map(item -> text(key, item)).toList();
    }

    static long count(JsonObject object, String key) {
        var element = object.get(key);
        if (element == null) {
            return 0;
        }
        boolean number =
                element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
        if (!number || !COUNT.matcher(element.getAsString()).matches()) {
            throw new BadSetting(key, "not a count (expected: a whole number >= 0)");
        }
        return Long.parseLong(element.getAsString());
    }
}
