package io.patchbay.plugin.schema;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.harrel.jsonschema.Validator;
import java.net.URI;
import java.util.List;

/** A schema of a client's, ready to hold answers against it. For one thread at a time. */
final class JsonSchema {
    private final JsonObject schema;
    private final Validator validator;
    private final URI uri;
    private final Budget budget;

    JsonSchema(JsonObject schema, Validator validator, URI uri, Budget budget) {
        this.schema = schema;
        this.validator = validator;
        this.uri = uri;
        this.budget = budget;
    }

    /**
     * What is wrong with a value, the first of it; empty if nothing is.
     *
     * @throws Budget.Exhausted if that can't be said in time
     */
    List<String> mismatches(JsonElement value) {
        budget.begin();
        try {
            var result = validator.validate(uri, value);
            return result.isValid() ? List.of() : Mismatches.of(result.getErrors(), schema, value);
        } catch (NumberFormatException beyondMeasure) {
            return List.of("a number in it is beyond all measure");
        }
    }
}
