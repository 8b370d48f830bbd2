package io.patchbay.adapter.cohere;

import static io.patchbay.api.failure.FailureKind.CONTENT_FILTERED;
import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.INVALID_REQUEST;
import static io.patchbay.api.failure.FailureKind.OVERLOADED;
import static io.patchbay.api.failure.FailureKind.RATE_LIMITED;
import static io.patchbay.api.failure.FailureKind.TIMEOUT;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_AUTH;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_ERROR;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_MODEL_GONE;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_QUOTA;

import com.google.gson.JsonObject;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says what Cohere's errors mean. They have no codes: what the message says counts, then the status. */
final class CohereFailures {
    /** A trial key's calls for the month do not come back in a minute. */
    private static final Pattern QUOTA =
            Pattern.compile("calls? ?/ ?month|per month|monthly|billing limit|payment (?:method|required)|credits");

    private static final Pattern TOO_LONG =
            Pattern.compile("too many tokens|size limit exceeded|context (?:length|window)"
                    + "|maximum context|(?:prompt|input|request) (?:is )?too (?:long|large)");

    private static final Pattern NO_SUCH_MODEL =
            Pattern.compile("model.{0,120}(?:not found|was removed|deprecated|does not exist|no longer)");

    private static final Pattern BAD_KEY = Pattern.compile("invalid api (?:token|key)|incorrect api key|no api key");

    private static final Pattern FILTERED = Pattern.compile("deny-?listed|blocked|toxic|content policy");

    private static final Pattern NO_ANSWER = Pattern.compile("no valid response generated");

    private CohereFailures() {}

    /** An answer with a status that says that something is wrong. */
    static Failure ofAnswer(int status, Headers headers, byte[] body) {
        var said = message(body);
        var kind = kind(status, said.toLowerCase(Locale.ROOT));
        var failure = describe(kind, said).providerStatus(status);
        if (kind == RATE_LIMITED || kind == OVERLOADED || kind == TIMEOUT || kind == UPSTREAM_ERROR) {
            RetryAfter.of(headers).ifPresent(failure::retryAfter);
        }
        return failure.build();
    }

    /**
     * An error in the place of an answer, or at its end.
     *
     * @param reason the finish reason, or the empty string
     * @param json where it stands
     */
    static Failure inside(String reason, JsonObject json) {
        var error = Json.text(json.get("error"));
        var said = error.isEmpty() ? Json.text(json.get("message")) : error;
        var kind = reason.equals("TIMEOUT") ? TIMEOUT : kind(0, said.toLowerCase(Locale.ROOT));
        var failure = describe(kind, said);
        if (!reason.isEmpty()) {
            failure.providerCode(reason);
        }
        return failure.build();
    }

    static Failure malformed(String message) {
        return Failure.of(FailureKind.MALFORMED_ANSWER, message);
    }

    private static FailureKind kind(int status, String words) {
        boolean aboutTheRequest = status == 0 || status == 400 || status == 422;
        if (status == 402 || (status == 429 && QUOTA.matcher(words).find())) {
            return UPSTREAM_QUOTA;
        }
        if (aboutTheRequest && NO_ANSWER.matcher(words).find()) {
            return UPSTREAM_ERROR;
        }
        if (aboutTheRequest && TOO_LONG.matcher(words).find()) {
            return CONTEXT_TOO_LONG;
        }
        if (aboutTheRequest && NO_SUCH_MODEL.matcher(words).find()) {
            return UPSTREAM_MODEL_GONE;
        }
        if (aboutTheRequest && BAD_KEY.matcher(words).find()) {
            return UPSTREAM_AUTH;
        }
        if (aboutTheRequest && FILTERED.matcher(words).find()) {
            return CONTENT_FILTERED;
        }
        return switch (status) {
            case 400, 422 -> INVALID_REQUEST;
            case 401, 403 -> UPSTREAM_AUTH;
            case 404, 410 -> UPSTREAM_MODEL_GONE;
            case 408, 504, 524 -> TIMEOUT;
            case 413 -> CONTEXT_TOO_LONG;
            case 429 -> RATE_LIMITED;
            // A text that Cohere does not let pass.
            case 498 -> CONTENT_FILTERED;
            case 503, 529 -> OVERLOADED;
            // Among them 499, a request cancelled: not by us, or nobody would read this.
            default -> UPSTREAM_ERROR;
        };
    }

    private static Failure.Builder describe(FailureKind kind, String text) {
        var said = Redaction.clean(text);
        var failure = Failure.builder(kind, message(kind, said));
        // What a provider says about a bad credential helps nobody but those who try to guess it.
        if (!said.isEmpty() && kind != UPSTREAM_AUTH) {
            failure.providerMessage(said);
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

    /** Nothing but {@code {id, message}} is an error that Cohere wrote. */
    private static String message(byte[] body) {
        try {
            return JsonView.parse(body).string("message").orElse("");
        } catch (MalformedJson e) {
            return "";
        }
    }
}
