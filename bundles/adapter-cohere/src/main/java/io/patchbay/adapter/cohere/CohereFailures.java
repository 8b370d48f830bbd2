package io.patchbay.adapter.cohere;

import static io.patchbay.api.failure.FailureKind.CONTENT_FILTERED;
import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.TIMEOUT;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_AUTH;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_ERROR;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_MODEL_GONE;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_QUOTA;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
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
        var error = ProviderError.answered(status, headers, "", message(body));
        return error.toFailure(kind(error)).build();
    }

    /**
     * An error in the place of an answer, or at its end.
     *
     * @param reason the finish reason, or the empty string
     * @param json where it stands
     */
    static Failure inside(String reason, JsonObject json) {
        var error = JsonTree.text(json.get("error"));
        var said = error.isEmpty() ? JsonTree.text(json.get("message")) : error;
        var read = ProviderError.inside(reason, said);
        return read.toFailure(reason.equals("TIMEOUT") ? TIMEOUT : kind(read)).build();
    }

    static Failure malformed(String message) {
        return Failure.of(FailureKind.MALFORMED_ANSWER, message);
    }

    private static FailureKind kind(ProviderError error) {
        int status = error.status();
        var words = error.words();
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
        // 498: a text that Cohere does not let pass.
        return status == 498 ? CONTENT_FILTERED : error.kindByStatus();
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
