package io.patchbay.adapter.sandbox;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.time.Duration;
import java.util.function.LongPredicate;

/**
 * What goes wrong, and when. Chance has no part in it: the number of a request decides.
 *
 * @param schedule which requests it hits, counted from 1
 * @param failure what the caller hears
 * @param afterTokens how much of a stream comes before
 */
record Fault(LongPredicate schedule, Failure failure, int afterTokens) {
    static final Fault RATE_LIMITED =
            always(Failure.builder(FailureKind.RATE_LIMITED, "The sandbox plays rate-limited; try again in a second.")
                    .retryAfter(Duration.ofSeconds(1))
                    .providerStatus(429)
                    .providerCode("rate_limit_exceeded"));

    static final Fault OVERLOADED =
            always(Failure.builder(FailureKind.OVERLOADED, "The sandbox plays overloaded; try again later.")
                    .providerStatus(503)
                    .providerCode("overloaded"));

    static final Fault ERROR =
            always(Failure.builder(FailureKind.UPSTREAM_ERROR, "The sandbox plays a provider that fails; try again.")
                    .providerStatus(500)
                    .providerCode("server_error"));

    static final Fault REFUSAL = always(Failure.builder(
                    FailureKind.CONTENT_FILTERED, "The sandbox plays a provider whose content rules refuse the prompt.")
            .providerStatus(400)
            .providerCode("content_filter"));

    static final Fault TOO_LONG = always(Failure.builder(
                    FailureKind.CONTEXT_TOO_LONG,
                    "The sandbox plays a model whose context is too small; shorten the prompt.")
            .providerStatus(400)
            .providerCode("context_length_exceeded"));

    static final Fault CUT_OFF = new Fault(
            always -> true,
            Failure.of(FailureKind.CUT_OFF, "The sandbox plays a provider that breaks off; try again."),
            3);

    static final Fault NONE = new Fault(never -> false, ERROR.failure(), 0);

    /** So many of every hundred requests fail, evenly spread. */
    static Fault ofEveryHundred(int count) {
        return new Fault(number -> number * count / 100 > (number - 1) * count / 100, ERROR.failure(), 0);
    }

    /** The same, for the second request, the fourth and so on. */
    Fault everySecond() {
        return new Fault(number -> number % 2 == 0, failure, afterTokens);
    }

    boolean strikes(long number) {
        return schedule.test(number);
    }

    private static Fault always(Failure.Builder failure) {
        return new Fault(always -> true, failure.build(), 0);
    }
}
