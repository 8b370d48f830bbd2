package io.patchbay.dialect.openai;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.Map;

/** Reads bodies of requests. */
final class RequestBody {
    private RequestBody() {}

    /**
     * Reads an object and checks those of its fields that there is a rule for; the others pass.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field
     */
    static JsonView checked(byte[] body, Map<String, FieldRule> rules) {
        var json = parse(body);
        for (var name : json.names()) {
            var rule = rules.get(name);
            if (rule != null) {
                rule.check(json, name);
            }
        }
        return json;
    }

    private static JsonView parse(byte[] body) {
        if (body.length == 0) {
            throw Failure.invalid("body", "The request has no body; a JSON object is expected.")
                    .toException();
        }
        try {
            return JsonView.parse(body);
        } catch (MalformedJson malformed) {
            throw Failure.invalid("body", "The request body is not valid JSON: " + malformed.getMessage() + '.')
                    .toException();
        }
    }
}
