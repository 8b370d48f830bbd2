package io.patchbay.simulation;

import io.patchbay.api.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;

/** How an endpoint replies. Stateful where it says so; one per simulation. */
@FunctionalInterface
interface Behaviour {
    /** What the answer of every request has. */
    int COMPLETION_TOKENS = 300;

    /** What providers' time-outs are: nobody waits longer for a first byte. */
    double FIRST_BYTE_TIMEOUT = 60;

    /**
     * When an attempt begins.
     *
     * @param second since the simulation began
     * @param inFlight other attempts at this endpoint that are under way
     */
    record Moment(double second, int inFlight, Random die) {}

    Reply reply(Moment moment);

    /**
     * Healthy: slower when it has more to do than it can do at once.
     *
     * @param firstToken seconds, the median
     * @param speed tokens per second, the median
     * @param capacity requests at once that it does not feel
     */
    static Behaviour healthy(double firstToken, double speed, int capacity) {
        return moment -> {
            double crowd = Math.max(1, (1.0 + moment.inFlight()) / capacity);
            double first = firstToken * crowd * spread(moment.die(), 0.25);
            double writing = COMPLETION_TOKENS / speed * crowd * spread(moment.die(), 0.15);
            return Reply.answer(first, first + writing);
        };
    }

    /** Around 1, more often a little less, now and then much more. */
    private static double spread(Random die, double sigma) {
        return StrictMath.exp(sigma * die.nextGaussian());
    }

    /** This, but in between that. */
    default Behaviour between(double from, double until, Behaviour other) {
        return moment -> moment.second() >= from && moment.second() < until ? other.reply(moment) : reply(moment);
    }

    /** This, but that for the first of every two stretches of time. */
    default Behaviour everyOther(double seconds, Behaviour other) {
        return moment -> (long) (moment.second() / seconds) % 2 == 1 ? other.reply(moment) : reply(moment);
    }

    /** This, but a share of requests fails. */
    default Behaviour failing(double share) {
        return moment ->
                moment.die().nextDouble() < share ? Reply.failure(0.3, FailureKind.UPSTREAM_ERROR) : reply(moment);
    }

    /** Slower and slower: so many times as slow at the end of the time. */
    default Behaviour slowing(double seconds, double times) {
        return moment -> {
            var reply = reply(moment);
            double factor = 1 + (times - 1) * Math.min(1, moment.second() / seconds);
            return new Reply(reply.firstToken() * factor, reply.total() * factor, reply.failure());
        };
    }

    /** This, but whoever comes too often is told to wait. Stateful. */
    default Behaviour limitedTo(int perSecond, Duration wait) {
        var lately = new ArrayDeque<Double>();
        return moment -> {
            while (!lately.isEmpty() && lately.peek() < moment.second() - 1) {
                lately.remove();
            }
            if (lately.size() >= perSecond) {
                return Reply.askingToWait(0.1, wait);
            }
            lately.add(moment.second());
            return reply(moment);
        };
    }

    /** Refuses at once. */
    static Behaviour refusing() {
        return moment -> Reply.failure(0.05, FailureKind.OVERLOADED);
    }

    /** Takes requests and never answers. */
    static Behaviour blackHole() {
        return moment -> Reply.answer(Double.MAX_VALUE, Double.MAX_VALUE);
    }
}
