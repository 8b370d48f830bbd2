package io.patchbay.plugin.schema;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;

/** Reads text that is to be JSON and nothing else. */
final class StrictJson {
    private static final int DEEPEST = 100;

    private StrictJson() {}

    /** The value; empty if the text is not one, or one that is nested too deep. */
    static Optional<JsonElement> read(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(DEEPEST);
        try {
            var value = JsonParser.parseReader(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? Optional.of(value) : Optional.empty();
        } catch (JsonParseException | IOException none) {
            return Optional.empty();
        }
    }
}
