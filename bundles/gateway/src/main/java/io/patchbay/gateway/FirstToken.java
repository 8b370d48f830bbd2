package io.patchbay.gateway;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Of one attempt: whether its first token came before anybody gave up waiting for it. One of the two happens, and
 * whoever was late has no part in the run any more. For any thread.
 */
final class FirstToken {
    private enum State {
        AWAITED,
        CAME,
        GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.AWAITED);

    /** Something of the attempt is here; returns whether it is in time. */
    boolean came() {
        return state.get() == State.CAME || state.compareAndSet(State.AWAITED, State.CAME);
    }

    /** Nobody waits for it any longer; returns whether that is so. */
    boolean giveUp() {
        return state.compareAndSet(State.AWAITED, State.GIVEN_UP);
    }
}
