package io.patchbay.compatibility;

import static io.patchbay.api.failure.FailureKind.CONTENT_FILTERED;
import static io.patchbay.api.failure.FailureKind.CONTEXT_TOO_LONG;
import static io.patchbay.api.failure.FailureKind.CUT_OFF;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what an adapter makes of an error. */
final class Faults {
    private Faults() {}

    /** How the failure differs from what the provider said; nothing if it does not. */
    static List<String> differences(Facts.Fault fault, Failure failure) {
        var found = new ArrayList<String>();
        fault.kind()
                .ifPresentOrElse(
                        kind -> {
                            if (!kind.equals(failure.kind().name())) {
                                found.add("failure: expected " + kind + ", but was " + failure.kind());
                            }
                        },
                        () -> {
                            if (!possible(fault.status()).contains(failure.kind())) {
                                found.add("failure: " + failure.kind() + " after the status " + fault.status());
                            }
                        });
        fault.retryAfterMillis().map(Duration::ofMillis).ifPresent(wait -> {
            if (!failure.retryAfter().equals(Optional.of(wait))) {
                found.add("retryAfter: expected " + wait + ", but was " + failure.retryAfter());
            }
        });
        boolean mayBeShown = failure.kind() != UPSTREAM_AUTH && !fault.message().startsWith("<");
        if (mayBeShown
                && !fault.message().isEmpty()
                && failure.providerMessage().isEmpty()) {
            found.add("providerMessage: none, where the provider said something");
        }
        if (failure.message().contains("<html")
                || failure.providerMessage().orElse("").contains("<html")) {
            found.add("message: HTML, which was written for a browser");
        }
        return found;
    }

    /** What a status may mean. 200 stands for an error in the midst of a good answer. */
    private static Set<FailureKind> possible(int status) {
        return switch (status) {
            case 200 ->
                Set.of(
                        UPSTREAM_ERROR,
                        OVERLOADED,
                        RATE_LIMITED,
                        TIMEOUT,
                        CONTENT_FILTERED,
                        INVALID_REQUEST,
                        UPSTREAM_QUOTA,
                        CONTEXT_TOO_LONG,
                        MALFORMED_ANSWER,
                        CUT_OFF);
            case 400, 422 ->
                Set.of(
                        INVALID_REQUEST,
                        CONTEXT_TOO_LONG,
                        CONTENT_FILTERED,
                        UPSTREAM_MODEL_GONE,
                        UPSTREAM_AUTH,
                        UPSTREAM_QUOTA);
            case 401 -> Set.of(UPSTREAM_AUTH);
            case 402 -> Set.of(UPSTREAM_QUOTA);
            case 403 -> Set.of(UPSTREAM_AUTH, CONTENT_FILTERED, UPSTREAM_MODEL_GONE, UPSTREAM_QUOTA);
            case 404, 410 -> Set.of(UPSTREAM_MODEL_GONE);
            case 408, 504, 524 -> Set.of(TIMEOUT);
            case 413 -> Set.of(CONTEXT_TOO_LONG);
            case 429 -> Set.of(RATE_LIMITED, UPSTREAM_QUOTA, OVERLOADED);
            case 503, 529 -> Set.of(OVERLOADED, UPSTREAM_ERROR);
            default -> Set.of(UPSTREAM_ERROR, OVERLOADED, TIMEOUT, INVALID_REQUEST, CONTENT_FILTERED);
        };
    }
}
