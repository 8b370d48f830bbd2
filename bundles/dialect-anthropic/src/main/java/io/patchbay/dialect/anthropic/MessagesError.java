package io.patchbay.dialect.anthropic;

import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A failure in <a href="https://platform.claude.com/docs/en/api/errors">Anthropic's shape</a>, with its words and
 * statuses.
 *
 * @param requestId of the HTTP request
 */
record MessagesError(Failure failure, String requestId) {
    private static final int OVERLOADED = 529;

    int status() {
        int status = new ErrorAnswer(failure).status();
        return status == 503 ? OVERLOADED : status;
    }

    void sendTo(HttpResponse response) {
        sendTo(response, Headers.builder());
    }

    void sendTo(HttpResponse response, Headers.Builder headers) {
        headers.addAll(new ErrorAnswer(failure).headers()).add("request-id", requestId);
        response.send(status(), headers.build(), toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        var error = new JsonObject();
        error.addProperty("type", type());
        error.addProperty("message", failure.message());
        var body = new JsonObject();
        body.addProperty("type", "error");
        body.add("error", error);
        body.addProperty("request_id", requestId);
        return body.toString();
    }

    private String type() {
        return switch (status()) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case OVERLOADED -> "overloaded_error";
            default -> status() < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
