package io.patchbay.adapter.ollama;

import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.INVALID_REQUEST;
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
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what Ollama's errors mean. They are a text and nothing else, and many of the client's mistakes come as a failure
 * of the server: what the text says counts, then the status.
 */
final class OllamaFailures {
    private static final Pattern TOO_LONG = Pattern.compile("context (?:length|size|window)|prompt (?:is )?too long|"
            + "exceeds? (?:the )?(?:available |max(?:imum)? )?context");

    private static final Pattern NO_SUCH_MODEL =
            Pattern.compile("model .{0,200}not found|try pulling it|does not support (?:chat|generate|completion)");

    private static final Pattern UNABLE = Pattern.compile("does not support (tools|thinking|vision|image)");

    private static final Pattern BAD_INPUT =
            Pattern.compile("image: unknown format|failed to process inputs|invalid image|illegal base64");

    /** Another model may have to leave the memory first. */
    private static final Pattern BUSY =
            Pattern.compile("server busy|maximum pending requests|requires more system memory|overloaded");

    private static final Pattern LATE = Pattern.compile("timed out|deadline exceeded");

    /** Of Ollama's cloud: what comes back after days is not worth waiting for. */
    private static final Pattern QUOTA =
            Pattern.compile("(?:weekly|monthly) usage limit|insufficient (?:balance|credits)");

    private OllamaFailures() {}

    /** An answer with a status that says that something is wrong. */
    static Failure ofAnswer(int status, Headers headers, byte[] body) {
        var said = said(body);
        var kind = kind(status, said.toLowerCase(Locale.ROOT));
        var failure = describe(kind, said).providerStatus(status);
        if (kind == RATE_LIMITED || kind == OVERLOADED || kind == TIMEOUT || kind == UPSTREAM_ERROR) {
            RetryAfter.of(headers).ifPresent(failure::retryAfter);
        }
        return failure.build();
    }

    /** An error in the place of an answer, after a status that promised one. */
    static Failure inside(JsonView json) {
        var said = said(json);
        return describe(kind(0, said.toLowerCase(Locale.ROOT)), said).build();
    }

    private static FailureKind kind(int status, String words) {
        boolean toldByText = status == 0 || status == 400 || status == 422 || status == 500;
        if (status == 402
                || ((status == 0 || status == 429) && QUOTA.matcher(words).find())) {
            return UPSTREAM_QUOTA;
        }
        if (toldByText && NO_SUCH_MODEL.matcher(words).find()) {
            return UPSTREAM_MODEL_GONE;
        }
        if (toldByText && TOO_LONG.matcher(words).find()) {
            return CONTEXT_TOO_LONG;
        }
        if (toldByText
                && (UNABLE.matcher(words).find() || BAD_INPUT.matcher(words).find())) {
            return INVALID_REQUEST;
        }
        if (toldByText && BUSY.matcher(words).find()) {
            return OVERLOADED;
        }
        if (toldByText && LATE.matcher(words).find()) {
            return TIMEOUT;
        }
        if (status == 0 && words.startsWith("unauthorized")) {
            return UPSTREAM_AUTH;
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

    private static Failure.Builder describe(FailureKind kind, String text) {
        var said = Redaction.clean(text);
        var failure = Failure.builder(kind, message(kind, said));
        // What a provider says about a bad credential helps nobody but those who try to guess it.
        if (!said.isEmpty() && kind != UPSTREAM_AUTH) {
            failure.providerMessage(said);
        }
        if (kind == INVALID_REQUEST) {
            field(text.toLowerCase(Locale.ROOT)).ifPresent(failure::field);
        }
        return failure;
    }

    private static Optional<String> field(String words) {
        var unable = UNABLE.matcher(words);
        if (!unable.find()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (unable.group(1)) {
                    case "tools" -> "tools";
                    case "thinking" -> "reasoning";
                    default -> "messages";
                });
    }

    private static String message(FailureKind kind, String said) {
        return switch (kind) {
            case INVALID_REQUEST -> said.isEmpty() ? "The provider refused the request as invalid." : said;
            case CONTEXT_TOO_LONG -> said.isEmpty() ? "The request does not fit into the model's context." : said;
            case UPSTREAM_AUTH -> "The provider refused the gateway's credential.";
            case UPSTREAM_QUOTA -> "The gateway's account at the provider is out of funds.";
            case UPSTREAM_MODEL_GONE -> "The provider does not serve this model.";
            case RATE_LIMITED -> "The provider asks to slow down.";
            case OVERLOADED -> "The provider can't take more work just now.";
            case TIMEOUT -> "The provider gave up on the request.";
            default -> "The provider failed.";
        };
    }

    /** Anything but {@code {error}} was not written by Ollama. */
    private static String said(byte[] body) {
        try {
            return said(JsonView.parse(body));
        } catch (MalformedJson e) {
            return "";
        }
    }

    private static String said(JsonView json) {
        return json.string("error")
                .or(() -> json.object("error").flatMap(error -> error.string("message")))
                .orElse("");
    }
}
