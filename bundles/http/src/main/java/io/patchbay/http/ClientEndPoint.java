package io.patchbay.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection.
 *
 * <p><b>How a client is found to be gone.</b> While a request is being answered, Jetty does not read from the
 * connection, so nobody would notice that it was closed. Answers that take longer than a moment are therefore probed
 * now and then by {@link #sweep}: a read that does not block. It meets the end of the connection, or nothing, or the
 * next request of a client that does not wait for its answers; those bytes are held and given to Jetty when it reads
 * again. Short exchanges pay nothing for it.
 *
 * <p><b>How the selector is left in peace.</b> Jetty takes its interest in reading back with every request, and asks
 * for it again after the answer: two system calls and, as the answer ends on another thread, a wake-up of the selector.
 * Here the interest stays, as long as nothing comes that nobody waits for. What does come then, the next request of a
 * client that does not wait, or its end, goes Jetty's way. So it is also known, without a system call, that there is
 * nothing to be read right after an answer.
 */
final class ClientEndPoint extends SocketChannelEndPoint implements Line {
    /** Exchanges younger than this are not probed. */
    private static final long UNWATCHED_NANOS = Duration.ofMillis(200).toNanos();
    /** How long a client may take to read the end of its last answer, while what it still sends is thrown away. */
    private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();
    /** How long a request that has begun may take to become one, when the listener stops. */
    private static final long GRACE_NANOS = Duration.ofMillis(500).toNanos();
    /** More than that is left in the socket; then the end of the connection is only noticed when writing. */
    private static final int MAX_HELD = 64 * 1024;

    private final ServerThreads threads;
    private final Settings.Limits limits;
    private final long openedNanos = System.nanoTime();
    private final Object probing = new Object();

    /** Under way on this connection. */
    private volatile @Nullable Exchange exchange;
    /** Under way on streams of this connection. */
    private final Set<Exchange> streams = ConcurrentHashMap.newKeySet();
    /** Whether it has had streams: then exchanges don't have it for themselves. */
    private volatile boolean multiplexed;
    /** Since when Jetty leaves the connection unread; guarded by probing. */
    private long watchedNanos;
    /** Guarded by probing. */
    private boolean watched;
    /** Read by a probe and not yet given to Jetty. Written while watched only, when nobody else reads. */
    private byte @Nullable [] held;
    /** When the first byte of a header came that is not complete yet; 0 if there is none. */
    private volatile long headNanos;

    private volatile boolean served;
    /** When the output was shut down; 0 if it is open. */
    private volatile long shutdownNanos;
    /** Something has come that nobody waited for. */
    private volatile boolean unread;
    /** The next read comes right after an answer. */
    private volatile boolean answered;

    private final Selected selected = new Selected();
    private volatile @Nullable Working working;
    private volatile SelectionKey key;

    ClientEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            ServerThreads threads,
            Settings.Limits limits) {
        super(channel, selector, key, scheduler);
        this.key = key;
        this.threads = threads;
        this.limits = limits;
    }

    /** What carries a request: its connection, below whatever encrypts that, or a stream of it. */
    static Line lineOf(Request request) {
        var connection = request.getConnectionMetaData().getConnection();
        var endPoint = connection.getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        var client = (ClientEndPoint) endPoint;
        return connection instanceof HTTP2Connection ? new StreamLine(client, request) : client;
    }

    @Override
    public void begin(Exchange begun) {
        exchange = begun;
        headNanos = 0;
        served = true;
    }

    /** From now on nobody reads but the probe. */
    @Override
    public void watch() {
        synchronized (probing) {
            watchedNanos = System.nanoTime();
            watched = true;
        }
    }

    /** Jetty reads again. */
    @Override
    public void end(Exchange over) {
        synchronized (probing) {
            watched = false;
        }
        exchange = null;
        answered = true;
    }

    @Override
    public void resetOnClose() throws IOException {
        getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    /** An exchange begins that has this connection not for itself. */
    void beginStream(Exchange begun) {
        multiplexed = true;
        headNanos = 0;
        served = true;
        streams.add(begun);
    }

    void endStream(Exchange over) {
        streams.remove(over);
    }

    /** Nothing is under way, and nobody who has just connected or begun a request is kept from sending it. */
    boolean isDispensable() {
        if (exchange != null || !streams.isEmpty()) {
            return false;
        }
        if (headNanos == 0 && served) {
            return true;
        }
        return System.nanoTime() - Math.max(headNanos, openedNanos) > GRACE_NANOS;
    }

    /** What a selected connection has to do, if somebody waits for its bytes. */
    private final class Selected implements Runnable, Invocable {
        @Override
        public void run() {
            getFillInterest().fillable();
        }

        @Override
        public InvocationType getInvocationType() {
            return getFillInterest().getCallbackInvocationType();
        }
    }

    @Override
    public Runnable onSelected() {
        int ready = key.readyOps();
        if (ready == SelectionKey.OP_READ && getFillInterest().isInterested()) {
            return selected;
        }
        if ((ready & SelectionKey.OP_READ) != 0) {
            unread = true;
        }
        return super.onSelected();
    }

    @Override
    public void replaceKey(SelectionKey newKey) {
        key = newKey;
        super.replaceKey(newKey);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (answered) {
            answered = false;
            if (held == null && !unread) {
                return 0;
            }
        }
        unread = false;
        int filled = held == null ? super.fill(buffer) : fillHeld(buffer, held);
        if (filled > 0 && exchange == null && headNanos == 0 && !multiplexed) {
            headNanos = System.nanoTime() | 1;
        }
        return filled;
    }

    private int fillHeld(ByteBuffer buffer, byte[] bytes) {
        int position = BufferUtil.flipToFill(buffer);
        int count = Math.min(buffer.remaining(), bytes.length);
        buffer.put(bytes, 0, count);
        BufferUtil.flipToFlush(buffer, position);
        held = count == bytes.length ? null : Arrays.copyOfRange(bytes, count, bytes.length);
        notIdle();
        return count;
    }

    @Override
    public void fillInterested(Callback callback) {
        super.fillInterested(working(callback));
        offerHeld();
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        var registered = super.tryFillInterested(working(callback));
        offerHeld();
        return registered;
    }

    /** What it does counts as work on this connection; see {@link ServerThreads}. */
    private Callback working(Callback callback) {
        var before = working;
        // Jetty has two: one for the next request, one for more of its body.
        if (before != null && before.callback() == callback) {
            return before;
        }
        var wrapped = new Working(callback, threads);
        working = wrapped;
        return wrapped;
    }

    private record Working(Callback callback, ServerThreads threads) implements Callback {
        @Override
        public void succeeded() {
            threads.work(callback::succeeded);
        }

        @Override
        public void failed(Throwable failure) {
            threads.work(() -> callback.failed(failure));
        }

        @Override
        public InvocationType getInvocationType() {
            return callback.getInvocationType();
        }
    }

    /** The socket need not become readable for bytes that have been read from it. */
    private void offerHeld() {
        if (held != null) {
            threads.execute(() -> getFillInterest().fillable());
        }
    }

    @Override
    protected void doShutdownOutput() {
        super.doShutdownOutput();
        shutdownNanos = System.nanoTime() | 1;
    }

    /**
     * While a request is being answered, only a client that neither sends the rest of it nor reads is idle. Jetty would fail a write that begins in
     * the very moment in which the time is over.
     */
    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        var current = exchange;
        if (current == null || current.isReceiving() || getWriteFlusher().isPending()) {
            super.onIdleExpired(timeout);
        }
    }

    /**
     * Ends what has taken too long, and looks whether the client is still there.
     *
     * @param scratch to read into; the caller's again after the call
     */
    void sweep(ByteBuffer scratch) {
        long now = System.nanoTime();
        if (shutdownNanos != 0 && now - shutdownNanos > LINGER_NANOS) {
            close();
            return;
        }
        var current = exchange;
        if (multiplexed) {
            streams.forEach(stream -> sweepStream(stream, now));
        } else if (current == null) {
            sweepHeader(now);
        } else if (current.isReceiving()) {
            sweepBody(current, now);
        } else if (isGone(current, now, scratch)) {
            current.clientGone(new EofException("client gone"));
        }
    }

    private void sweepHeader(long now) {
        long since = headNanos != 0 ? headNanos : served ? now : openedNanos;
        if (now - since > limits.headerTime().toNanos()) {
            close(new TimeoutException("no complete header"));
        }
    }

    private void sweepStream(Exchange stream, long now) {
        if (stream.isReceiving()
                && now - stream.receivingSince() > limits.bodyTime().toNanos()) {
            stream.failReceiving(new HttpException.RuntimeException(408, "body too slow"));
        } else if (stream.isStalled(now, limits.idleTime().toNanos())) {
            stream.clientGone(new EofException("client does not read"));
        }
    }

    private void sweepBody(Exchange current, long now) {
        if (now - current.receivingSince() > limits.bodyTime().toNanos()) {
            getFillInterest().onFail(new TimeoutException("no complete body"));
        }
    }

    private boolean isGone(Exchange current, long now, ByteBuffer scratch) {
        synchronized (probing) {
            if (!watched || exchange != current || now - watchedNanos < UNWATCHED_NANOS) {
                return false;
            }
            if (held != null && held.length >= MAX_HELD) {
                return false;
            }
            scratch.clear();
            try {
                int count = getChannel().read(scratch);
                if (count > 0) {
                    hold(scratch.flip());
                }
                return count < 0;
            } catch (IOException e) {
                return true;
            }
        }
    }

    private void hold(ByteBuffer bytes) {
        int before = held == null ? 0 : held.length;
        var all = held == null ? new byte[bytes.remaining()] : Arrays.copyOf(held, before + bytes.remaining());
        bytes.get(all, before, bytes.remaining());
        held = all;
    }
}
