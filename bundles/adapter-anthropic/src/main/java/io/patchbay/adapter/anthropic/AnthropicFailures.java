package io.patchbay.adapter.anthropic;

import static io.patchbay.api.failure.FailureKind.CONTENT_FILTERED;
import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.MALFORMED_ANSWER;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_AUTH;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_QUOTA;

import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.regex.Pattern;

/** Says what Anthropic's errors mean: by their type or the status, and where one is said for several things, the text. */
final class AnthropicFailures {
    private static final Pattern QUOTA = Pattern.compile("credit balance|spend_limit|spend limit|api usage limits");

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
        return failure(ProviderError.inside(said.shownCode(), said.message()), status(said.type()));
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
        return ProviderError.kindOf(status);
    }

    /** The status that an error of this type has where it comes alone. */
    private static int status(String type) {
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

    /** What an error body says; empty texts where it says nothing, or was not written by Anthropic. */
    private record Said(String type, String code, String message) {
        String shownCode() {
            return code.isEmpty() ? type : code;
        }

        static Said of(byte[] body) {
            try {
                return of(JsonView.parse(body));
            } catch (MalformedJson e) {
                return new Said("", "", "");
            }
        }

        static Said of(JsonView json) {
            var error = json.object("error").orElse(json);
            return new Said(
                    error.string("type").orElse(""),
                    error.object("details")
                            .flatMap(details -> details.string("error_code"))
                            .or(() -> error.string("code"))
                            .orElse(""),
                    error.string("message")
                            .or(() -> json.string("error"))
                            .or(() -> json.string("message"))
                            .orElse(""));
        }
    }
}
