package io.patchbay.api.embeddings;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** The two forms of a vector: numbers, and base64 of little-endian 32-bit floating point numbers. */
final class Vectors {
    private Vectors() {}

    /** As base64, in quotes. */
    static String packed(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
    }

    /** As a JSON array: the shortest decimals that are read as the same 32-bit numbers. */
    static String plain(float[] vector) {
        var text = new StringBuilder(vector.length * 13 + 2).append('[');
        for (int i = 0; i < vector.length; i++) {
            text.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return text.append(']').toString();
    }

    /** Reads base64. */
    static float[] unpack(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw malformed("A vector of the provider's answer is not valid base64.");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw malformed("A vector of the provider's answer does not hold 32-bit numbers.");
        }
        var vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return finite(vector);
    }

    /** Reads numbers. */
    static float[] floats(JsonArray numbers) {
        var vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(numbers.get(i) instanceof JsonPrimitive number) || !number.isNumber()) {
                throw malformed("A vector of the provider's answer is not made of numbers.");
            }
            vector[i] = number.getAsFloat();
        }
        return finite(vector);
    }

    /** JSON has no other numbers. */
    private static float[] finite(float[] vector) {
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw malformed("A vector of the provider's answer has a number that is not finite.");
            }
        }
        return vector;
    }

    static FailureException malformed(String message) {
        return Failure.of(FailureKind.MALFORMED_ANSWER, message).toException();
    }
}
