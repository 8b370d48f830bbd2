package io.patchbay.catalogtool;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Short ways to what a list of models may hold or not. */
final class Json {
    private Json() {}

    static Optional<String> text(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value
                        && value.isString()
                        && !value.getAsString().isBlank()
                ? Optional.of(value.getAsString().strip())
                : Optional.empty();
    }

    static Optional<BigDecimal> number(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value && value.isNumber()
                ? Optional.of(value.getAsBigDecimal())
                : Optional.empty();
    }

    /** Whether it is there and false. */
    static boolean denies(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value && value.isBoolean() && !value.getAsBoolean();
    }

    /** Whether it is there and true. */
    static boolean affirms(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
    }

    static JsonObject object(JsonObject object, String key) {
        return object.get(key) instanceof JsonObject found ? found : new JsonObject();
    }

    static List<String> texts(JsonObject object, String key) {
        return object.get(key) instanceof JsonArray array
                ? StreamSupport.stream(array.spliterator(), false)
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of();
    }

    static JsonArray array(Iterable<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
