package io.patchbay.http;

import io.patchbay.api.http.Headers;
import java.nio.charset.StandardCharsets;

/** What this bundle itself answers to requests that reach no endpoint, in the error form of OpenAI and OpenRouter. */
enum Refusal {
    MALFORMED(400, "invalid_request", "The request is not valid HTTP/1.1."),
    TUNNEL(400, "invalid_request", "This is not a proxy."),
    BAD_GZIP(400, "invalid_request", "The body is not what Content-Encoding: gzip promises."),
    NOT_FOUND(404, "not_found", "There is nothing at this path. The API is at /api/v1."),
    METHOD_NOT_ALLOWED(405, "invalid_request", "This path does not take this method. See the Allow header."),
    TOO_SLOW(408, "timeout", "The request did not arrive in time."),
    TOO_LARGE(413, "payload_too_large", "The body is larger than this gateway takes."),
    URI_TOO_LONG(414, "invalid_request", "The request target is too long."),
    UNSUPPORTED_ENCODING(415, "invalid_request", "Content-Encoding can be gzip or identity."),
    EXPECTATION_FAILED(417, "invalid_request", "The only expectation that can be met is 100-continue."),
    UPGRADE_REQUIRED(426, "invalid_request", "This gateway speaks HTTP/1.1 and HTTP/2."),
    HEADERS_TOO_LARGE(431, "invalid_request", "The header fields are too large."),
    INTERNAL(500, "server", "Internal error."),
    OVERLOADED(503, "provider_overloaded", "Too many requests at once. Try again in a moment."),
    BEING_REPLACED(503, "provider_overloaded", "This part of the gateway is being replaced. Try again in a moment.");

    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final Headers JSON_LATER = JSON.and("Retry-After", "1");

    private final int status;
    private final String body;

    Refusal(int status, String errorType, String message) {
        this.status = status;
        this.body = body(status, errorType, message);
    }

    /** The one that fits an error found by the HTTP parser. Whatever a client sends, it is the client's error. */
    static Refusal ofParser(int status) {
        return switch (status) {
            case 408 -> TOO_SLOW;
            case 413 -> TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 417 -> EXPECTATION_FAILED;
            case 426 -> UPGRADE_REQUIRED;
            case 431 -> HEADERS_TOO_LARGE;
            case 500 -> INTERNAL;
            default -> MALFORMED;
        };
    }

    int status() {
        return status;
    }

    Headers headers() {
        return status == 503 ? JSON_LATER : JSON;
    }

    byte[] body() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String body(int status, String errorType, String message) {
        var type = status < 500 ? "invalid_request_error" : "server_error";
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":" + status
                + ",\"param\":null,\"metadata\":{\"error_type\":\"" + errorType + "\"}}}";
    }
}
