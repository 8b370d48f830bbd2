package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of HTTP/2, frame by frame, in the clear. */
@Timeout(60)
class StreamsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestServer.Manual manual = new TestServer.Manual();
    private final HTTP2Client client = new HTTP2Client();
    private final CompletableFuture<Void> going = new CompletableFuture<>();
    private TestServer server;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        open(LONG);
    }

    private void open(Duration bodyTime) throws Exception {
        open(bodyTime, LONG);
    }

    private void open(Duration bodyTime, Duration idleTime) throws Exception {
        server = new TestServer(TestServer.settings(
                        TestServer.limits(LONG, bodyTime, idleTime), TestServer.swap(Duration.ofSeconds(20))))
                .withEcho()
                .with(manual, "POST /manual");
        client.start();
        session = client.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), new Session.Listener() {
                            @Override
                            public void onGoAway(Session closing, GoAwayFrame frame) {
                                going.complete(null);
                            }
                        })
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        server.close();
    }

    /** What comes of a request. */
    private static class Heard implements Stream.Listener {
        private final CompletableFuture<Integer> status = new CompletableFuture<>();
        private final CompletableFuture<String> body = new CompletableFuture<>();
        private final StringBuilder said = new StringBuilder();

        @Override
        public void onHeaders(Stream stream, HeadersFrame frame) {
            status.complete(((MetaData.Response) frame.getMetaData()).getStatus());
            if (frame.isEndStream()) {
                body.complete("");
            } else {
                stream.demand();
            }
        }

        @Override
        public void onDataAvailable(Stream stream) {
            var data = stream.readData();
            if (data == null) {
                stream.demand();
                return;
            }
            said.append(StandardCharsets.US_ASCII.decode(data.frame().getByteBuffer()));
            data.release();
            if (data.frame().isEndStream()) {
                body.complete(said.toString());
            } else {
                stream.demand();
            }
        }

        @Override
        public void onReset(Stream stream, ResetFrame frame, Callback callback) {
            body.completeExceptionally(new IllegalStateException("reset " + frame.getError()));
            callback.succeeded();
        }

        int status() throws Exception {
            return status.get(10, TimeUnit.SECONDS);
        }

        String body() throws Exception {
            return body.get(10, TimeUnit.SECONDS);
        }
    }

    private Stream request(String method, String path, boolean hasBody, Heard heard) throws Exception {
        var uri = HttpURI.from("http://127.0.0.1:" + server.port() + path);
        var head = new MetaData.Request(method, uri, HttpVersion.HTTP_2, HttpFields.EMPTY);
        return session.newStream(new HeadersFrame(head, null, !hasBody), heard).get(10, TimeUnit.SECONDS);
    }

    private static void send(Stream stream, byte[] body, boolean last) {
        stream.data(new DataFrame(stream.getId(), ByteBuffer.wrap(body), last), Callback.NOOP);
    }

    @Test
    void areAnsweredInTheClear() throws Exception {
        var heard = new Heard();
        var stream = request("POST", "/echo", true, heard);
        send(stream, TestServer.bytes("hello"), true);

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.body()).isEqualTo("POST /echo 5 hello");
    }

    @Test
    void areRefusedIfTheyBringTooMuchAndOthersGoOn() throws Exception {
        var heard = new Heard();
        var stream = request("POST", "/echo", true, heard);
        send(stream, new byte[2 << 20], true);
        assertThat(heard.status()).isEqualTo(413);

        var next = new Heard();
        var unused = request("GET", "/echo", false, next);

        assertThat(next.status()).isEqualTo(200);
    }

    @Test
    void areGivenUpIfTheirBodyDoesNotCome() throws Exception {
        stop();
        open(Duration.ofMillis(300));
        var stalled = new Heard();
        var unusedStalled = request("POST", "/echo", true, stalled);

        assertThat(stalled.status()).isEqualTo(408);
        var next = new Heard();
        var unused = request("GET", "/echo", false, next);
        assertThat(next.status()).isEqualTo(200);
    }

    @Test
    void areAnsweredBeforeTheServerStops() throws Exception {
        var heard = new Heard();
        var unused = request("POST", "/manual", false, heard);
        var open = manual.next();
        open.response().start(200, TestServer.TEXT);
        open.write("one").get(10, TimeUnit.SECONDS);

        var stopping = CompletableFuture.runAsync(() -> server.close());
        going.get(10, TimeUnit.SECONDS);
        assertThat(stopping).isNotDone();
        open.response().end(ByteBuffer.wrap(TestServer.bytes("end")));

        assertThat(heard.body()).isEqualTo("oneend");
        stopping.get(10, TimeUnit.SECONDS);
    }

    @Test
    void thatAreResetAreWorkedForNoMore() throws Exception {
        var gone = new CompletableFuture<Void>();
        var stream = request("POST", "/manual", false, new Heard());
        manual.next().response().onClientGone(() -> gone.complete(null));

        stream.reset(new ResetFrame(stream.getId(), 8), Callback.NOOP);

        gone.get(10, TimeUnit.SECONDS);
        var next = new Heard();
        var unused = request("GET", "/echo", false, next);
        assertThat(next.status()).isEqualTo(200);
    }

    @Test
    void thatNobodyReadsAreGivenUp() throws Exception {
        stop();
        client.setInitialStreamRecvWindow(64 * 1024);
        open(LONG, Duration.ofMillis(300));
        var gone = new CompletableFuture<Void>();
        var unused = request("POST", "/manual", false, new Heard() {
            @Override
            public void onHeaders(Stream stream, HeadersFrame frame) {}
        });
        var open = manual.next();
        open.response().onClientGone(() -> gone.complete(null));
        open.response().start(200, TestServer.TEXT);

        var written = open.response().write(ByteBuffer.allocate(1 << 20)).toCompletableFuture();

        gone.get(10, TimeUnit.SECONDS);
        // It fails a moment after the client is said to be gone.
        assertThat(written).failsWithin(Duration.ofSeconds(10));
        assertThat(manual.isEmpty()).isTrue();
    }

    @Test
    void ofAConnectionThatIsGoneAreWorkedForNoMore() throws Exception {
        var gone = new CompletableFuture<Void>();
        var unused = request("POST", "/manual", false, new Heard());
        manual.next().response().onClientGone(() -> gone.complete(null));

        ((HTTP2Session) session).getEndPoint().close();

        gone.get(10, TimeUnit.SECONDS);
    }
}
