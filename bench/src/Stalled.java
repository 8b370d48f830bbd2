import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Asks for long streams, reads the first bytes of each and then reads no more: what does that cost the gateway?
 *
 * <pre>java -cp target Stalled --url URL --key K [--model M] [--c 100] [--seconds 10] [--pid PID]</pre>
 */
public final class Stalled {
    private Stalled() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var options = new Options(args);
        int pid = options.number("pid", 0);
        var sockets = new ArrayList<Socket>();
        long before = Processes.rssMib(pid);
        for (int i = 0; i < options.number("c", 100); i++) {
            sockets.add(stall(URI.create(options.text("url", "")), options));
        }
        TimeUnit.SECONDS.sleep(options.number("seconds", 10));
        long after = Processes.rssMib(pid);
        System.out.printf(
                Locale.ROOT,
                "%-22s resident %d MiB before, %d MiB meanwhile: %d MiB more%n",
                sockets.size() + " stalled readers",
                before,
                after,
                after - before);
        for (var socket : sockets) {
            socket.close();
        }
    }

    private static Socket stall(URI url, Options options) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new java.net.InetSocketAddress(url.getHost(), url.getPort()));
        var body = "{\"model\":\"" + options.text("model", "bench/bench")
                + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Go on for long.\"}]}";
        socket.getOutputStream()
                .write(("POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                                + "\r\nAuthorization: Bearer " + options.text("key", "none")
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().readNBytes(12).length < 12) {
            throw new IOException("no answer");
        }
        return socket;
    }
}
