package io.patchbay.api.adapter;

import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.INVALID_REQUEST;
import static io.patchbay.api.failure.FailureKind.OVERLOADED;
import static io.patchbay.api.failure.FailureKind.RATE_LIMITED;
import static io.patchbay.api.failure.FailureKind.TIMEOUT;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_AUTH;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_ERROR;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_MODEL_GONE;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import java.util.Locale;

/**
 * What a provider said of an error, as an adapter has read it. An adapter finds out which {@link FailureKind} it is;
 * this writes the {@link Failure} that goes with it: in the gateway's words where the provider's would say too much, and
 * with how long to wait. Immutable.
 */
public final class ProviderError {
    private final int status;
    private final Headers headers;
    private final String code;
    private final String message;

    private ProviderError(int status, Headers headers, String code, String message) {
        this.status = status;
        this.headers = headers;
        this.code = code;
        this.message = message;
    }

    /**
     * An answer whose status says that something is wrong.
     *
     * @param code the provider's code or type of error; may be empty
     * @param message the provider's words; may be empty, long, or hold secrets
     */
    public static ProviderError answered(int status, Headers headers, String code, String message) {
        return new ProviderError(status, headers, code, message);
    }

    /** An error in the place of an answer, or in its midst, after a status that promised one. */
    public static ProviderError inside(String code, String message) {
        return new ProviderError(0, Headers.none(), code, message);
    }

    /** The HTTP status; 0 for an error after a good status. */
    public int status() {
        return status;
    }

    /** The provider's words, as they are. */
    public String message() {
        return message;
    }

    /** Code and message in lower case, to look for words in. */
    public String words() {
        return (code + ' ' + message).toLowerCase(Locale.ROOT);
    }

    /** What the status alone says. */
    public FailureKind kindByStatus() {
        return kindOf(status);
    }

    /** What a status alone says. */
    public static FailureKind kindOf(int status) {
        return switch (status) {
            case 400, 422 -> INVALID_REQUEST;
            case 401, 403 -> UPSTREAM_AUTH;
            case 404, 410 -> UPSTREAM_MODEL_GONE;
            case 408, 504, 524 -> TIMEOUT;
            case 413 -> CONTEXT_TOO_LONG;
            case 429 -> RATE_LIMITED;
            // 529: Anthropic's "overloaded", which others have taken up.
            case 503, 529 -> OVERLOADED;
            default -> UPSTREAM_ERROR;
        };
    }

    /** The failure that this error is, if it is one of this kind. */
    public Failure.Builder toFailure(FailureKind kind) {
        var said = Redaction.clean(message);
        var failure = Failure.builder(kind, sentence(kind, said));
        // What a provider says about a bad credential helps nobody but those who try to guess it.
        if (!said.isEmpty() && kind != UPSTREAM_AUTH) {
            failure.providerMessage(said);
        }
        var shownCode = Redaction.clean(code);
        if (!shownCode.isEmpty()) {
            failure.providerCode(shownCode);
        }
        if (status != 0) {
            failure.providerStatus(status);
        }
        if (kind == RATE_LIMITED || kind == OVERLOADED || kind == TIMEOUT || kind == UPSTREAM_ERROR) {
            RetryAfter.of(headers, message).ifPresent(failure::retryAfter);
        }
        return failure;
    }

    private static String sentence(FailureKind kind, String said) {
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

    /** Tells the status only: the rest is the provider's, and not cleaned. */
    @Override
    public String toString() {
        return "ProviderError[" + status + ']';
    }
}
