package io.patchbay.http;

import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after all connections now and then: see {@link ClientEndPoint#sweep}. One timer instead of one each. */
final class Sweeper implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** A client that goes is noticed well within a second; at 1,000 open streams it costs 4,000 short calls a second. */
    private static final long PERIOD_MILLIS = 250;

    private final ClientConnector connector;
    private final Scheduler scheduler;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(16 * 1024);
    private volatile boolean stopped;

    Sweeper(ClientConnector connector, Scheduler scheduler) {
        this.connector = connector;
        this.scheduler = scheduler;
    }

    void start() {
        scheduler.schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        if (stopped) {
            return;
        }
        try {
            for (var endPoint : connector.getConnectedEndPoints()) {
                if (endPoint instanceof ClientEndPoint client) {
                    sweep(client);
                }
            }
        } finally {
            again();
        }
    }

    /** One connection's trouble must not leave the others unattended. */
    private void sweep(ClientEndPoint client) {
        try {
            client.sweep(scratch);
        } catch (RuntimeException e) {
            log.warn("A connection could not be looked after", e);
        }
    }

    private void again() {
        try {
            start();
        } catch (RejectedExecutionException e) {
            log.debug("The timer has stopped", e);
        }
    }
}
