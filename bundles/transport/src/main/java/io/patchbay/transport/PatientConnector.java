package io.patchbay.transport;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Makes connections whose idle timeout is for the pool only. While a call is under way its own timeouts stand, and a
 * slow client may hold its connection still for long. To set the idle timeout for each request instead would cost two
 * trips to the timer each.
 */
final class PatientConnector extends ClientConnector {
    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return new PatientEndPoint((SocketChannel) channel, selector, key, getScheduler());
    }

    /** Whether a connection was there at that time, by {@link NanoTime#now()}. */
    static boolean isMadeBefore(long nanos, Connection connection) {
        var endPoint = connection.getEndPoint() instanceof SslConnection.SslEndPoint secure
                ? secure.getSslConnection().getEndPoint()
                : connection.getEndPoint();
        return endPoint instanceof PatientEndPoint patient && NanoTime.isBefore(patient.madeNanos, nanos);
    }

    private static final class PatientEndPoint extends SocketChannelEndPoint {
        private final long madeNanos = NanoTime.now();

        PatientEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        protected void onIdleExpired(TimeoutException timeout) {
            if (!isAsked(getConnection())) {
                super.onIdleExpired(timeout);
            }
        }

        /** Whether a request was sent that is not yet answered. */
        private static boolean isAsked(Connection connection) {
            var http = connection instanceof SslConnection secure
                    ? secure.getSslEndPoint().getConnection()
                    : connection;
            return http != null && http.getMessagesOut() > http.getMessagesIn();
        }
    }
}
