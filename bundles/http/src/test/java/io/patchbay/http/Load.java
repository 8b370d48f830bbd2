package io.patchbay.http;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Many clients at once, and something that happens meanwhile. */
final class Load {
    private Load() {}

    /** One client. */
    interface Caller extends AutoCloseable {
        void call() throws Exception;
    }

    /**
     * Has all clients call as often as wanted, and spreads the events over that time.
     *
     * @throws Exception the first failure of a call
     */
    static void run(int clients, int callsEach, Supplier<Caller> callers, int events, Runnable event) throws Exception {
        var calls = new AtomicInteger();
        var failed = new AtomicBoolean();
        var threads = Executors.newFixedThreadPool(clients);
        try {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> {
                    call(callers, callsEach, calls, failed);
                    return null;
                }));
            }
            for (int i = 1; i <= events; i++) {
                int due = clients * callsEach * i / (events + 1);
                Await.until("call " + due, () -> calls.get() >= due || failed.get());
                event.run();
            }
            for (var client : running) {
                client.get(20, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void call(Supplier<Caller> callers, int times, AtomicInteger calls, AtomicBoolean failed)
            throws Exception {
        try (var caller = callers.get()) {
            for (int i = 0; i < times; i++) {
                caller.call();
                calls.incrementAndGet();
            }
        } catch (Throwable e) {
            failed.set(true);
            throw e;
        }
    }
}
