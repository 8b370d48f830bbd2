package io.patchbay.transport;

import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The calls under way: their one clock, and the door that is shut before the transport goes. A call that moves its
 * deadline costs a compare-and-set, no timer of its own.
 */
final class OpenCalls extends CyclicTimeouts<Call> {
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean closed;

    OpenCalls(Scheduler scheduler) {
        super(scheduler);
    }

    /** Lets a call in, unless the door is shut. */
    boolean enter(Call call) {
        calls.add(call);
        if (closed) {
            leave(call);
            return false;
        }
        return true;
    }

    void leave(Call call) {
        calls.remove(call);
        if (closed && calls.isEmpty()) {
            drained.countDown();
        }
    }

    /** Shuts the door and waits until everybody has left; those who stay too long are sent away. */
    void drain(Duration limit) {
        closed = true;
        if (calls.isEmpty()) {
            return;
        }
        try {
            if (drained.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        calls.forEach(call -> call.breakOff(Failures.stopping()));
    }

    @Override
    protected Iterator<Call> iterator() {
        return calls.iterator();
    }

    @Override
    protected boolean onExpired(Call call) {
        call.expire(NanoTime.now());
        return false;
    }
}
