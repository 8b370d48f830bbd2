package io.patchbay.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.Transfer;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyServiceTest {
    private static final int LONGEST = 100;
    private static final Headers JSON = Headers.of("Content-Type", "application/json");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T23:30:00Z"));
    private final BlockingQueue<Work> handled = new LinkedBlockingQueue<>();
    private final Set<String> charged = ConcurrentHashMap.newKeySet();
    private IdempotencyService idempotency = service();

    private record Work(HttpResponse response, Optional<String> generation) {
        void answer(int status, String body) {
            response.send(status, JSON, body.getBytes(UTF_8));
        }
    }

    private IdempotencyService service() {
        var service = new IdempotencyService(10_000, LONGEST, new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        });
        service.bindLedger(ledger());
        return service;
    }

    /** One that has a transfer for each generation charged, made half an hour before midnight. */
    private Ledger ledger() {
        var made = now.get();
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("transfer")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    var id = (String) arguments[0];
                    return charged.contains(id)
                            ? Optional.of(Transfer.builder(id, Transfer.Kind.CHARGE, made)
                                    .build())
                            : Optional.empty();
                });
    }

    @AfterEach
    void stop() {
        idempotency.deactivate();
    }

    @Test
    void aRepeatedRequestGetsTheSameAnswerAndIsNotHandledAgain() {
        var first = ask(Request.named("order-1", "hello"));
        next().answer(200, "{\"answer\":1}");

        var second = ask(Request.named("order-1", "hello"));

        assertThat(status(first)).isEqualTo(200);
        assertThat(status(second)).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo("{\"answer\":1}");
        assertThat(second.headers().first("Content-Type")).contains("application/json");
        assertThat(first.headers().first("Idempotent-Replayed")).isEmpty();
        assertThat(second.headers().first("Idempotent-Replayed")).contains("true");
        assertThat(handled).isEmpty();
    }

    @Test
    void aRequestThatComesWhileItGoesIsAnswered() {
        idempotency.deactivate();

        var client = ask(Request.named("order-1", "hello"));
        next().answer(200, "{}");

        assertThat(status(client)).isEqualTo(200);
    }

    /** Whoever has heard an answer may ask again at once, and asks on another thread. */
    @Test
    void whileAnAnswerIsBeingRepeatedItCanBeRepeatedAgain() {
        ask(Request.named("order-1", "hello"));
        next().answer(200, "{}");

        for (int i = 0; i < 300; i++) {
            assertThat(status(ask(Request.named("order-1", "hello")))).isEqualTo(200);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void aStreamIsRepeatedWhole() {
        var first = ask(Request.named("order-1", "hello"));
        var response = next().response();
        response.start(200, Headers.of("Content-Type", "text/event-stream"));
        write(response, "data: 1\n\n");
        write(response, "data: 2\n\n");
        response.end(buffer("data: [DONE]\n\n"));

        var second = ask(Request.named("order-1", "hello"));

        assertThat(status(second)).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo("data: 1\n\ndata: 2\n\ndata: [DONE]\n\n");
        assertThat(second.headers().first("Content-Type")).contains("text/event-stream");
    }

    @Test
    void whileTheFirstIsUnderWayARepetitionIsToldToWait() {
        ask(Request.named("order-1", "hello"));
        var work = next();

        var second = ask(Request.named("order-1", "hello"));

        assertThat(status(second)).isEqualTo(409);
        assertThat(second.headers().first("Retry-After")).contains("1");
        assertThat(second.body()).contains("\"param\":\"Idempotency-Key\"");
        work.answer(200, "{}");
        assertThat(status(ask(Request.named("order-1", "hello")))).isEqualTo(200);
    }

    @Test
    void anotherRequestOfTheSameNameIsRefusedDuringAndAfterTheFirst() {
        ask(Request.named("order-1", "hello"));
        var work = next();

        assertThat(status(ask(Request.named("order-1", "goodbye")))).isEqualTo(422);
        work.answer(200, "{}");
        assertThat(status(ask(Request.named("order-1", "goodbye")))).isEqualTo(422);
    }

    @Test
    void namesBelongToTheirApiKey() {
        ask(Request.named("order-1", "hello"));
        var mine = next();
        mine.answer(200, "{\"mine\":1}");

        ask(new Request("hello", Map.of("Idempotency-Key", "order-1", "Authorization", "Bearer sk-two")));

        assertThat(next().generation()).isPresent().isNotEqualTo(mine.generation());
    }

    @Test
    void whatFailedIsTriedAgain() {
        ask(Request.named("order-1", "hello"));
        var first = next();
        first.answer(429, "{}");
        ask(Request.named("order-1", "hello"));
        var broken = next();
        broken.response().start(200, Headers.none());
        write(broken.response(), "data: 1\n\n");
        broken.response().endBroken(buffer("data: {\"error\":1}\n\n"));
        ask(Request.named("order-1", "hello"));
        var aborted = next();
        aborted.response().abort();

        ask(Request.named("order-1", "hello"));

        assertThat(next().generation()).isEqualTo(first.generation());
    }

    @Test
    void theAnswerOfAClientThatWentIsFinishedAndKept() {
        var gone = ask(Request.named("order-1", "hello"));
        var response = next().response();
        var cancelled = new AtomicReference<>(false);
        response.onClientGone(() -> cancelled.set(true));
        response.start(200, Headers.none());
        write(response, "data: 1\n\n");
        gone.go();
        assertThat(response.write(buffer("data: 2\n\n")).toCompletableFuture()).isCompleted();
        response.end(buffer(""));

        assertThat(cancelled.get()).isFalse();
        var back = ask(Request.named("order-1", "hello"));
        assertThat(status(back)).isEqualTo(200);
        assertThat(back.body()).isEqualTo("data: 1\n\ndata: 2\n\n");
    }

    @Test
    void anAnswerTooLongToKeepIsCancelledWhenItsClientGoes() {
        var client = ask(Request.named("order-1", "hello"));
        var response = next().response();
        var cancelled = new AtomicReference<>(false);
        response.onClientGone(() -> cancelled.set(true));
        response.start(200, Headers.none());
        write(response, "x".repeat(LONGEST + 1));
        assertThat(cancelled.get()).isFalse();

        client.go();

        assertThat(cancelled.get()).isTrue();
        ask(Request.named("order-1", "hello"));
        next();
    }

    @Test
    void whatWasChargedIsNotAnsweredAgainWhenItsAnswerIsLostUntilADayIsOver() {
        ask(Request.named("order-1", "hello"));
        var work = next();
        var generation = work.generation().orElseThrow();
        charged.add(generation);
        work.answer(200, "{}");
        idempotency.deactivate();
        idempotency = service();
        now.updateAndGet(time -> time.plus(Duration.ofHours(1)));

        var tomorrow = ask(Request.named("order-1", "hello"));

        assertThat(status(tomorrow)).isEqualTo(422);
        assertThat(tomorrow.body()).contains(generation);
        now.updateAndGet(time -> time.plus(Duration.ofHours(23)));
        ask(Request.named("order-1", "hello"));
        assertThat(next().generation()).isPresent().isNotEqualTo(Optional.of(generation));
    }

    @Test
    void answersAreKeptForADay() {
        ask(Request.named("order-1", "hello"));
        next().answer(200, "{}");
        now.updateAndGet(time -> time.plus(Duration.ofHours(24)).minusSeconds(1));
        assertThat(status(ask(Request.named("order-1", "hello")))).isEqualTo(200);

        now.updateAndGet(time -> time.plusSeconds(1));

        ask(Request.named("order-1", "hello"));
        next();
    }

    @Test
    void generationIdsLookLikeAnyOther() {
        ask(Request.named("order-1", "hello"));

        assertThat(next().generation().orElseThrow()).matches("gen-1795910400-[0-9A-Za-z]{20}");
    }

    @Test
    void aRequestWithoutANameOrAKeyIsHandledAtOnce() {
        for (var headers : List.of(Map.of("Authorization", "Bearer sk-one"), Map.of("Idempotency-Key", "order-1"))) {
            ask(new Request("hello", headers));
            assertThat(handled).hasSize(1);
            assertThat(handled.remove().generation()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void aNameOfNoUseIsRefused(int length) {
        var client = ask(Request.named("x".repeat(length), "hello"));

        assertThat(status(client)).isEqualTo(400);
        assertThat(client.body()).contains("\"param\":\"Idempotency-Key\"");
        assertThat(handled).isEmpty();
    }

    @Test
    void aHandlerThatFailsIsAnsweredAndLeavesNothingBehind() {
        var client = new Client();
        idempotency.answer(
                Request.named("order-1", "hello"), client, failure -> refuse(failure, client), (once, id) -> {
                    throw new IllegalStateException("a defect");
                });
        assertThat(status(client)).isEqualTo(500);

        ask(Request.named("order-1", "hello"));
        next();
    }

    private Client ask(Request request) {
        var client = new Client();
        idempotency.answer(
                request, client, failure -> refuse(failure, client), (once, id) -> handled.add(new Work(once, id)));
        return client;
    }

    private static void refuse(Failure failure, Client client) {
        new ErrorAnswer(failure).sendTo(client);
    }

    private Work next() {
        try {
            var work = handled.poll(5, TimeUnit.SECONDS);
            assertThat(work).as("a request handled").isNotNull();
            return work;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static int status(Client client) {
        return client.status.orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static void write(HttpResponse response, String text) {
        assertThat(response.write(buffer(text)).toCompletableFuture()).isCompleted();
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
