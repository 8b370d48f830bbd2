import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * An instant OpenAI-compatible provider: one thread, answers made in advance, so that what is measured is the gateway.
 *
 * <pre>java -cp target Upstream --port 9100 [--ttfb MS] [--gap MS] [--chunks N]</pre>
 *
 * {@code --ttfb} is the wait before an answer begins, {@code --gap} the wait between the chunks of a stream.
 */
public final class Upstream {
    private static final byte[] STREAM_FLAG = "\"stream\":true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "ontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final long ttfbNanos;
    private final long gapNanos;
    private final byte[] whole = whole();
    private final byte[] models = response("{\"object\":\"list\",\"data\":[{\"id\":\"bench\",\"object\":\"model\"}]}");
    private final byte[][] stream;
    private final PriorityQueue<Due> timers = new PriorityQueue<>();

    private Upstream(long ttfbNanos, long gapNanos, int chunks) {
        this.ttfbNanos = ttfbNanos;
        this.gapNanos = gapNanos;
        this.stream = stream(chunks);
    }

    public static void main(String[] args) throws IOException {
        var options = new Options(args);
        new Upstream(
                        TimeUnit.MILLISECONDS.toNanos(options.number("ttfb", 0)),
                        TimeUnit.MILLISECONDS.toNanos(options.number("gap", 0)),
                        options.number("chunks", 32))
                .serve(options.number("port", 9100));
    }

    /** A connection and the request it has not sent whole yet. */
    private static final class Client {
        final SocketChannel channel;
        ByteBuffer in = ByteBuffer.allocate(256 * 1024);
        ByteBuffer out = ByteBuffer.allocate(0);
        int nextChunk = -1;

        Client(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private record Due(long nanos, SelectionKey key) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(nanos, other.nanos);
        }
    }

    private void serve(int port) throws IOException {
        var selector = Selector.open();
        var server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("127.0.0.1", port), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println("upstream on 127.0.0.1:" + server.socket().getLocalPort());
        while (true) {
            var next = timers.peek();
            if (next == null) {
                selector.select();
            } else {
                long wait = next.nanos() - System.nanoTime();
                if (wait > 200_000) {
                    selector.select(Math.max(1, wait / 1_000_000));
                } else {
                    selector.selectNow();
                }
            }
            for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                var key = keys.next();
                keys.remove();
                ready(key, server, selector);
            }
            fire();
        }
    }

    private void ready(SelectionKey key, ServerSocketChannel server, Selector selector) throws IOException {
        if (key.isAcceptable()) {
            var channel = server.accept();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Client(channel));
            return;
        }
        var client = (Client) key.attachment();
        try {
            if (key.isWritable()) {
                flush(key, client);
            }
            if (key.isValid() && key.isReadable()) {
                if (client.channel.read(client.in) < 0) {
                    close(key, client);
                    return;
                }
                answer(key, client);
            }
        } catch (IOException gone) {
            close(key, client);
        }
    }

    private void answer(SelectionKey key, Client client) throws IOException {
        int head = find(client.in, END_OF_HEAD, 0, client.in.position());
        if (head < 0) {
            return;
        }
        int bodyStart = head + END_OF_HEAD.length;
        int length = contentLength(client.in, head);
        if (client.in.position() < bodyStart + length) {
            if (bodyStart + length > client.in.capacity()) {
                client.in = ByteBuffer.allocate(bodyStart + length).put(client.in.flip());
            }
            return;
        }
        boolean get = client.in.get(0) == 'G';
        boolean streamed = find(client.in, STREAM_FLAG, bodyStart, bodyStart + length) >= 0;
        client.in.flip().position(bodyStart + length);
        client.in.compact();
        if (get) {
            send(key, client, models);
        } else if (streamed) {
            client.nextChunk = 0;
            later(key, ttfbNanos);
        } else if (ttfbNanos > 0) {
            client.nextChunk = Integer.MAX_VALUE;
            later(key, ttfbNanos);
        } else {
            send(key, client, whole);
        }
    }

    private void later(SelectionKey key, long nanos) throws IOException {
        if (nanos == 0) {
            advance(key);
        } else {
            timers.add(new Due(System.nanoTime() + nanos, key));
        }
    }

    private void fire() {
        long now = System.nanoTime();
        while (!timers.isEmpty() && timers.peek().nanos() - now <= 0) {
            var key = timers.poll().key();
            try {
                if (key.isValid()) {
                    advance(key);
                }
            } catch (IOException gone) {
                close(key, (Client) key.attachment());
            }
        }
    }

    /** Sends the next chunk, or without a gap the rest of them, each with a write of its own as providers do. */
    private void advance(SelectionKey key) throws IOException {
        var client = (Client) key.attachment();
        if (client.nextChunk == Integer.MAX_VALUE) {
            send(key, client, whole);
            return;
        }
        while (client.nextChunk < stream.length) {
            if (client.out.hasRemaining()) {
                return;
            }
            send(key, client, stream[client.nextChunk++]);
            if (gapNanos > 0) {
                if (client.nextChunk < stream.length) {
                    later(key, gapNanos);
                }
                return;
            }
        }
    }

    private void send(SelectionKey key, Client client, byte[] bytes) throws IOException {
        client.out = ByteBuffer.wrap(bytes);
        flush(key, client);
    }

    private void flush(SelectionKey key, Client client) throws IOException {
        client.channel.write(client.out);
        boolean rest = client.out.hasRemaining();
        key.interestOps(rest ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        if (!rest && key.isWritable() && client.nextChunk >= 0 && client.nextChunk < stream.length) {
            later(key, gapNanos);
        }
    }

    private static void close(SelectionKey key, Client client) {
        key.cancel();
        try {
            client.channel.close();
        } catch (IOException closed) {
            // It is closed all the same.
        }
    }

    private static int contentLength(ByteBuffer in, int head) {
        int at = find(in, LENGTH, 0, head);
        if (at < 0) {
            return 0;
        }
        int length = 0;
        for (int p = at + LENGTH.length; p < head && in.get(p) != '\r'; p++) {
            if (in.get(p) != ' ') {
                length = length * 10 + in.get(p) - '0';
            }
        }
        return length;
    }

    /** Where ASCII text begins; letters are compared in either case. */
    private static int find(ByteBuffer in, byte[] text, int from, int to) {
        outer:
        for (int p = from; p <= to - text.length; p++) {
            for (int i = 0; i < text.length; i++) {
                int a = in.get(p + i);
                if (a != text[i] && (a | 0x20) != text[i]) {
                    continue outer;
                }
            }
            return p;
        }
        return -1;
    }

    private static byte[] whole() {
        return response("{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1700000000,"
                + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                + "tok ".repeat(80) + "\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":80,\"total_tokens\":120}}");
    }

    private static byte[] response(String json) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] stream(int chunks) {
        var pieces = new byte[chunks + 1][];
        for (int i = 0; i < chunks; i++) {
            pieces[i] = httpChunk("data: " + chunk("{\"content\":\"tok \"}", "null") + "\n\n");
        }
        pieces[0] = concat(
                ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                pieces[0]);
        pieces[chunks] = concat(
                httpChunk("data: " + chunk("{}", "\"stop\"") + "\n\n"
                        + "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                        + "\"model\":\"bench\",\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":"
                        + chunks + ",\"total_tokens\":" + (40 + chunks) + "}}\n\ndata: [DONE]\n\n"),
                "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return pieces;
    }

    private static String chunk(String delta, String finishReason) {
        return "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"bench\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finishReason + "}]}";
    }

    private static byte[] httpChunk(String text) {
        return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
