package io.patchbay.api.http;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;

/** Reads bodies of requests. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * Reads a JSON object.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if it is none
     */
    public static JsonView parse(byte[] body) {
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
