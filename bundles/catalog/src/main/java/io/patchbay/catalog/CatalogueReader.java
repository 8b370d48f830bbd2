package io.patchbay.catalog;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a catalogue file. A bad entry is named and left out, the others count. Keys that nobody knows are passed over:
 * the data may be newer than the program.
 */
final class CatalogueReader {
    private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
    private static final List<String> TEXT_ONLY = List.of("text");

    private CatalogueReader() {}

    /**
     * Reads the file.
     *
     * @param provider whose file it is, by its name
     * @param problems is told of every entry that is left out: which one, the key and the reason
     * @throws BadSetting if nothing of it can be used
     */
    static CatalogueFile read(String provider, String json, Consumer<String> problems) {
        var file = object(json);
        if (!text(file, "provider").orElse(provider).equals(provider)) {
            throw new BadSetting("provider", "not the name of its file (expected: '" + provider + "')");
        }
        var asOf = text(file, "as_of").orElse("");
        if (!(file.get("models") instanceof JsonArray entries)) {
            throw new BadSetting("models", "missing (expected: an array)");
        }
        var models = new ArrayList<CatalogueModel>();
        var taken = new HashSet<ModelId>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                var model = model(entries.get(i));
                if (!taken.add(model.id())) {
                    throw new BadSetting("id", "is there twice");
                }
                models.add(model);
            } catch (BadSetting e) {
                problems.accept(entry(i, entries.get(i)) + ": " + e.key() + ": " + e.reason());
            }
        }
        return new CatalogueFile(asOf, models);
    }

    private static JsonObject object(String json) {
        try (var reader = new JsonReader(new StringReader(json))) {
            reader.setStrictness(Strictness.STRICT);
            var element = JsonParser.parseReader(reader);
            if (reader.peek() == JsonToken.END_DOCUMENT && element instanceof JsonObject object) {
                return object;
            }
        } catch (IOException | JsonParseException notJson) {
            // Said below, in the same words as for all that is no such object.
        }
        throw new BadSetting("file", "not a JSON object");
    }

    private static CatalogueModel model(JsonElement element) {
        if (!(element instanceof JsonObject entry)) {
            throw new BadSetting("model", "not an object");
        }
        var idText = text(entry, "id").orElseThrow(() -> new BadSetting("id", "missing (expected: author/name)"));
        var id =
                ModelId.tryParse(idText).orElseThrow(() -> new BadSetting("id", "not a model (expected: author/name)"));
        boolean takesText = texts(entry, "input_modalities", TEXT_ONLY).contains("text");
        boolean givesText = texts(entry, "output_modalities", TEXT_ONLY).contains("text");
        return new CatalogueModel(
                id,
                text(entry, "upstream").orElse(id.name()),
                text(entry, "name").orElse(idText),
                count(entry, "context_length"),
                count(entry, "max_completion_tokens"),
                price(entry),
                Set.copyOf(texts(entry, "parameters", List.of())),
                takesText && givesText,
                count(entry, "created"));
    }

    private static @Nullable Price price(JsonObject entry) {
        var element = entry.get("price");
        if (element == null) {
            return null;
        }
        if (!(element instanceof JsonObject price)) {
            throw new BadSetting("price", "not an object");
        }
        var amounts = new HashMap<String, BigDecimal>();
        for (var amount : price.entrySet()) {
            var key = "price." + amount.getKey();
            amounts.put(amount.getKey(), Settings.amount(key, text(key, amount.getValue())));
        }
        var prompt = amounts.get("prompt");
        var completion = amounts.get("completion");
        if (prompt == null || completion == null) {
            throw new BadSetting("price." + (prompt == null ? "prompt" : "completion"), "missing");
        }
        return Price.perMillionTokens(prompt, completion);
    }

    private static Optional<String> text(JsonObject object, String key) {
        var element = object.get(key);
        if (element == null) {
            return Optional.empty();
        }
        return Optional.of(text(key, element));
    }

    private static String text(String key, JsonElement element) {
        if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            var text = element.getAsString();
            if (!text.isBlank() && text.length() <= 256 && text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        }
        throw new BadSetting(key, "not a text (expected: a string of 1 to 256 printable characters)");
    }

    private static List<String> texts(JsonObject object, String key, List<String> otherwise) {
        var element = object.get(key);
        if (element == null) {
            return otherwise;
        }
        if (!(element instanceof JsonArray array)) {
            throw new BadSetting(key, "not an array of strings");
        }
        return array.asList().stream().map(item -> text(key, item)).toList();
    }

    private static long count(JsonObject object, String key) {
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

    private static String entry(int index, JsonElement element) {
        var id = element instanceof JsonObject object && object.get("id") instanceof JsonPrimitive text
                ? ModelId.tryParse(text.getAsString())
                : Optional.<ModelId>empty();
        return "models[" + index + "]" + id.map(name -> " (" + name + ")").orElse("");
    }
}
