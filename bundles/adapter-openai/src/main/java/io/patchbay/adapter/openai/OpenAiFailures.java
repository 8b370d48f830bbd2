package io.patchbay.adapter.openai;

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

import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.adapter.Redaction;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says what providers' errors mean. What the body says counts first, as far as it is unmistakable; then the status. */
final class OpenAiFailures {
    private static final Pattern QUOTA = Pattern.compile("insufficient_quota|exceeded your current quota|billing_|"
            + "insufficient[_ ](?:balance|credits?|funds)|payment[_ ]required|spend_limit|out of credits|"
            + "daily free allocation");

    private static final Pattern TOO_LONG = Pattern.compile("context_length_exceeded|context[ _](?:length|window)|"
            + "maximum context|(?:prompt|input|request|messages)(?: is)? too (?:long|large)|"
            + "too[ _]many[ _](?:(?:input|prompt)[ _])?tokens|"
            + "reduce the length|exceeds the (?:maximum|model).{0,40}tokens|string_above_max_length");

    /** Cloudflare, of a wish that its models do not fulfil; otherwise its 403 is about the key. */
    private static final Pattern UNABLE = Pattern.compile("mode is not supported|not supported with stream");

    private static final Pattern FILTERED = Pattern.compile(
            "content_filter|content_policy|content management policy|moderation|flagged|safety system|responsibleai");

    private static final Pattern NO_SUCH_MODEL =
            Pattern.compile("model_not_found|model_not_available|deploymentnotfound|model_decommissioned|"
                    + "(?:model|deployment).{0,120}(?:does not exist|not found|decommissioned|no longer available)");

    private static final Pattern BAD_KEY = Pattern.compile(
            "invalid_api_key|incorrect api key|invalid api key|api key not valid|authentication_error|unauthorized");

    private static final Pattern RATE = Pattern.compile("rate_limit|rate limit|too many requests|too_many_requests");

    private static final Pattern BUSY =
            Pattern.compile("overloaded|capacity_exceeded|over capacity|service_unavailable|temporarily unavailable");

    private OpenAiFailures() {}

    /** An answer with a status that says that something is wrong. */
    static Failure ofAnswer(int status, Headers headers, byte[] body) {
        var said = ErrorBody.of(body);
        return failure(said, ProviderError.answered(status, headers, said.shownCode(), said.message()), status);
    }

    /** An error in the place of an answer, after a status that promised one. */
    static Failure inside(JsonView json) {
        return inside(json.toBytes());
    }

    /** An error in the place of an answer, after a status that promised one. */
    static Failure inside(byte[] body) {
        var said = ErrorBody.of(body);
        return failure(said, ProviderError.inside(said.shownCode(), said.message()), statusIn(said));
    }

    private static Failure failure(ErrorBody said, ProviderError error, int status) {
        var kind = kind(status, said);
        var failure = error.toFailure(kind);
        var field = Redaction.clean(said.param());
        if (kind == INVALID_REQUEST && !field.isEmpty()) {
            failure.field(field);
        }
        return failure.build();
    }

    private static FailureKind kind(int status, ErrorBody error) {
        var words = (error.type() + ' ' + error.code() + ' ' + error.message()).toLowerCase(Locale.ROOT);
        boolean refused = status == 0 || status >= 400 && status < 500;
        // Google says of the limits of a minute, too, that a quota is exceeded, but then when to come back.
        boolean isQuota = refused && QUOTA.matcher(words).find() && !words.contains("please retry in");
        if (status == 402 || isQuota) {
            return UPSTREAM_QUOTA;
        }
        // Groq, of a request that takes more tokens than the account has in a minute: another account may have them.
        if (status == 413 && RATE.matcher(words).find()) {
            return RATE_LIMITED;
        }
        if (status == 403 && UNABLE.matcher(words).find()) {
            return INVALID_REQUEST;
        }
        boolean aboutTheRequest = status == 0 || status == 400 || status == 413 || status == 422;
        if (status == 413 || aboutTheRequest && TOO_LONG.matcher(words).find()) {
            return CONTEXT_TOO_LONG;
        }
        if ((aboutTheRequest || status == 403) && FILTERED.matcher(words).find()) {
            return CONTENT_FILTERED;
        }
        if (aboutTheRequest && NO_SUCH_MODEL.matcher(words).find()) {
            return UPSTREAM_MODEL_GONE;
        }
        if (aboutTheRequest && BAD_KEY.matcher(words).find()) {
            return UPSTREAM_AUTH;
        }
        if (aboutTheRequest && RATE.matcher(words).find()) {
            return RATE_LIMITED;
        }
        if ((aboutTheRequest || status >= 500) && BUSY.matcher(words).find()) {
            return OVERLOADED;
        }
        return status == 0 ? kindOf(words) : kindOf(status);
    }

    private static FailureKind kindOf(int status) {
        // 498: Groq has no room for flexible work.
        return status == 498 ? OVERLOADED : ProviderError.kindOf(status);
    }

    private static FailureKind kindOf(String words) {
        if (words.contains("invalid_request") || words.contains("tool_use_failed")) {
            return INVALID_REQUEST;
        }
        return words.contains("timeout") || words.contains("timed out") ? TIMEOUT : UPSTREAM_ERROR;
    }

    private static int statusIn(ErrorBody error) {
        var code = error.code();
        return code.length() == 3
                        && (code.charAt(0) == '4' || code.charAt(0) == '5')
                        && code.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(code)
                : 0;
    }
}
