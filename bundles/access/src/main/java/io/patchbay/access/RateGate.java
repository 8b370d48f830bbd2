package io.patchbay.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.patchbay.api.access.Admission;
import io.patchbay.api.access.RateLimits;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.failure.RateWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one key asks, in windows of a minute that begin with its first request. Tokens are taken as supposed when
 * a generation is let in; what it really took is put in their place at its end, and may leave the window short. For any
 * thread.
 */
final class RateGate {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final RateLimits limits;
    private final TimeMeter clock;
    private final @Nullable Bucket requests;
    private final @Nullable Bucket tokens;

    RateGate(RateLimits limits, TimeMeter clock) {
        this.limits = limits;
        this.clock = clock;
        this.requests = bucket(limits.requests());
        this.tokens = bucket(limits.tokens());
    }

    RateLimits limits() {
        return limits;
    }

    /**
     * Lets one in.
     *
     * @throws io.patchbay.api.failure.FailureException RATE_LIMITED
     */
    Admission admit(long promptTokens) {
        if (requests != null) {
            var probe = requests.tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw refusal(RateWindow.Unit.REQUESTS, limits.requests(), probe);
            }
        }
        if (tokens == null) {
            return Admission.UNLIMITED;
        }
        if (promptTokens > limits.tokens()) {
            giveBack();
            throw Failure.of(
                            FailureKind.RATE_LIMITED,
                            "The prompt has some " + promptTokens
                                    + " tokens, more than this API key may use in a minute (" + limits.tokens() + ").")
                    .toException();
        }
        long supposed = Math.max(promptTokens, 1);
        var probe = tokens.tryConsumeAndReturnRemaining(supposed);
        if (!probe.isConsumed()) {
            giveBack();
            throw refusal(RateWindow.Unit.TOKENS, limits.tokens(), probe);
        }
        var settled = new AtomicBoolean();
        return used -> {
            if (settled.compareAndSet(false, true)) {
                correct(tokens, used - supposed);
            }
        };
    }

    private static void correct(Bucket tokens, long difference) {
        if (difference > 0) {
            tokens.consumeIgnoringRateLimits(difference);
        } else if (difference < 0) {
            tokens.addTokens(-difference);
        }
    }

    /** What was refused for its tokens is not counted as a request. */
    private void giveBack() {
        if (requests != null) {
            requests.addTokens(1);
        }
    }

    private RuntimeException refusal(RateWindow.Unit unit, long limit, ConsumptionProbe probe) {
        var wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
        var now = Instant.ofEpochMilli(clock.currentTimeNanos() / 1_000_000);
        return Failure.builder(
                        FailureKind.RATE_LIMITED,
                        "Rate limit exceeded: this API key may use " + limit + ' ' + unit + " per minute.")
                .limitSource("key_rate_limit")
                .retryAfter(wait)
                .rateWindow(new RateWindow(unit, limit, Math.max(0, probe.getRemainingTokens()), now.plus(wait)))
                .build()
                .toException();
    }

    private @Nullable Bucket bucket(long perMinute) {
        if (perMinute == 0) {
            return null;
        }
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillIntervally(perMinute, WINDOW))
                .withCustomTimePrecision(clock)
                .build();
    }
}
