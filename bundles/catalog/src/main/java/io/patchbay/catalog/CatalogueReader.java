package io.patchbay.catalog;

import static io.patchbay.catalog.CatalogueFields.count;
import static io.patchbay.catalog.CatalogueFields.text;
import static io.patchbay.catalog.CatalogueFields.texts;

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
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]{1,32}");
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
        var asOf = day(text(file, "as_of").orElse(""), problems);
        if (!(file.get("models") instanceof JsonArray entries)) {
            throw new BadSetting("models", "missing (expected: an array)");
        }
        var models = new ArrayList<CatalogueModel>();
        var taken = new HashSet<ModelId>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                var model = model(entries.get(i), asOf);
                if (!taken.add(model.id())) {
                    throw new BadSetting("id", "is there twice");
                }
                models.add(model);
            } catch (BadSetting e) {
                problems.accept(entry(i, entries.get(i)) + ": " + e.key() + ": " + e.reason());
            }
        }
        return new CatalogueFile(asOf == null ? "" : asOf.toString(), models);
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

    private static CatalogueModel model(JsonElement element, @Nullable LocalDate asOf) {
        if (!(element instanceof JsonObject entry)) {
            throw new BadSetting("model", "not an object");
        }
        var idText = text(entry, "id").orElseThrow(() -> new BadSetting("id", "missing (expected: author/name)"));
        var id =
                ModelId.tryParse(idText).orElseThrow(() -> new BadSetting("id", "not a model (expected: author/name)"));
        return new CatalogueModel(
                id,
                text(entry, "upstream").orElse(id.name()),
                text(entry, "name").orElse(idText),
                count(entry, "context_length"),
                count(entry, "max_completion_tokens"),
                CataloguePrices.read(entry, asOf),
                Set.copyOf(texts(entry, "parameters", List.of())),
                modalities(entry, "input_modalities"),
                modalities(entry, "output_modalities"),
                text(entry, "quantization")
                        .map(word -> checkWord("quantization", word))
                        .orElse(""),
                text(entry, "tokenizer").orElse(""),
                text(entry, "knowledge_cutoff").orElse(""),
                count(entry, "created"));
    }

    private static Set<String> modalities(JsonObject entry, String key) {
        var words = texts(entry, key, TEXT_ONLY);
        if (words.isEmpty()) {
            throw new BadSetting(key, "empty");
        }
        words.forEach(word -> checkWord(key, word));
        return Set.copyOf(words);
    }

    private static String checkWord(String key, String word) {
        if (!WORD.matcher(word).matches()) {
            throw new BadSetting(key, "'" + word + "' (expected: a word in lower case, such as text, image or fp8)");
        }
        return word;
    }

    /** The day the data is of; a bad one is told of, and none of the entries is lost by it. */
    private static @Nullable LocalDate day(String text, Consumer<String> problems) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException noDay) {
            problems.accept("as_of: '" + text + "' (expected: a day such as 2026-11-22)");
            return null;
        }
    }

    private static String entry(int index, JsonElement element) {
        var id = element instanceof JsonObject object && object.get("id") instanceof JsonPrimitive text
                ? ModelId.tryParse(text.getAsString())
                : Optional.<ModelId>empty();
        return "models[" + index + "]" + id.map(name -> " (" + name + ")").orElse("");
    }
}
