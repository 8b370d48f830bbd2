package io.patchbay.transport;

import org.eclipse.jetty.util.NanoTime;

/**
 * Where a call is, and until when it may stay there. Whoever moves a call out of a waiting phase, by compare-and-set,
 * is the one who may speak to its listener: the network, or the clock, never both.
 *
 * @param until by {@link NanoTime#now()}, or {@link #FOREVER}
 */
record Phase(Stage stage, long until) {
    static final long FOREVER = Long.MAX_VALUE;
    /** The listener has the word, or holds the provider back: no clock runs. */
    static final Phase BUSY = new Phase(Stage.BUSY, FOREVER);
    /** The listener has heard the last. */
    static final Phase DONE = new Phase(Stage.DONE, FOREVER);

    /** The parts of a call's life. */
    enum Stage {
        /** Waits for a connection, an old one or a new one. */
        CONNECTING,
        /** Has sent, or sends, the request; waits for the head of the answer. */
        ASKING,
        /** Waits for more of the answer's body. */
        READING,
        /** See {@link Phase#BUSY}. */
        BUSY,
        /** See {@link Phase#DONE}. */
        DONE
    }

    boolean isWaiting() {
        return stage != Stage.BUSY && stage != Stage.DONE;
    }

    boolean isDone() {
        return stage == Stage.DONE;
    }

    boolean isOver(long now) {
        return until != FOREVER && NanoTime.isBeforeOrSame(until, now);
    }
}
