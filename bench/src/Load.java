import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for chats as fast as the answers come, or at a fixed rate, and checks every answer: status 200, text and usage
 * there; of a stream each chunk, the usage and the terminator. One thread, so that it takes little of the machine.
 *
 * <pre>java -cp target Load --url URL [--key K] [--model M] [--c 16] [--seconds 5] [--warmup 3] [--rps N] [--stream]
 *      [--chunks 32] [--prompt BYTES] [--pid PID] [--count N]</pre>
 *
 * At a fixed rate, latency counts from the moment a request was due, so that a stall is not hidden. With {@code --pid}
 * it tells what the process (and its children) spent on each request.
 */
public final class Load {
    private static final byte[] CONTENT = "tok ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USAGE = "\"completion_tokens\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_CHUNKS = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Options options;
    private final URI url;
    private final boolean stream;
    private final int chunks;
    private final byte[] request;
    private final Samples total = new Samples();
    private final Samples firstToken = new Samples();
    private long failed;
    private String firstFailure = "";
    private long measureFrom;
    private long end;
    private long remaining;

    private Load(Options options) {
        this.options = options;
        this.url = URI.create(options.text("url", "http://127.0.0.1:8080/api/v1/chat/completions"));
        this.stream = options.flag("stream");
        this.chunks = options.number("chunks", 32);
        this.request = request();
    }

    public static void main(String[] args) throws IOException {
        new Load(new Options(args)).run();
    }

    /** A connection with what has come of its answer. */
    private final class Connection {
        SelectionKey key;
        SocketChannel channel;
        ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        ByteBuffer out = ByteBuffer.allocate(0);
        long startNanos;
        long firstNanos;
        boolean busy;
    }

    private void run() throws IOException {
        int connections = options.number("c", 16);
        double rps = options.number("rps", 0);
        long interval = rps > 0 ? (long) (1e9 / rps) : 0;
        remaining = options.number("count", Integer.MAX_VALUE);
        long begin = System.nanoTime();
        measureFrom = begin + TimeUnit.SECONDS.toNanos(options.number("warmup", 3));
        end = measureFrom + TimeUnit.SECONDS.toNanos(options.number("seconds", 5));
        var selector = Selector.open();
        var all = new Connection[connections];
        for (int i = 0; i < connections; i++) {
            all[i] = new Connection();
            connect(all[i], selector);
        }
        double cpuBefore = -1;
        long due = begin;
        while (true) {
            long now = System.nanoTime();
            if (cpuBefore < 0 && now >= measureFrom) {
                cpuBefore = Processes.cpuSeconds(options.number("pid", 0));
            }
            boolean over = now >= end || remaining <= 0;
            boolean anyBusy = false;
            for (var connection : all) {
                anyBusy |= connection.busy;
                if (!connection.busy && !over && (interval == 0 || due <= now)) {
                    begin(connection, interval == 0 ? now : due);
                    due += interval;
                    anyBusy = true;
                }
            }
            if (over && (!anyBusy || now - end > TimeUnit.SECONDS.toNanos(20))) {
                break;
            }
            long wait = interval == 0 || over ? 1_000_000_000 : due - now;
            if (wait <= 0) {
                selector.selectNow();
            } else if (anyBusy) {
                // Answers wake it far more often than the millisecond that a selector waits at the least.
                selector.select(Math.max(1, wait / 1_000_000));
            } else {
                LockSupport.parkNanos(wait);
            }
            for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                var key = keys.next();
                keys.remove();
                read((Connection) key.attachment(), selector, over, interval);
            }
        }
        report(cpuBefore < 0 ? 0 : Processes.cpuSeconds(options.number("pid", 0)) - cpuBefore);
    }

    private void connect(Connection connection, Selector selector) throws IOException {
        if (connection.key != null) {
            connection.key.cancel();
            connection.channel.close();
        }
        connection.channel = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()));
        connection.channel.configureBlocking(false);
        connection.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connection.key = connection.channel.register(selector, SelectionKey.OP_READ, connection);
        connection.busy = false;
        connection.in.clear();
    }

    private void begin(Connection connection, long startNanos) throws IOException {
        connection.busy = true;
        connection.startNanos = startNanos;
        connection.firstNanos = 0;
        connection.in.clear();
        remaining--;
        connection.out = ByteBuffer.wrap(request);
        while (connection.out.hasRemaining()) {
            connection.channel.write(connection.out);
        }
    }

    private void read(Connection connection, Selector selector, boolean over, long interval) throws IOException {
        int count;
        try {
            count = connection.channel.read(connection.in);
        } catch (IOException reset) {
            count = -1;
        }
        if (count < 0) {
            if (connection.busy) {
                fail("connection closed");
            }
            connect(connection, selector);
            return;
        }
        var bytes = connection.in.array();
        int length = connection.in.position();
        if (connection.firstNanos == 0 && find(bytes, CONTENT, 0, length) >= 0) {
            connection.firstNanos = System.nanoTime();
        }
        if (!isComplete(bytes, length)) {
            if (!connection.in.hasRemaining()) {
                connection.in = ByteBuffer.allocate(connection.in.capacity() * 2).put(connection.in.flip());
            }
            return;
        }
        long now = System.nanoTime();
        connection.busy = false;
        var problem = problem(bytes, length);
        if (!problem.isEmpty()) {
            fail(problem);
            connect(connection, selector);
        } else if (now >= measureFrom) {
            total.add(now - connection.startNanos);
            firstToken.add(connection.firstNanos - connection.startNanos);
        }
        if (!over && interval == 0 && now < end && remaining > 0) {
            begin(connection, System.nanoTime());
        }
    }

    private boolean isComplete(byte[] bytes, int length) {
        int head = find(bytes, END_OF_HEAD, 0, Math.min(length, 4096));
        if (head < 0) {
            return false;
        }
        var text = new String(bytes, 0, head, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int at = text.indexOf("content-length:");
        if (at < 0) {
            return endsWith(bytes, length, END_OF_CHUNKS);
        }
        int lineEnd = text.indexOf('\r', at);
        int body = Integer.parseInt(text.substring(at + 15, lineEnd < 0 ? text.length() : lineEnd).strip());
        return length >= head + 4 + body;
    }

    private String problem(byte[] bytes, int length) {
        if (bytes[9] != '2' || bytes[10] != '0' || bytes[11] != '0') {
            return new String(bytes, 0, Math.min(length, 400), StandardCharsets.UTF_8);
        }
        if (find(bytes, USAGE, 0, length) < 0) {
            return "no usage";
        }
        int tokens = count(bytes, CONTENT, length);
        if (!stream) {
            return tokens > 0 ? "" : "no text";
        }
        if (tokens != chunks) {
            return tokens + " chunks instead of " + chunks;
        }
        return find(bytes, DONE, 0, length) >= 0 ? "" : "no [DONE]";
    }

    private void fail(String problem) {
        if (firstFailure.isEmpty()) {
            firstFailure = problem;
        }
        failed++;
    }

    private void report(double cpuSeconds) {
        double seconds = options.number("seconds", 5);
        var line = new StringBuilder("{\"requests\":" + total.size() + ",\"failed\":" + failed);
        line.append(",\"rps\":").append(Math.round(total.size() / seconds));
        total.percentiles(line, "");
        if (stream) {
            firstToken.percentiles(line, "ttft_");
        }
        int pid = options.number("pid", 0);
        if (pid > 0 && total.size() > 0) {
            line.append(String.format(Locale.ROOT, ",\"cpu_us_per_request\":%.1f", cpuSeconds * 1e6 / total.size()));
            line.append(",\"rss_mib\":").append(Processes.rssMib(pid));
        }
        if (!firstFailure.isEmpty()) {
            line.append(",\"first_failure\":\"")
                    .append(firstFailure.replaceAll("[^ -!#-\\[\\]-~]", " "))
                    .append('"');
        }
        System.out.println(line.append('}'));
    }

    private byte[] request() {
        int size = options.number("prompt", 200);
        var prompt = "Explain how a telephone switchboard works. ".repeat(size / 43 + 1).substring(0, size);
        var body = "{\"model\":\"" + options.text("model", "bench/bench") + "\",\"messages\":[{\"role\":\"system\","
                + "\"content\":\"You are a helpful assistant.\"},{\"role\":\"user\",\"content\":\"" + prompt
                + "\"}],\"temperature\":0.7,\"max_tokens\":256"
                + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "") + "}";
        return ("POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAuthorization: Bearer "
                        + options.text("key", "none") + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean endsWith(byte[] bytes, int length, byte[] end) {
        return length >= end.length
                && Arrays.equals(bytes, length - end.length, length, end, 0, end.length);
    }

    private static int count(byte[] bytes, byte[] text, int length) {
        int count = 0;
        for (int at = find(bytes, text, 0, length); at >= 0; at = find(bytes, text, at + text.length, length)) {
            count++;
        }
        return count;
    }

    private static int find(byte[] bytes, byte[] text, int from, int to) {
        outer:
        for (int p = from; p <= to - text.length; p++) {
            for (int i = 0; i < text.length; i++) {
                if (bytes[p + i] != text[i]) {
                    continue outer;
                }
            }
            return p;
        }
        return -1;
    }

    /** Durations, and their percentiles in milliseconds. */
    private static final class Samples {
        private long[] nanos = new long[1 << 16];
        private int size;

        void add(long value) {
            if (size == nanos.length) {
                nanos = Arrays.copyOf(nanos, size * 2);
            }
            nanos[size++] = value;
        }

        int size() {
            return size;
        }

        void percentiles(StringBuilder to, String prefix) {
            Arrays.sort(nanos, 0, size);
            double[] shares = {0.5, 0.9, 0.99, 0.999, 1};
            String[] names = {"p50", "p90", "p99", "p999", "max"};
            for (int i = 0; i < shares.length; i++) {
                int at = Math.min(size - 1, (int) (size * shares[i]));
                to.append(String.format(
                        Locale.ROOT, ",\"%s%s_ms\":%.3f", prefix, names[i], size == 0 ? 0 : nanos[at] / 1e6));
            }
        }
    }
}
