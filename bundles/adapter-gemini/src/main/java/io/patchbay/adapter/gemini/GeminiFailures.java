package io.patchbay.adapter.gemini;

import static io.patchbay.api.failure.FailureKind.CONTENT_FILTERED;
import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.INVALID_REQUEST;
import static io.patchbay.api.failure.FailureKind.MALFORMED_ANSWER;
import static io.patchbay.api.failure.FailureKind.OVERLOADED;
import static io.patchbay.api.failure.FailureKind.RATE_LIMITED;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_AUTH;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_ERROR;
import static io.patchbay.api.failure.FailureKind.UPSTREAM_QUOTA;

import io.patchbay.api.adapter.ProviderError;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says what Google's errors mean: by the status, and where one is said for several things, details and text. */
final class GeminiFailures {
    private static final Pattern TOO_LONG = Pattern.compile("token count.{0,60}exceeds|exceeds the maximum number of"
            + " tokens|only supports up to|payload size exceeds|context (?:length|window)|input is too long");

    private static final Pattern BAD_KEY =
            Pattern.compile("api[ _]key|account_state_invalid|credential|user location is not supported"
                    + "|consumer_invalid|service_disabled");

    private static final Pattern NO_FUNDS =
            Pattern.compile("billing_disabled|enable billing|billing account|prepayment|credits are depleted"
                    + "|spending cap|spend cap");

    private static final Pattern FILTERED = Pattern.compile("responsible ai|safety polic|content polic|prohibited use");

    private GeminiFailures() {}

    /** An answer with a status that says that something is wrong. */
    static Failure ofAnswer(int status, Headers headers, byte[] body) {
        var said = ErrorBody.of(body);
        return failure(ProviderError.answered(status, headers, said.shownCode(), said.message()), status, said);
    }

    /** Whether this stands in the place of an answer. */
    static boolean isError(JsonView json) {
        return json.kind("error").filter(kind -> kind != JsonKind.NULL).isPresent();
    }

    /** An error in the place of an answer, or in its midst, after a status that promised one. */
    static Failure inside(JsonView json) {
        var said = ErrorBody.of(json);
        return failure(ProviderError.inside(said.shownCode(), said.message()), said.code(), said);
    }

    static Failure malformed(String message) {
        return Failure.of(MALFORMED_ANSWER, message);
    }

    private static Failure failure(ProviderError error, int status, ErrorBody said) {
        var kind = kind(status, error.words() + ' ' + said.reason().toLowerCase(Locale.ROOT), said);
        var failure = error.toFailure(kind);
        if (kind == RATE_LIMITED || kind == OVERLOADED || kind == UPSTREAM_ERROR) {
            said.retryDelay().ifPresent(failure::retryAfter);
        }
        return failure.build();
    }

    private static FailureKind kind(int status, String words, ErrorBody said) {
        boolean isRefused = status >= 400 && status < 500;
        if (status == 402 || isRefused && NO_FUNDS.matcher(words).find()) {
            return UPSTREAM_QUOTA;
        }
        return switch (status) {
            case 400 -> kindOfInvalid(words);
            case 429 -> said.isOutOfQuota() ? UPSTREAM_QUOTA : RATE_LIMITED;
            case 500 -> words.contains("overloaded") ? OVERLOADED : UPSTREAM_ERROR;
            default -> ProviderError.kindOf(status);
        };
    }

    /** Google says 400 of the key and of the country too. */
    private static FailureKind kindOfInvalid(String words) {
        if (BAD_KEY.matcher(words).find()) {
            return UPSTREAM_AUTH;
        }
        if (TOO_LONG.matcher(words).find()) {
            return CONTEXT_TOO_LONG;
        }
        return FILTERED.matcher(words).find() ? CONTENT_FILTERED : INVALID_REQUEST;
    }
}
