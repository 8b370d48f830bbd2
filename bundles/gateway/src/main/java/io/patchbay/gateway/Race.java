package io.patchbay.gateway;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a run that are under way: one, or two of which neither has said anything yet. The first to say
 * something is listened to from then on, and the other one is too late. For any thread.
 */
final class Race {
    private @Nullable Turn first;
    private @Nullable Turn rival;
    private boolean isAnswering;
    private int begun;

    /**
     * What comes of an attempt that says something.
     *
     * @param isListenedTo false if it is too late
     * @param begins the attempt, if it has said nothing before
     * @param outrun the other one, if this one was faster
     */
    record Heard(
            boolean isListenedTo,
            @Nullable Turn begins,
            @Nullable Turn outrun) {
        private static final Heard TOO_LATE = new Heard(false, null, null);
        private static final Heard MORE = new Heard(true, null, null);
    }

    /**
     * An attempt that is over.
     *
     * @param hadAnswered whether it has said something before
     * @param isAlone whether no other one is under way
     */
    record Left(Turn turn, boolean hadAnswered, boolean isAlone) {}

    /** How many attempts have begun so far. */
    synchronized int begun() {
        return begun;
    }

    /** One begins, alone. */
    synchronized void begin(Turn turn) {
        first = turn;
        rival = null;
        isAnswering = false;
        begun = turn.number();
    }

    /**
     * Another one begins beside one that keeps silent, if that is still so.
     *
     * @param second makes it, or has a reason not to; quickly, since nobody is heard meanwhile
     */
    synchronized Optional<Turn> join(Turn silent, Supplier<Optional<Turn>> second) {
        if (first != silent || rival != null || isAnswering) {
            return Optional.empty();
        }
        var joining = second.get();
        joining.ifPresent(turn -> {
            rival = turn;
            begun = turn.number();
        });
        return joining;
    }

    /** An attempt says something. */
    synchronized Heard heard(RunningAttempt from) {
        var turn = find(from);
        if (turn == null) {
            return Heard.TOO_LATE;
        }
        if (isAnswering) {
            return Heard.MORE;
        }
        var outrun = turn == first ? rival : first;
        first = turn;
        rival = null;
        isAnswering = true;
        return new Heard(true, turn, outrun);
    }

    /** An attempt is over, and there is no answer of it. Empty if nobody cares any more. */
    synchronized Optional<Left> leave(RunningAttempt from) {
        var turn = find(from);
        if (turn == null) {
            return Optional.empty();
        }
        var hadAnswered = isAnswering;
        first = turn == first ? rival : first;
        rival = null;
        isAnswering = false;
        return Optional.of(new Left(turn, hadAnswered, first == null));
    }

    /** The same, unless it has said something. */
    synchronized Optional<Left> leaveIfSilent(Turn turn) {
        return isAnswering ? Optional.empty() : leave(turn.attempt());
    }

    private @Nullable Turn find(RunningAttempt attempt) {
        if (first != null && first.attempt() == attempt) {
            return first;
        }
        return rival != null && rival.attempt() == attempt ? rival : null;
    }

    /** The one that answers, or that all wait for. */
    synchronized Optional<Turn> first() {
        return Optional.ofNullable(first);
    }

    /** Nobody wants an answer any more. */
    void cancel() {
        Stream<Turn> all;
        synchronized (this) {
            all = Stream.of(Optional.ofNullable(first), Optional.ofNullable(rival))
                    .flatMap(Optional::stream);
        }
        all.forEach(turn -> {
            turn.stopWaiting();
            turn.attempt().cancel();
        });
    }
}
