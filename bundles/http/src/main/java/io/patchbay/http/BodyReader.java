package io.patchbay.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/** Reads one request's body whole, as it comes, within limits. Memory grows with what has come, not with promises. */
final class BodyReader implements Invocable.Task {
    /** A body up to this size is not counted: together they are small beside what bounds the exchanges in flight. */
    private static final int UNCOUNTED = 16 * 1024;
    /** A length up to this is believed once the first bytes have come. */
    private static final int BELIEVED = 1024 * 1024;

    private static final byte[] NOTHING = {};

    private final Request request;
    private final Exchange exchange;
    private final int maxBytes;
    private final BodyBudget budget;
    private final Consumer<byte[]> whole;
    private final long announced;
    private byte[] bytes = NOTHING;
    private int size;

    BodyReader(Request request, Exchange exchange, int maxBytes, BodyBudget budget, Consumer<byte[]> whole) {
        this.request = request;
        this.exchange = exchange;
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.whole = whole;
        this.announced = request.getLength();
    }

    /** Reads what there is, and comes back when there is more. */
    @Override
    public void run() {
        while (true) {
            var chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                exchange.failReceiving(asHttp(chunk.getFailure()));
                return;
            }
            boolean last = chunk.isLast();
            boolean fits = append(chunk.getByteBuffer());
            chunk.release();
            if (!fits) {
                return;
            }
            if (last) {
                whole.accept(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
                return;
            }
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Returns whether it had room; if not, the request has been refused. */
    private boolean append(ByteBuffer data) {
        int more = data.remaining();
        if (more > maxBytes - size) {
            refuse(Refusal.TOO_LARGE);
            return false;
        }
        if (more > bytes.length - size && !grow(size + more)) {
            refuse(Refusal.OVERLOADED);
            return false;
        }
        data.get(bytes, size, more);
        size += more;
        return true;
    }

    private void refuse(Refusal refusal) {
        exchange.doneReceiving();
        exchange.refuseUnread(refusal);
    }

    private boolean grow(int needed) {
        int capacity = capacity(needed);
        if (capacity > UNCOUNTED) {
            int uncounted = capacity - Math.max(bytes.length, UNCOUNTED);
            long wanted = bytes.length > UNCOUNTED ? capacity - bytes.length : Math.max(uncounted, 0);
            if (!budget.reserve(wanted)) {
                return false;
            }
            exchange.reserved(wanted);
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    private int capacity(int needed) {
        if (announced >= needed && announced <= BELIEVED) {
            return (int) announced;
        }
        long doubled = Math.max(needed, 2L * bytes.length);
        return (int) Math.min(doubled, announced >= needed ? announced : maxBytes);
    }

    /** As an error whose status Jetty knows. */
    private static Throwable asHttp(Throwable failure) {
        if (failure instanceof HttpException) {
            return failure;
        }
        if (failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException) {
            return new HttpException.RuntimeException(408, "body too slow");
        }
        return new HttpException.RuntimeException(400, "body broke off", failure);
    }
}
