package io.patchbay.compatibility;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.json.JsonTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The vectors in an answer, whatever its format: lists of nothing but numbers, in order. */
final class RecordedVectors {
    private RecordedVectors() {}

    /** Those of a provider's answer; empty if it gives them in another form. */
    static List<List<Float>> in(JsonElement answer) {
        var found = new ArrayList<List<Float>>();
        collect(answer, found);
        return found;
    }

    /** The one in an entry of a canonical answer: a list of numbers, or base64 of little-endian floats. */
    static List<Float> of(JsonElement embedding) {
        if (embedding instanceof JsonArray numbers) {
            return floats(numbers);
        }
        var floats = ByteBuffer.wrap(Base64.getDecoder().decode(JsonTree.text(embedding)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        var vector = new ArrayList<Float>(floats.remaining());
        while (floats.hasRemaining()) {
            vector.add(floats.get());
        }
        return vector;
    }

    private static void collect(JsonElement element, List<List<Float>> found) {
        if (element instanceof JsonObject object) {
            object.asMap().values().forEach(value -> collect(value, found));
        } else if (element instanceof JsonArray array) {
            boolean isVector = !array.isEmpty()
                    && array.asList().stream()
                            .allMatch(value -> value instanceof JsonPrimitive number && number.isNumber());
            if (isVector) {
                found.add(floats(array));
            } else {
                array.forEach(value -> collect(value, found));
            }
        }
    }

    private static List<Float> floats(JsonArray numbers) {
        return numbers.asList().stream().map(JsonElement::getAsFloat).toList();
    }
}
