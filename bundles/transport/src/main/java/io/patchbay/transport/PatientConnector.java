package io.patchbay.transport;

import io.patchbay.api.network.PublicAddresses;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Makes connections whose idle timeout is for the pool only. While a call is under way its own timeouts stand, and a
 * slow client may hold its connection still for long. To set the idle timeout for each request instead would cost two
 * trips to the timer each.
 *
 * <p>It connects to public addresses, and to what else the operator permits: where a name leads is up to whoever serves it.
 */
final class PatientConnector extends ClientConnector {
    private final PublicAddresses permitted;

    /** @param permitted what is connected to; looked at when names are resolved */
    PatientConnector(PublicAddresses permitted) {
        this.permitted = permitted;
    }

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return new PatientEndPoint((SocketChannel) channel, selector, key, getScheduler());
    }

    /** When a connection was asked for, in the context that Jetty hands on to its making. */
    private static final String BEGUN_NANOS = PatientConnector.class.getName() + ".begun";

    @Override
    public void connect(SocketAddress address, Map<String, Object> context) {
        if (address instanceof InetSocketAddress internet && !permitted.mayConnectTo(internet.getAddress())) {
            if (context.get(CONNECTION_PROMISE_CONTEXT_KEY) instanceof Promise<?> connection) {
                connection.failed(new NotPermitted(internet.getAddress()));
            }
            return;
        }
        context.put(BEGUN_NANOS, NanoTime.now());
        super.connect(address, context);
    }

    /** Notes on a connection that was made when it was asked for. */
    static void made(EndPoint endPoint, Map<String, Object> context) {
        if (plain(endPoint) instanceof PatientEndPoint patient && context.get(BEGUN_NANOS) instanceof Long nanos) {
            patient.begunNanos = nanos;
        }
    }

    /** Whether a connection was asked for before that time, by {@link NanoTime#now()}. */
    static boolean isBegunBefore(long nanos, Connection connection) {
        return plain(connection.getEndPoint()) instanceof PatientEndPoint patient
                && NanoTime.isBefore(patient.begunNanos, nanos);
    }

    private static EndPoint plain(EndPoint endPoint) {
        return endPoint instanceof SslConnection.SslEndPoint secure
                ? secure.getSslConnection().getEndPoint()
                : endPoint;
    }

    private static final class PatientEndPoint extends SocketChannelEndPoint {
        private volatile long begunNanos = NanoTime.now();

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
