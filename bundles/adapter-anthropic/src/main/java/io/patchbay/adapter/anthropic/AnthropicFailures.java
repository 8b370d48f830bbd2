package io.patchbay.adapter.anthropic;

import static io.patchbay.api.failure.FailureKind.CONTENT_FILTERED;
import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.INVALID_REQUEST;
import static io.patchbay.api.failure.FailureKind.MALFORMED_ANSWER;
import static io.patchbay.api.failure.FailureKind.OVERLOADED;
import static io.patchbay.api.failure.FailureKind.RATE_LIMITED;
import static io.patchbay.api.failure.FailureKind.TIMEOUT;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_AUTH;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_ERROR;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_MODEL_GONE;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_QUOTA;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says what Anthropic's errors mean: by their type or the status, and where one is said for several things, the text. */
final class AnthropicFailures {
    private static final Pattern QUOTA = Pattern.compile("credit balance|spend_limit|spend limit|api usage limits");

    private static final Pattern TOO_LONG =
            Pattern.compile("prompt is too long|exceeds? (?:the )?context (?:limit|window)"
                    + "|too many total text bytes|maximum context|input is too long");

    private static final Pattern FILTERED =
            Pattern.compile("content filtering policy|content policy|usage policy|blocked by");

    private AnthropicFailures() {}

    /** An answer with a status that says that something is wrong. */
    static Failure ofAnswer(int status, Headers headers, byte[] body) {
        var error = Said.of(body);
        var kind = kind(status, error);
        var failure = describe(kind, error).providerStatus(status);
        if (kind == RATE_LIMITED || kind == OVERLOADED || kind == TIMEOUT || kind == UPSTREAM_ERROR) {
            RetryAfter.of(headers).ifPresent(failure::retryAfter);
        }
        return failure.build();
    }

    /** Whether this stands in the place of an answer. */
    static boolean isError(JsonView json) {
        return json.string("type").filter("error"::equals).isPresent()
                || json.kind("error").filter(kind -> kind != JsonKind.NULL).isPresent();
    }

    /** An error in the place of an answer, after a status that promised one. */
    static Failure inside(JsonView json) {
        var error = Said.of(json);
        return describe(kind(status(error.type()), error), error).build();
    }

    static Failure malformed(String message) {
        return Failure.of(MALFORMED_ANSWER, message);
    }

    private static FailureKind kind(int status, Said error) {
        var words = (error.code() + ' ' + error.message()).toLowerCase(Locale.ROOT);
        boolean refused = status >= 400 && status < 500;
        if (status == 402 || refused && QUOTA.matcher(words).find()) {
            return UPSTREAM_QUOTA;
        }
        if (status == 400 && TOO_LONG.matcher(words).find()) {
            return CONTEXT_TOO_LONG;
        }
        if (status == 400 && FILTERED.matcher(words).find()) {
            return CONTENT_FILTERED;
        }
        return switch (status) {
            case 400, 422 -> INVALID_REQUEST;
            case 401, 403 -> UPSTREAM_AUTH;
            case 404, 410 -> UPSTREAM_MODEL_GONE;
            case 408, 504, 524 -> TIMEOUT;
            case 413 -> CONTEXT_TOO_LONG;
            case 429 -> RATE_LIMITED;
            case 503, 529 -> OVERLOADED;
            default -> UPSTREAM_ERROR;
        };
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

    private static Failure.Builder describe(FailureKind kind, Said error) {
        var said = Redaction.clean(error.message());
        var failure = Failure.builder(kind, message(kind, said));
        // What a provider says about a bad credential helps nobody but those who try to guess it.
        if (!said.isEmpty() && kind != UPSTREAM_AUTH) {
            failure.providerMessage(said);
        }
        var code = Redaction.clean(error.code().isEmpty() ? error.type() : error.code());
        if (!code.isEmpty()) {
            failure.providerCode(code);
        }
        return failure;
    }

    private static String message(FailureKind kind, String said) {
        return switch (kind) {
            case INVALID_REQUEST -> said.isEmpty() ? "The provider refused the request as invalid." : said;
            case CONTEXT_TOO_LONG -> said.isEmpty() ? "The request does not fit into the model's context." : said;
            case CONTENT_FILTERED -> said.isEmpty() ? "The provider's content rules refused the request." : said;
            case UPSTREAM_AUTH -> "The provider refused the gateway's credential.";
            case UPSTREAM_QUOTA -> "The gateway's account at the provider is out of funds.";
            case UPSTREAM_MODEL_GONE -> "The provider does not serve this model.";
            case RATE_LIMITED -> "The provider asks to slow down.";
            case OVERLOADED -> "The provider can't take more work just now.";
            case TIMEOUT -> "The provider gave up on the request.";
            default -> "The provider failed.";
        };
    }

    /** What an error body says; empty texts where it says nothing, or was not written by Anthropic. */
    private record Said(String type, String code, String message) {
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
