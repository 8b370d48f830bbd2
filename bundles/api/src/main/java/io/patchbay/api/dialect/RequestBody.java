package io.patchbay.api.dialect;

import io.patchbay.api.http.JsonBody;
import io.patchbay.api.json.JsonView;
import java.util.Map;

/** Reads bodies of requests. */
public final class RequestBody {
    private RequestBody() {}

    /**
     * Reads an object and checks those of its fields that there is a rule for; the others pass.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field
     */
    public static JsonView checked(byte[] body, Map<String, FieldRule> rules) {
        var json = JsonBody.parse(body);
        for (var name : json.names()) {
            var rule = rules.get(name);
            if (rule != null) {
                rule.check(json, name);
            }
        }
        return json;
    }

    /**
     * Checks that a request names a model, in {@code model} or {@code models}.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field
     */
    public static void requireModel(JsonView json) {
        boolean isNamed = json.string("model").filter(name -> !name.isBlank()).isPresent()
                || !json.elementKinds("models").isEmpty();
        if (!isNamed) {
            throw FieldRule.wrong("model", "is missing: name a model as author/name, see GET /api/v1/models");
        }
    }
}
