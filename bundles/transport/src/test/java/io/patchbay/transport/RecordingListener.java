package io.patchbay.transport;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.UpstreamListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Writes down what it hears, and checks that it hears one thing at a time and nothing after the last word. */
final class RecordingListener implements UpstreamListener {
    private static final String ENDED = "ended";

    private final Framing framing;
    private final boolean slow;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final CompletableFuture<Object> last = new CompletableFuture<>();
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private final List<String> mistakes = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final Queue<CompletableFuture<Void>> pending = new ArrayDeque<>();
    private volatile Headers headers = Headers.none();
    private volatile String thread = "";

    private RecordingListener(Framing framing, boolean slow) {
        this.framing = framing;
        this.slow = slow;
    }

    static RecordingListener of(Framing framing) {
        return new RecordingListener(framing, false);
    }

    /** Takes frames but wants no more until {@link #wantMore()}. */
    static RecordingListener slow(Framing framing) {
        return new RecordingListener(framing, true);
    }

    @Override
    public Framing head(int answered, Headers of) {
        return alone("head", () -> {
            headers = of;
            status.complete(answered);
            return answered < 300 ? framing : Framing.WHOLE;
        });
    }

    @Override
    public CompletionStage<Void> frames(List<Frame> batch) {
        return alone("frames", () -> {
            thread = Thread.currentThread().getName();
            frames.addAll(batch);
            var more = slow ? pending() : CompletableFuture.<Void>completedFuture(null);
            // Last: who has seen the delivery may at once want more, or refuse it.
            deliveries.incrementAndGet();
            return more;
        });
    }

    private CompletableFuture<Void> pending() {
        var more = new CompletableFuture<Void>();
        synchronized (pending) {
            if (pending.stream().anyMatch(stage -> !stage.isDone())) {
                mistakes.add("frames before more was wanted");
            }
            pending.add(more);
        }
        return more;
    }

    @Override
    public void ended() {
        alone(ENDED, () -> last.complete(ENDED));
    }

    @Override
    public void failed(Failure failure) {
        alone("failed", () -> last.complete(failure));
    }

    void wantMore() {
        CompletableFuture<Void> next;
        synchronized (pending) {
            next = pending.poll();
        }
        if (next != null) {
            next.complete(null);
        }
    }

    /** The client has gone. */
    void refuseMore() {
        synchronized (pending) {
            pending.forEach(stage -> stage.completeExceptionally(new IOException("client gone")));
        }
    }

    int status() {
        return within(status);
    }

    Headers headers() {
        status();
        return headers;
    }

    /** Waits for the good end. */
    RecordingListener awaitEnd() {
        var word = within(last);
        if (word != ENDED) {
            throw new AssertionError("expected a good end but: " + word);
        }
        return this;
    }

    /** Waits for the bad end. */
    Failure awaitFailure() {
        if (within(last) instanceof Failure failure) {
            return failure;
        }
        throw new AssertionError("expected a failure but the answer ended well: " + texts());
    }

    boolean isOver() {
        return last.isDone();
    }

    int deliveries() {
        return deliveries.get();
    }

    /** The thread that brought the latest frames. */
    String thread() {
        return thread;
    }

    List<Frame> frames() {
        return frames;
    }

    /** The data of all frames so far. */
    List<String> texts() {
        return frames.stream()
                .map(frame -> new String(frame.data(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The frames with their names: {@code name|data}. */
    List<String> named() {
        return frames.stream()
                .map(frame -> frame.event() + '|' + new String(frame.data(), StandardCharsets.UTF_8))
                .toList();
    }

    List<String> mistakes() {
        return mistakes;
    }

    private <T> T alone(String what, Supplier<T> work) {
        if (inside.getAndIncrement() != 0) {
            mistakes.add(what + " during another call");
        }
        if (last.isDone()) {
            mistakes.add(what + " after the last word");
        }
        try {
            return work.get();
        } finally {
            inside.decrementAndGet();
        }
    }

    private static <T> T within(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("nothing heard within 10 s", late);
        } catch (ExecutionException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
