package io.patchbay.adapter.anthropic;

import static io.patchbay.api.failure.FailureKind.CONTENT_FILTERED;
import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.MALFORMED_ANSWER;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_AUTH;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_MODEL_GONE;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_QUOTA;

import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Says what errors mean: by their type or the status, and where one is said for several things, the text. They are
 * Anthropic's, or at Vertex AI Google's own ({@code google.rpc.Status}), whose word for the status stands in the place of
 * the type.
 */
final class AnthropicFailures {
    private static final Pattern QUOTA =
            Pattern.compile("credit balance|spend_limit|spend limit|api usage limits|requires billing");

    /** An account that is locked is said to be a bad request. */
    private static final Pattern LOCKED = Pattern.compile("organization has been disabled");

    private static final Pattern TOO_LONG =
            Pattern.compile("prompt is too long|exceeds? (?:the )?context (?:limit|window)"
                    + "|too many total text bytes|maximum context|input is too long");

    private static final Pattern FILTERED =
            Pattern.compile("content filtering policy|content policy|usage policy|blocked by");

    private AnthropicFailures() {}

    /** An answer with a status that says that something is wrong. */
    static Failure ofAnswer(int status, Headers headers, byte[] body) {
        var said = Said.of(body);
        return failure(ProviderError.answered(status, headers, said.shownCode(), said.message()), status);
    }

    /** Whether this stands in the place of an answer. */
    static boolean isError(JsonView json) {
        return json.string("type").filter("error"::equals).isPresent()
                || json.kind("error").filter(kind -> kind != JsonKind.NULL).isPresent();
    }

    /** An error in the place of an answer, after a status that promised one. */
    static Failure inside(JsonView json) {
        var said = Said.of(json);
        return failure(ProviderError.inside(said.shownCode(), said.message()), said.status());
    }

    static Failure malformed(String message) {
        return Failure.of(MALFORMED_ANSWER, message);
    }

    private static Failure failure(ProviderError error, int status) {
        return error.toFailure(kind(status, error)).build();
    }

    private static FailureKind kind(int status, ProviderError error) {
        var words = error.words();
        boolean refused = status >= 400 && status < 500;
        if (status == 402 || refused && QUOTA.matcher(words).find()) {
            return UPSTREAM_QUOTA;
        }
        if (status == 400 && LOCKED.matcher(words).find()) {
            return UPSTREAM_AUTH;
        }
        if (status == 400 && TOO_LONG.matcher(words).find()) {
            return CONTEXT_TOO_LONG;
        }
        if (status == 400 && FILTERED.matcher(words).find()) {
            return CONTENT_FILTERED;
        }
        // Google's of a model that the project may not use, or that is elsewhere: nothing the client could mend.
        if (status == 400 && words.contains("failed_precondition")) {
            return UPSTREAM_MODEL_GONE;
        }
        return ProviderError.kindOf(status);
    }

    /** The status that an error of this type has where it comes alone. */
    private static int statusOf(String type) {
        return switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }

    /**
     * What an error body says; empty texts where it says nothing, or was written by nobody that is known.
     *
     * @param status that it has, or would have if it came alone
     */
    private record Said(String type, String code, String message, int status) {
        String shownCode() {
            return code.isEmpty() ? type : code;
        }

        /** Google puts the error into an array where a stream was asked for. */
        static Said of(byte[] body) {
            try {
                var text = new String(body, StandardCharsets.UTF_8).strip();
                boolean isArray = text.startsWith("[") && text.endsWith("]");
                return of(JsonView.parse(isArray ? text.substring(1, text.length() - 1) : text));
            } catch (MalformedJson e) {
                return new Said("", "", "", 500);
            }
        }

        static Said of(JsonView json) {
            var error = json.object("error").orElse(json);
            var type = error.string("type").or(() -> error.string("status")).orElse("");
            long status = error.integer("code").orElse(0);
            return new Said(
                    type,
                    error.object("details")
                            .flatMap(details -> details.string("error_code"))
                            .or(() -> error.string("code"))
                            .orElse(""),
                    error.string("message")
                            .or(() -> json.string("error"))
                            .or(() -> json.string("message"))
                            .orElse(""),
                    status >= 400 && status < 600 ? (int) status : statusOf(type));
        }
    }
}
