package io.patchbay.http;

import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The server's threads. A task that a connection hands over while a thread is at work on it starts when that thread has
 * left it.
 *
 * <p>Jetty (12.1.14) answers a request that it cannot read with a task of its own, and hands that over while it is
 * still parsing. Once the task has answered, it reads on from the connection. With both threads in it, one gives the
 * buffer of the other back to the pool, where another client's connection takes it: and that client's request is read
 * with bytes of a stranger's in it.
 */
final class ServerThreads extends QueuedThreadPool {
    /** What the current thread hands over when it leaves; none while it is not at work on a connection. */
    @SuppressWarnings("ThreadLocalUsage") // nothing stays in it
    private final ThreadLocal<Queue<Runnable>> handedOver = new ThreadLocal<>();

    ServerThreads(int max, int min) {
        super(max, min);
    }

    /** Works on a connection. */
    void work(Runnable work) {
        if (handedOver.get() != null) {
            work.run();
            return;
        }
        var tasks = new ArrayDeque<Runnable>(1);
        handedOver.set(tasks);
        try {
            work.run();
        } finally {
            handedOver.remove();
            tasks.forEach(super::execute);
        }
    }

    @Override
    public void execute(Runnable task) {
        Runnable whole = task instanceof Connection ? () -> work(task) : task;
        if (!handOver(whole)) {
            super.execute(whole);
        }
    }

    /** For errors, above all: Jetty would start a new thread for each of them. */
    @Override
    public boolean tryExecute(Runnable task) {
        return handOver(task) || super.tryExecute(task);
    }

    private boolean handOver(Runnable task) {
        var tasks = handedOver.get();
        return tasks != null && tasks.add(task);
    }
}
