package io.patchbay.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Framing;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing grows without a bound, and a slow reader holds the provider back. */
class LimitsTest {
    private static final int ANSWER_BYTES = 100_000;
    private static final int ERROR_BYTES = 5_000;
    private static final int EVENT_BYTES = 20_000;

    private final Network network = new Network(new Settings(
            Settings.DEFAULT.permitted(),
            2,
            1,
            Duration.ofSeconds(60),
            Duration.ofMillis(200),
            new Limits(ANSWER_BYTES, ERROR_BYTES, EVENT_BYTES)));

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void refusesAnAnswerThatIsTooLarge() {
        network.upstream.answer(FakeAnswers.json(200, "x".repeat(ANSWER_BYTES + 1)));
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        network.upstream.awaitOpenConnections(0, Network.SOON);
        network.upstream.answer(FakeAnswers.json(200, "x".repeat(ANSWER_BYTES)));
        assertThat(network.ask(Framing.WHOLE).awaitEnd().texts().get(0)).hasSize(ANSWER_BYTES);
    }

    @Test
    void cutsAnErrorThatIsTooLarge() {
        network.upstream.answer(FakeAnswers.json(500, "x".repeat(ERROR_BYTES * 3)));
        var listener = network.ask(Framing.SSE).awaitEnd();
        assertThat(listener.status()).isEqualTo(500);
        assertThat(listener.texts()).containsExactly("x".repeat(ERROR_BYTES));
        network.upstream.awaitOpenConnections(0, Network.SOON);
    }

    @Test
    void refusesAnEventThatDoesNotEnd() {
        network.upstream.answer(exchange -> {
            exchange.sseHead();
            while (true) {
                exchange.chunk("x".repeat(1000));
            }
        });
        assertThat(network.ask(Framing.SSE).awaitFailure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        network.upstream.awaitOpenConnections(0, Network.SOON);
    }

    @Test
    void isNotBlownUpByACompressedBomb() throws Exception {
        var bomb = FakeExchange.gzip(new byte[50 << 20]);
        network.upstream.answer(
                exchange -> exchange.head(200, "Content-Encoding: gzip", "Content-Length: " + bomb.length)
                        .write(bomb));
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);

        var events = FakeExchange.gzip("data: 0123456789\n\n".repeat(500_000).getBytes(UTF_8));
        network.upstream.answer(
                exchange -> exchange.head(200, "Content-Encoding: gzip", "Content-Length: " + events.length)
                        .write(events));
        var slow = RecordingListener.slow(Framing.SSE);
        network.transport.send(network.provider(), Network.post(Framing.SSE), slow);
        Network.await(() -> slow.deliveries() == 1, "the first batch");
        assertThat(slow.frames().size() * 18).as("bytes held").isLessThan(128 << 10);
        while (!slow.isOver()) {
            slow.wantMore();
        }
        assertThat(slow.awaitEnd().frames()).hasSize(500_000);
        assertThat(slow.mistakes()).isEmpty();
    }

    @Test
    void holdsTheProviderBackWhileNobodyWantsMore() {
        var written = new AtomicLong();
        network.upstream.answer(exchange -> {
            exchange.sseHead();
            var event = "data: " + "x".repeat(1000) + "\n\n";
            for (int i = 0; i < 20_000; i++) {
                exchange.chunk(event);
                written.addAndGet(event.length());
            }
            exchange.lastChunk();
        });
        var slow = RecordingListener.slow(Framing.SSE);
        network.transport.send(network.provider(), Network.post(Framing.SSE), slow);
        Network.await(() -> slow.deliveries() == 1, "the first batch");
        var stalledAt = awaitStill(written);
        assertThat(stalledAt).as("what fits into the two socket buffers").isLessThan(12_000_000);
        assertThat(slow.deliveries()).isEqualTo(1);
        while (!slow.isOver()) {
            slow.wantMore();
        }
        assertThat(slow.awaitEnd().frames()).hasSize(20_000);
        assertThat(slow.mistakes()).isEmpty();
    }

    @Test
    void refusesQuicklyWhenTooManyWait() {
        network.upstream.answer(FakeAnswers.never());
        var waiting = new ArrayList<RecordingListener>();
        for (int busy = 1; busy <= 2; busy++) {
            waiting.add(network.ask(Framing.WHOLE));
            network.upstream.awaitRequests(busy, Network.SOON);
        }
        waiting.add(network.ask(Framing.WHOLE));
        assertThat(network.ask(Framing.WHOLE).awaitFailure().kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(waiting).noneMatch(RecordingListener::isOver);
    }

    /** Waits until the number has not moved for a while. */
    private static long awaitStill(AtomicLong number) {
        var last = new AtomicLong(-1);
        var since = new AtomicLong(System.nanoTime());
        Network.await(
                () -> {
                    if (last.getAndSet(number.get()) != number.get()) {
                        since.set(System.nanoTime());
                    }
                    return System.nanoTime() - since.get()
                            > Duration.ofMillis(300).toNanos();
                },
                "the provider is held back");
        return number.get();
    }
}
