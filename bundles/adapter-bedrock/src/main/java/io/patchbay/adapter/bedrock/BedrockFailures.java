package io.patchbay.adapter.bedrock;

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

import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says what Bedrock's errors mean: by their type, else by the status; where a type means several things, by the text. */
final class BedrockFailures {
    private static final Pattern TOO_LONG =
            Pattern.compile("(?:input|prompt)(?: is)? too long|too many (?:input )?tokens"
                    + "|too many total text bytes|context (?:length|limit|window)|maximum context"
                    + "|exceeds? the (?:maximum|model).{0,40}tokens|max(?:imum)? (?:number of )?(?:input )?tokens? .{0,20}exceed"
                    + "|expected maxlength");

    private static final Pattern FILTERED =
            Pattern.compile("content filter|content policy|blocked by|acceptable use|responsible ai");

    private static final Pattern NO_SUCH_MODEL = Pattern.compile("model identifier is invalid"
            + "|on-demand throughput isn.t supported|access to the model|end of its life|marked .{0,40}as legacy"
            + "|model.{0,80}(?:not found|does not exist|could not be found|is not supported in this region)");

    private BedrockFailures() {}

    /** An answer with a status that says that something is wrong. */
    static Failure ofAnswer(int status, Headers headers, byte[] body) {
        var error = Said.of(body);
        var type = headers.first("x-amzn-errortype").map(BedrockFailures::plain).orElse(error.type());
        return failure(type, ProviderError.answered(status, headers, type, error.message()));
    }

    /** An exception in the middle of a stream. */
    static Failure inside(String type, byte[] body) {
        var message = Said.of(body).message();
        return failure(plain(type), ProviderError.inside(plain(type), message));
    }

    static Failure malformed(String message) {
        return Failure.of(MALFORMED_ANSWER, message);
    }

    /** The model itself brought forth what is no answer. */
    static Failure malformedOutput(String stopReason) {
        return Failure.builder(UPSTREAM_ERROR, "The model's answer could not be read. Try again.")
                .providerCode(stopReason)
                .build();
    }

    /** Behind a colon stands an address, before a hash sign a name space. */
    private static String plain(String type) {
        return type.substring(type.indexOf('#') + 1).replaceFirst(":.*", "").strip();
    }

    private static Failure failure(String type, ProviderError error) {
        return error.toFailure(kind(type, error)).build();
    }

    private static FailureKind kind(String type, ProviderError error) {
        var words = error.message().toLowerCase(Locale.ROOT);
        return switch (type.toLowerCase(Locale.ROOT).replaceFirst("exception$", "")) {
            case "validation" -> kindOfRefusal(words);
            // A day's tokens don't come back within minutes.
            case "throttling", "servicequotaexceeded", "toomanyrequests" ->
                words.contains("per day") ? UPSTREAM_QUOTA : RATE_LIMITED;
            case "modelnotready", "serviceunavailable" -> OVERLOADED;
            case "modeltimeout" -> TIMEOUT;
            case "modelerror", "modelstreamerror", "internalserver", "internalfailure" -> UPSTREAM_ERROR;
            case "resourcenotfound" -> UPSTREAM_MODEL_GONE;
            case "accessdenied" -> kindOfDenial(words);
            case "unrecognizedclient",
                    "expiredtoken",
                    "invalidsignature",
                    "incompletesignature",
                    "missingauthenticationtoken" -> UPSTREAM_AUTH;
            default -> error.kindByStatus() == INVALID_REQUEST ? kindOfRefusal(words) : error.kindByStatus();
        };
    }

    private static FailureKind kindOfDenial(String words) {
        if (words.contains("payment_instrument") || words.contains("payment instrument")) {
            return UPSTREAM_QUOTA;
        }
        return NO_SUCH_MODEL.matcher(words).find() ? UPSTREAM_MODEL_GONE : UPSTREAM_AUTH;
    }

    private static FailureKind kindOfRefusal(String words) {
        if (TOO_LONG.matcher(words).find()) {
            return CONTEXT_TOO_LONG;
        }
        if (FILTERED.matcher(words).find()) {
            return CONTENT_FILTERED;
        }
        return NO_SUCH_MODEL.matcher(words).find() ? UPSTREAM_MODEL_GONE : INVALID_REQUEST;
    }

    /** What an error body says; empty texts where it says nothing, or was not written by Bedrock. */
    private record Said(String type, String message) {
        static Said of(byte[] body) {
            try {
                var json = JsonView.parse(body);
                var type = json.string("__type")
                        .or(() -> json.object("Output").flatMap(output -> output.string("__type")))
                        .orElse("");
                // What stands before Bedrock writes a capital letter.
                var message =
                        json.string("message").or(() -> json.string("Message")).orElse("");
                return new Said(plain(type), message);
            } catch (MalformedJson e) {
                return new Said("", "");
            }
        }
    }
}
