package io.patchbay.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after all connections now and then: see {@link ClientEndPoint#sweep}. One timer instead of one each. */
final class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** A client that goes is noticed well within a second; at 1,000 open streams it costs 4,000 short calls a second. */
    private static final long PERIOD_MILLIS = 250;

    private final ClientConnector connector;
    private final Periodic periodic;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(16 * 1024);

    Sweeper(ClientConnector connector, Scheduler scheduler) {
        this.connector = connector;
        this.periodic = new Periodic(scheduler, PERIOD_MILLIS, this::sweep);
    }

    void start() {
        periodic.start();
    }

    void stop() {
        periodic.stop();
    }

    private void sweep() {
        for (var endPoint : connector.getConnectedEndPoints()) {
            if (endPoint instanceof ClientEndPoint client) {
                sweep(client);
            }
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
}
