package io.patchbay.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Framing;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.network.PublicAddresses;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time, cancellation, the pool, and the end. */
class ConnectionsTest {
    /** A promise of one second, and room for a machine that is busy with other tests. */
    private static final Duration PROMPTLY = Duration.ofSeconds(3);

    private final Network network = new Network();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void givesUpWaitingForAConnection() {
        try (var narrow = new Network(new Settings(
                Settings.DEFAULT.permitted(), 1, 10, Duration.ofSeconds(60), Duration.ZERO, Limits.DEFAULT))) {
            narrow.upstream.answer(FakeAnswers.never());
            narrow.ask(Framing.WHOLE);
            narrow.upstream.awaitRequests(1, Network.SOON);
            var failure = narrow.ask(narrow.provider(Network.timeouts(100, 9000, 9000, 9000)), Framing.WHOLE)
                    .awaitFailure();
            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(failure.message()).contains("connect timeout", "100 ms");
        }
    }

    /** Whatever its name says: it is the address that counts. */
    @Test
    void connectsToNoAddressThatIsNeitherPublicNorPermitted() {
        var nowhere = new PublicAddresses(List.of());
        var settings = new Settings(nowhere, 8, 8, Duration.ofSeconds(60), Duration.ZERO, Limits.DEFAULT);
        try (var strict = new Network(settings)) {
            for (var host : new String[] {"127.0.0.1", "localhost", "[::1]"}) {
                var url = URI.create(
                        "http://" + host + ":" + strict.upstream.baseUrl().getPort());
                var failure = strict.ask(Network.provider(url, Provider.Timeouts.DEFAULT), Framing.WHOLE)
                        .awaitFailure();
                assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
                assertThat(failure.message()).contains("does not permit");
            }
            assertThat(strict.upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1", "http://192.168.1.1:8000", "http://169.254.169.254", "http://[fd00::1]"})
    void connectsToNothingPrivateUnlessItIsPermitted(String url) {
        var failure = network.ask(Network.provider(URI.create(url), Provider.Timeouts.DEFAULT), Framing.WHOLE)
                .awaitFailure();
        assertThat(failure.message()).contains("does not permit");
    }

    @Test
    void givesUpWaitingForTheFirstByte() {
        network.upstream.answer(FakeAnswers.never());
        var failure = network.ask(network.provider(Network.timeouts(9000, 100, 9000, 9000)), Framing.SSE)
                .awaitFailure();
        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.message()).contains("first-byte timeout");
        network.upstream.awaitOpenConnections(0, PROMPTLY);
    }

    @Test
    void givesUpOnAStreamThatFallsSilent() {
        network.upstream.answer(
                exchange -> exchange.sseHead().chunk("data: 1\n\n").awaitClientGone(Duration.ofSeconds(10)));
        var listener = network.ask(network.provider(Network.timeouts(9000, 9000, 100, 9000)), Framing.SSE);
        assertThat(listener.awaitFailure().message()).contains("idle timeout");
        assertThat(listener.texts()).containsExactly("1");
        assertThat(listener.mistakes()).isEmpty();
        network.upstream.awaitOpenConnections(0, PROMPTLY);
    }

    @Test
    void givesUpOnAWholeAnswerThatOnlyDrips() {
        network.upstream.answer(exchange ->
                exchange.head(200, "Transfer-Encoding: chunked").drip(new byte[10_000], 1, Duration.ofMillis(10)));
        var failure = network.ask(network.provider(Network.timeouts(9000, 9000, 9000, 200)), Framing.WHOLE)
                .awaitFailure();
        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.message()).contains("total timeout");
        network.upstream.awaitOpenConnections(0, PROMPTLY);
    }

    @Test
    void letsAStreamLastLongerThanAWholeAnswerMay() {
        network.upstream.answer(exchange -> {
            exchange.sseHead();
            for (int i = 0; i < 30; i++) {
                exchange.chunk("data: " + i + "\n\n").pause(Duration.ofMillis(10));
            }
            exchange.lastChunk();
        });
        var listener = network.ask(network.provider(Network.timeouts(9000, 9000, 150, 100)), Framing.SSE);
        assertThat(listener.awaitEnd().frames()).hasSize(30);
    }

    @Test
    void doesNotCountTheTimeThatASlowReaderTakes() {
        network.upstream.answer(exchange -> exchange.sseHead()
                .chunk("data: 1\n\n")
                .pause(Duration.ofMillis(20))
                .chunk("data: 2\n\n")
                .lastChunk());
        var listener = RecordingListener.slow(Framing.SSE);
        network.transport.send(
                network.provider(Network.timeouts(9000, 9000, 150, 9000)), Network.post(Framing.SSE), listener);
        Network.await(() -> listener.deliveries() == 1, "the first event");
        var longerThanIdle = new CompletableFuture<Void>().completeOnTimeout(null, 400, TimeUnit.MILLISECONDS);
        assertThat(longerThanIdle).succeedsWithin(Network.SOON);
        assertThat(listener.isOver()).isFalse();
        while (!listener.isOver()) {
            listener.wantMore();
        }
        assertThat(listener.awaitEnd().texts()).containsExactly("1", "2");
    }

    @Test
    void keepsAQuietCallLongerThanAnIdleConnection() {
        try (var hasty = new Network(new Settings(
                Settings.DEFAULT.permitted(), 8, 8, Duration.ofMillis(100), Duration.ofSeconds(1), Limits.DEFAULT))) {
            hasty.upstream.answer(exchange -> exchange.sseHead()
                    .pause(Duration.ofMillis(400))
                    .chunk("data: late\n\n")
                    .lastChunk());
            assertThat(hasty.ask(Framing.SSE).awaitEnd().texts()).containsExactly("late");
            hasty.upstream.awaitOpenConnections(0, PROMPTLY);
        }
    }

    @Test
    void cancelClosesTheConnectionAtEveryStage() {
        network.upstream.answerNext(FakeAnswers.never());
        var unanswered = RecordingListener.of(Framing.SSE);
        var call = network.transport.send(network.provider(), Network.post(Framing.SSE), unanswered);
        network.upstream.awaitRequests(1, Network.SOON);
        call.cancel();
        call.cancel();
        network.upstream.awaitOpenConnections(0, PROMPTLY);

        network.upstream.answerNext(FakeAnswers.endless("x", Duration.ofMillis(1)));
        var streaming = RecordingListener.of(Framing.SSE);
        call = network.transport.send(network.provider(), Network.post(Framing.SSE), streaming);
        Network.await(() -> streaming.frames().size() > 3, "some events");
        call.cancel();
        network.upstream.awaitOpenConnections(0, PROMPTLY);

        network.upstream.answerNext(FakeAnswers.endless("x", Duration.ZERO));
        var stalled = RecordingListener.slow(Framing.SSE);
        call = network.transport.send(network.provider(), Network.post(Framing.SSE), stalled);
        Network.await(() -> stalled.deliveries() == 1, "the first batch");
        call.cancel();
        network.upstream.awaitOpenConnections(0, PROMPTLY);
        stalled.wantMore();

        network.ask(Framing.WHOLE).awaitEnd();
        for (var listener : new RecordingListener[] {unanswered, streaming, stalled}) {
            assertThat(listener.isOver()).isFalse();
            assertThat(listener.mistakes()).isEmpty();
        }
    }

    @Test
    void aListenerThatFailsToTakeMoreEndsTheCall() {
        network.upstream.answer(FakeAnswers.endless("x", Duration.ZERO));
        var listener = RecordingListener.slow(Framing.SSE);
        network.transport.send(network.provider(), Network.post(Framing.SSE), listener);
        Network.await(() -> listener.deliveries() == 1, "the first batch");
        listener.refuseMore();
        network.upstream.awaitOpenConnections(0, PROMPTLY);
        assertThat(listener.isOver()).isFalse();
    }

    @Test
    void usesAConnectionAgain() {
        for (int i = 0; i < 20; i++) {
            network.ask(Framing.WHOLE).awaitEnd();
        }
        network.upstream.answer(FakeAnswers.chatStream("a", "b"));
        for (int i = 0; i < 20; i++) {
            assertThat(network.ask(Framing.SSE).awaitEnd().frames()).hasSize(5);
        }
        assertThat(network.upstream.connections()).isLessThan(4);
    }

    @Test
    void asksOnceMoreWhenAPooledConnectionTurnsOutToBeClosed() {
        network.ask(Framing.WHOLE).awaitEnd();
        network.upstream.answerNext(FakeExchange::close);
        network.upstream.answerNext(FakeAnswers.json(200, "second try"));
        var listener = network.ask(Framing.WHOLE).awaitEnd();
        assertThat(listener.texts()).containsExactly("second try");
        assertThat(network.upstream.requests()).hasSize(3);

        network.ask(Framing.WHOLE).awaitEnd();
        network.upstream.answerNext(FakeAnswers.reset());
        network.upstream.answerNext(FakeAnswers.reset());
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.UNREACHABLE);
        network.ask(Framing.WHOLE).awaitEnd();
    }

    @Test
    void noticesThatIdleConnectionsWereClosed() {
        for (int round = 0; round < 50; round++) {
            askAtOnce(8);
            network.upstream.closeConnections();
            askAtOnce(8);
        }
    }

    @Test
    void drainsBeforeItGoes() {
        network.upstream.answer(exchange -> exchange.sseHead()
                .pause(Duration.ofMillis(300))
                .chunk("data: 1\n\n")
                .lastChunk());
        var underWay = network.ask(Framing.SSE);
        network.upstream.awaitRequests(1, Network.SOON);
        network.transport.close();
        assertThat(underWay.awaitEnd().texts()).containsExactly("1");
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        network.upstream.awaitOpenConnections(0, PROMPTLY);
    }

    @Test
    void doesNotWaitForeverWhenItGoes() {
        try (var hasty = new Network(new Settings(
                Settings.DEFAULT.permitted(), 8, 8, Duration.ofSeconds(60), Duration.ofMillis(100), Limits.DEFAULT))) {
            hasty.upstream.answer(FakeAnswers.never());
            var listener = hasty.ask(Framing.SSE);
            hasty.upstream.awaitRequests(1, Network.SOON);
            hasty.transport.close();
            assertThat(listener.awaitFailure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
            hasty.upstream.awaitOpenConnections(0, PROMPTLY);
        }
    }

    private void askAtOnce(int count) {
        var calls = new ArrayList<RecordingListener>();
        for (int i = 0; i < count; i++) {
            calls.add(network.ask(Framing.WHOLE));
        }
        calls.forEach(RecordingListener::awaitEnd);
    }
}
