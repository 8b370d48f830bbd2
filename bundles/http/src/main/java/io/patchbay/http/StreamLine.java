package io.patchbay.http;

import org.eclipse.jetty.server.Request;

/**
 * A stream of an HTTP/2 connection. Jetty goes on reading from such a connection while requests are answered, so it tells
 * that a client has left; and it resets the stream of an answer that fails.
 */
final class StreamLine implements Line {
    private final ClientEndPoint connection;
    private final Request request;

    StreamLine(ClientEndPoint connection, Request request) {
        this.connection = connection;
        this.request = request;
    }

    @Override
    public void begin(Exchange begun) {
        connection.beginStream(begun);
        request.addFailureListener(begun::clientGone);
    }

    @Override
    public void watch() {}

    @Override
    public void end(Exchange over) {
        connection.endStream(over);
    }

    @Override
    public void close(Throwable cause) {}

    @Override
    public void resetOnClose() {}
}
