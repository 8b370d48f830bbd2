package io.patchbay.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.fetch.Fetched;
import io.patchbay.api.network.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files from a server on this machine, which stands for a public one: its address is permitted. */
class FetchServiceTest {
    private static final int MOST_BYTES = 100_000;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String FIELD = "file.file_data";

    private final Web web = new Web();
    private final CountDownLatch end = new CountDownLatch(1);
    private FetchService fetcher = fetcher(LONG, InetAddress::getAllByName);

    private FetchService fetcher(Duration patience, CheckedResolver.Names names) {
        return new FetchService(
                new FetchSettings(List.of(Network.parse("127.0.0.1/32")), MOST_BYTES, patience, 2), names);
    }

    @AfterEach
    void stop() {
        end.countDown();
        fetcher.close();
        web.close();
    }

    private CompletableFuture<Fetched> fetch(String path) {
        return fetcher.fetch(web.url(path), FIELD);
    }

    private Failure failure(CompletableFuture<Fetched> file) {
        var thrown = file.handle((fetched, failure) -> failure).join();
        assertThat(thrown).isNotNull();
        return FailureException.find(new CompletionException(thrown)).orElseThrow();
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void bringsAFileAndWhatItsServerSaysOfIt() {
        var file = fetch("/a b.txt".replace(" ", "%20")).join();

        assertThat(new String(file.bytes(), UTF_8)).isEqualTo("a file");
        assertThat(file.mediaType()).contains("text/plain");
    }

    @Test
    void sendsNothingThatTellsWhoAsks() {
        web.page(
                "/head",
                exchange -> Web.send(
                        exchange,
                        200,
                        String.join(",", exchange.getRequestHeaders().keySet())));

        var names = new String(fetch("/head").join().bytes(), UTF_8);

        assertThat(List.of(names.split(",", -1))).containsExactlyInAnyOrder("Accept", "Host", "User-agent");
    }

    @Test
    void followsThreeRedirectsAndNotAFourth() {
        web.redirect("/4", "/3")
                .redirect("/3", web.url("/2"))
                .redirect("/2", "1")
                .redirect("/1", "/file");

        assertThat(new String(fetch("/3").join().bytes(), UTF_8)).isEqualTo("a file");
        assertThat(failure(fetch("/4")).message()).contains("redirected more than 3 times");
    }

    @Test
    void looksAtWhereARedirectLeads() {
        web.redirect("/file", "http://169.254.169.254/latest/meta-data/")
                .redirect("/odd", "http://2130706433:" + web.port() + "/")
                .redirect("/scheme", "file:///etc/passwd")
                .page("/nowhere", exchange -> exchange.sendResponseHeaders(302, -1));

        assertThat(failure(fetch("/file")).message()).contains("no public address");
        assertThat(failure(fetch("/odd")).message()).contains("no host");
        assertThat(failure(fetch("/scheme")).message()).contains("http: or https:");
        assertThat(failure(fetch("/nowhere")).message()).contains("nowhere");
    }

    @Test
    void isNotRedirectedToWhatIsNotSecure() throws Refused {
        var secure = Location.parse("https://8.8.8.8/a");

        assertThat(secure.redirected("b").uri()).hasToString("https://8.8.8.8/b");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> secure.redirected("http://8.8.8.8/b")))
                .hasMessageContaining("from https: to http:");
    }

    /** What was looked at is what is connected to: a name that means another address a moment later is of no use. */
    @Test
    void doesNotConnectToWhatANameMeansTheSecondTime() {
        try (var inside = new Web()) {
            var asked = new AtomicInteger();
            fetcher.close();
            fetcher = fetcher(LONG, host -> rebinding(asked.incrementAndGet()));
            web.redirect("/again", "http://rebinding.example:" + inside.port() + "/");

            var first = fetcher.fetch("http://rebinding.example:" + web.port() + "/", FIELD)
                    .join();
            assertThat(new String(first.bytes(), UTF_8)).isEqualTo("a file");
            assertThat(asked).hasValue(1);

            var redirected = failure(fetcher.fetch("http://rebinding.example:" + web.port() + "/again", FIELD));
            assertThat(redirected.message()).contains("no public address");
            assertThat(inside.visits).hasValue(0);
        }
    }

    /** First the one that is permitted here, then one that is not: both are this machine. */
    private static InetAddress[] rebinding(int time) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(time == 1 ? "127.0.0.1" : "127.0.0.2")};
    }

    @Test
    void takesNoMoreThanItIsToWhetherItIsSaidBeforehandOrNot() {
        web.page("/said", exchange -> Web.send(exchange, 200, "x".repeat(MOST_BYTES + 1)))
                .page("/unsaid", exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; i <= MOST_BYTES / 1_000; i++) {
                        exchange.getResponseBody().write(new byte[1_000]);
                    }
                })
                .page("/just", exchange -> Web.send(exchange, 200, "x".repeat(MOST_BYTES)));

        assertThat(failure(fetch("/said")).message()).contains("is larger than");
        assertThat(failure(fetch("/unsaid")).message()).contains("is larger than");
        assertThat(fetch("/just").join().bytes()).hasSize(MOST_BYTES);
    }

    @Test
    void saysWhatAServerSays() {
        web.page("/gone", exchange -> Web.send(exchange, 404, "no")).page("/packed", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            Web.send(exchange, 200, "bomb");
        });

        var gone = failure(fetch("/gone"));
        assertThat(gone.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(gone.field()).contains(FIELD);
        assertThat(gone.message()).contains("404");
        assertThat(failure(fetch("/packed")).message()).contains("packed");
    }

    @Test
    void waitsNoLongerThanItIsToForBeginningAndEnd() {
        fetcher.close();
        fetcher = fetcher(Duration.ofMillis(300), InetAddress::getAllByName);
        web.page("/silent", exchange -> hang()).page("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            hang();
        });

        assertThat(failure(fetch("/silent")).message()).contains("takes longer than 300 ms");
        assertThat(failure(fetch("/slow")).message()).contains("takes longer than 300 ms");
    }

    @Test
    void takesNoMoreFilesAtOnceThanItIsToAndThoseAgainWhenSomeAreThere() {
        web.page("/silent", exchange -> hang());
        var first = fetch("/silent");
        var second = fetch("/silent");

        var third = failure(fetch("/"));
        assertThat(third.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(third.retryAfter()).isPresent();

        first.cancel(false);
        assertThat(fetch("/").join().bytes()).isNotEmpty();
        second.cancel(false);
    }

    @Test
    void aNetworkIsWrittenAsNetworksAre() {
        assertThat(List.of("10.0.0.0/33", "10.0.0.0/x", "10.1/8", "localhost", "::ffff:1.2.3.4/96"))
                .allSatisfy(
                        wrong -> assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Network.parse(wrong)))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining(wrong.split("/", 2)[0]));
    }
}
