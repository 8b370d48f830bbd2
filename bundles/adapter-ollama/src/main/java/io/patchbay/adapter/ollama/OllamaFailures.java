package io.patchbay.adapter.ollama;

import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.INVALID_REQUEST;
import static io.patchbay.api.failure.FailureKind.OVERLOADED;
import static io.patchbay.api.failure.FailureKind.TIMEOUT;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_AUTH;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_MODEL_GONE;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_QUOTA;

import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
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
        return failure(ProviderError.answered(status, headers, "", said(body)));
    }

    /** An error in the place of an answer, after a status that promised one. */
    static Failure inside(JsonView json) {
        return failure(ProviderError.inside("", said(json)));
    }

    private static Failure failure(ProviderError error) {
        var kind = kind(error);
        var failure = error.toFailure(kind);
        if (kind == INVALID_REQUEST) {
            field(error.words()).ifPresent(failure::field);
        }
        return failure.build();
    }

    private static FailureKind kind(ProviderError error) {
        int status = error.status();
        var words = error.words().strip();
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
        return error.kindByStatus();
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
