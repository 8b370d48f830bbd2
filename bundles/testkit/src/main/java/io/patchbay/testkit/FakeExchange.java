package io.patchbay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * One request at a {@link FakeUpstream} and the bare connection to answer it on. Everything written leaves at once.
 * For the thread of its script.
 */
public final class FakeExchange {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ReceivedRequest request;
    private final int onThisConnection;

    FakeExchange(Socket socket, InputStream in, ReceivedRequest request, int onThisConnection) throws IOException {
        this.socket = socket;
        this.in = in;
        this.out = socket.getOutputStream();
        this.request = request;
        this.onThisConnection = onThisConnection;
    }

    /** What is to be answered. */
    public ReceivedRequest request() {
        return request;
    }

    /** The how-manieth request of its connection this is, from 1. */
    public int onThisConnection() {
        return onThisConnection;
    }

    /** Writes bytes as they are. */
    public FakeExchange write(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Writes text as UTF-8, as it is. */
    public FakeExchange write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the head of an answer: status line, header lines like {@code "Retry-After: 7"}, blank line. */
    public FakeExchange head(int status, String... headerLines) throws IOException {
        var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Fake\r\n");
        for (var line : headerLines) {
            head.append(line).append("\r\n");
        }
        return write(head.append("\r\n").toString());
    }

    /** Writes a whole answer with its length. */
    public FakeExchange body(int status, String contentType, byte[] body) throws IOException {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(("HTTP/1.1 " + status + " Fake\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(body);
        return write(whole.toByteArray());
    }

    /** Writes the head of a stream of server-sent events in chunks. */
    public FakeExchange sseHead() throws IOException {
        return head(200, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
    }

    /** Writes one chunk of a body with {@code Transfer-Encoding: chunked}. */
    public FakeExchange chunk(byte... bytes) throws IOException {
        var chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.write('\r');
        chunk.write('\n');
        return write(chunk.toByteArray());
    }

    /** Writes text as one chunk. */
    public FakeExchange chunk(String text) throws IOException {
        return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the chunk that ends a body. */
    public FakeExchange lastChunk() throws IOException {
        return write("0\r\n\r\n");
    }

    /** Writes bytes in pieces of that size, each in a chunk of its own, with a pause after each. */
    public FakeExchange drip(byte[] bytes, int pieceSize, Duration pause) throws IOException, InterruptedException {
        for (int at = 0; at < bytes.length; at += pieceSize) {
            var piece = new byte[Math.min(pieceSize, bytes.length - at)];
            System.arraycopy(bytes, at, piece, 0, piece.length);
            chunk(piece);
            pause(pause);
        }
        return this;
    }

    /** Does nothing for a while. */
    public FakeExchange pause(Duration time) throws InterruptedException {
        if (!time.isZero()) {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
        return this;
    }

    /** Waits until the client has closed the connection, or throws if it has not within that time. */
    public void awaitClientGone(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        try {
            while (in.read() >= 0) {
                // A client that goes on talking is no client that has gone.
            }
        } catch (SocketTimeoutException stillThere) {
            throw new AssertionError("the client is still there after " + limit.toMillis() + " ms", stillThere);
        } catch (IOException reset) {
            // Gone is gone.
        }
        close();
    }

    /** Closes the connection in good TCP order. */
    public void close() throws IOException {
        socket.close();
    }

    /** Breaks the connection: the client sees a TCP reset, and may lose what it has not read yet. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Compresses bytes, for an answer with {@code Content-Encoding: gzip}. */
    public static byte[] gzip(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }
}
