package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections, and those with many exchanges at once. */
@Timeout(60)
class EncryptedTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Making a key takes its time, and one is as good as another. */
    @TempDir
    static Path keys;

    private static CertificateFiles made;

    @TempDir
    Path folder;

    private CertificateFiles files;
    private TestServer server;
    private final TestServer.Manual manual = new TestServer.Manual();
    private final CountDownLatch gone = new CountDownLatch(1);

    /** How clients come. */
    private enum Way {
        TLS_1(true, HttpClient.Version.HTTP_1_1),
        TLS_2(true, HttpClient.Version.HTTP_2),
        CLEAR(false, HttpClient.Version.HTTP_1_1);

        private final boolean encrypted;
        private final HttpClient.Version version;

        Way(boolean encrypted, HttpClient.Version version) {
            this.encrypted = encrypted;
            this.version = version;
        }

        URI uri(TestServer server, String path) {
            return URI.create(
                    encrypted
                            ? "https://localhost:"
                                    + server.server.encryptedPort().orElseThrow() + path
                            : "http://localhost:" + server.port() + path);
        }

        HttpClient client() throws Exception {
            return HttpClient.newBuilder()
                    .version(version)
                    .sslContext(TestCertificate.trusting())
                    .build();
        }
    }

    @BeforeAll
    static void make() throws Exception {
        made = TestCertificate.write(keys, "first", "EC");
    }

    @BeforeEach
    void start() throws Exception {
        files = new CertificateFiles(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
        Files.copy(made.certificate(), files.certificate());
        Files.copy(made.key(), files.key());
        server = server(TestServer.limits(LONG), LONG);
    }

    private TestServer server(Settings.Limits limits, Duration swap) {
        var settings = new Settings(
                "127.0.0.1",
                0,
                "",
                limits,
                TestServer.swap(swap),
                true,
                Optional.of(new Settings.Tls("127.0.0.1", 0, files)));
        return new TestServer(settings).withEcho().with(manual, "POST /manual");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpRequest.Builder post(Way way, String path, String body) {
        return HttpRequest.newBuilder(way.uri(server, path)).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> echo(Way way, HttpClient client, String body) throws Exception {
        return client.send(post(way, "/echo", body).build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource
    void answersInTheVersionTheClientSpeaks(Way way) throws Exception {
        var client = way.client();

        for (int i = 0; i < 3; i++) {
            var answer = echo(way, client, "hello " + i);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("POST /echo 7 hello " + i);
            assertThat(answer.version()).isEqualTo(way.version);
            assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesLargeBodiesAndManyRequestsAtOnce(Way way) throws Exception {
        var client = way.client();
        var large = "x".repeat(500_000);
        assertThat(echo(way, client, large).body()).endsWith(large);
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();

        for (int i = 0; i < 50; i++) {
            answers.add(client.sendAsync(post(way, "/echo", "a" + i).build(), HttpResponse.BodyHandlers.ofString()));
        }

        for (int i = 0; i < 50; i++) {
            assertThat(answers.get(i).get(30, TimeUnit.SECONDS).body()).endsWith("a" + i);
        }
    }

    private InputStream open(Way way, HttpClient client) throws Exception {
        var answer = client.sendAsync(post(way, "/manual", "").build(), HttpResponse.BodyHandlers.ofInputStream());
        var open = manual.next();
        open.response().onClientGone(gone::countDown);
        open.response().start(200, TestServer.TEXT);
        open.write("one").get(10, TimeUnit.SECONDS);
        lastOpen = open;
        return answer.get(10, TimeUnit.SECONDS).body();
    }

    private TestServer.Open lastOpen;

    private static String read(InputStream in, int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    void streamsPieceByPiece(Way way) throws Exception {
        try (var body = open(way, way.client())) {
            assertThat(read(body, 3)).isEqualTo("one");
            lastOpen.write("two").get(10, TimeUnit.SECONDS);
            assertThat(read(body, 3)).isEqualTo("two");
            lastOpen.response().end(ByteBuffer.wrap(TestServer.bytes("end")));
            assertThat(read(body, 9)).isEqualTo("end");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsThatAClientHasLeft(Way way) throws Exception {
        var body = open(way, way.client());
        assertThat(read(body, 3)).isEqualTo("one");

        body.close();

        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(echo(way, way.client(), "next").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenAnswerIsNoEnd(Way way) throws Exception {
        try (var body = open(way, way.client())) {
            assertThat(read(body, 3)).isEqualTo("one");

            lastOpen.response().abort();

            assertThatThrownBy(() -> read(body, 3)).isInstanceOf(IOException.class);
        }
    }

    /** JDK's client drops what is under way when a server of HTTP/2 says that it is going; see {@link StreamsTest}. */
    @ParameterizedTest
    @EnumSource(names = {"TLS_1", "CLEAR"})
    void whatIsUnderWayIsAnsweredBeforeTheServerStops(Way way) throws Exception {
        var client = way.client();
        try (var body = open(way, client)) {
            var another = post(way, "/echo", "new").build();
            var stopping = CompletableFuture.runAsync(() -> server.close());
            Await.until("nobody new is let in", () -> isRefused(way, another));
            assertThat(stopping).isNotDone();

            lastOpen.response().end(ByteBuffer.wrap(TestServer.bytes("end")));

            assertThat(read(body, 9)).isEqualTo("oneend");
            stopping.get(10, TimeUnit.SECONDS);
        }
    }

    private static boolean isRefused(Way way, HttpRequest request) {
        try {
            var unused = way.client().send(request, HttpResponse.BodyHandlers.ofString());
            return false;
        } catch (IOException refused) {
            return true;
        } catch (Exception defect) {
            throw new AssertionError(defect);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerMayTakeLongerThanAConnectionMayBeIdle(Way way) throws Exception {
        server.close();
        server = server(TestServer.limits(LONG, LONG, Duration.ofMillis(300)), LONG);
        var answer = way.client().sendAsync(post(way, "/manual", "").build(), HttpResponse.BodyHandlers.ofString());
        var open = manual.next();
        var later = CompletableFuture.delayedExecutor(1_200, TimeUnit.MILLISECONDS);

        CompletableFuture.runAsync(() -> open.response().send(200, TestServer.TEXT, TestServer.bytes("late")), later)
                .get(10, TimeUnit.SECONDS);

        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("late");
    }

    private String subject() throws Exception {
        int port = server.server.encryptedPort().orElseThrow();
        try (var socket =
                (SSLSocket) TestCertificate.trusting().getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    @Test
    void whoeverAsksToUpgradeInTheClearIsAnsweredAsBefore() throws Exception {
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        var request = HttpRequest.newBuilder(Way.CLEAR.uri(server, "/echo")).build();

        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void showsANewCertificateWithoutEndingWhatIsOpen() throws Exception {
        assertThat(subject()).isEqualTo("CN=first");
        try (var body = open(Way.TLS_1, Way.TLS_1.client())) {
            TestCertificate.write(folder, "second", "RSA");
            Files.setLastModifiedTime(files.key(), FileTime.from(Instant.now().plusSeconds(5)));

            Await.until("the new certificate is shown", () -> {
                try {
                    return subject().equals("CN=second");
                } catch (Exception defect) {
                    throw new AssertionError(defect);
                }
            });

            lastOpen.response().end(ByteBuffer.wrap(TestServer.bytes("end")));
            assertThat(read(body, 9)).isEqualTo("oneend");
        }
    }

    @Test
    void keepsTheOldCertificateIfTheNewOneIsNone() throws Exception {
        Files.writeString(files.certificate(), "nonsense");
        var watched = new CertificateFiles(files.certificate(), files.key());

        assertThatThrownBy(() -> watched.read("a".toCharArray())).isInstanceOf(IOException.class);
        assertThat(subject()).isEqualTo("CN=first");
    }

    @Test
    void listensInTheClearIfThereIsNoCertificate() throws Exception {
        server.close();
        files = new CertificateFiles(folder.resolve("none.pem"), folder.resolve("none.key"));
        server = server(TestServer.limits(LONG), LONG);

        assertThat(server.server.encryptedPort()).isEmpty();
        assertThat(echo(Way.CLEAR, Way.CLEAR.client(), "hello").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void takesNoKeyThatIsAnothers(String algorithm) throws Exception {
        var other = TestCertificate.write(Files.createDirectory(folder.resolve("other")), "other", algorithm);
        var mixed = new CertificateFiles(files.certificate(), other.key());

        assertThat(other.read("a".toCharArray()).size()).isEqualTo(1);
        assertThatThrownBy(() -> mixed.read("a".toCharArray())).isInstanceOf(IOException.class);
    }

    @Test
    void saysWhatIsWrongWithAKey() throws Exception {
        Files.writeString(files.key(), "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n");

        assertThatThrownBy(() -> files.read("a".toCharArray())).hasMessageContaining("openssl pkcs8");
    }
}
