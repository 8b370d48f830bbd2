package io.patchbay.transport;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.transport.UpstreamListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * Reads the body of an answer, hands its frames on and reads no further until more is wanted.
 *
 * <p>Everything that is there to be read right now goes to the listener in one call, because it will cost the listener
 * one write. What is held meanwhile is bounded by {@link #BATCH_BYTES}, Jetty's network buffer and one open event.
 */
final class Body {
    /** So much is read before the listener is called, even if more is there. */
    private static final int BATCH_BYTES = 32 << 10;

    private final Call call;
    private final Content.Source source;
    private final Framer framer;
    private final UpstreamListener listener;
    private final Runnable readable = Invocable.from(InvocationType.NON_BLOCKING, this::readable);
    /** Nothing more is wanted. */
    private boolean ended;
    /** Nothing more is there. */
    private boolean exhausted;

    Body(Call call, Content.Source source, Framer framer, UpstreamListener listener) {
        this.call = call;
        this.source = source;
        this.framer = framer;
        this.listener = listener;
    }

    /** Goes on as long as there are bytes and the listener keeps up. The call is busy. */
    void read() {
        try {
            while (true) {
                var starved = readBatch();
                if (ended) {
                    framer.end();
                }
                var frames = framer.take();
                if (!frames.isEmpty() && !deliver(frames)) {
                    return;
                }
                if (ended) {
                    call.end(exhausted);
                    return;
                }
                if (starved) {
                    demand();
                    return;
                }
                if (call.isDone()) {
                    return;
                }
            }
        } catch (FailureException failure) {
            call.fail(failure.failure());
        } catch (RuntimeException | Error defect) {
            call.failByDefect(defect);
        }
    }

    /** Returns whether nothing more is there for the moment. */
    private boolean readBatch() {
        var taken = 0;
        while (taken < BATCH_BYTES && !ended) {
            var chunk = source.read();
            if (chunk == null) {
                return true;
            }
            if (Content.Chunk.isFailure(chunk)) {
                throw Failures.of(chunk.getFailure(), true).toException();
            }
            taken += chunk.remaining();
            try {
                exhausted = chunk.isLast();
                ended = !framer.feed(chunk.getByteBuffer()) || exhausted;
            } finally {
                chunk.release();
            }
        }
        return false;
    }

    /** Returns whether the listener wants more at once; otherwise this body goes on when it does. */
    private boolean deliver(List<Frame> frames) {
        var wanted = listener.frames(frames);
        if (isGranted(wanted.toCompletableFuture())) {
            return true;
        }
        wanted.whenComplete((more, gone) -> {
            if (gone != null) {
                call.cancel();
            } else if (ended) {
                call.end(exhausted);
            } else {
                demand();
            }
        });
        return false;
    }

    private static boolean isGranted(CompletableFuture<Void> wanted) {
        return wanted.isDone() && !wanted.isCompletedExceptionally();
    }

    /** Jetty calls back one at a time, and not while a callback runs: so this does not recurse. */
    private void demand() {
        if (call.awaitMore()) {
            source.demand(readable);
        }
    }

    private void readable() {
        if (call.busy()) {
            read();
        }
    }
}
