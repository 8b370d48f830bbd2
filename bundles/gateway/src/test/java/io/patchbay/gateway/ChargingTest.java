package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.chunk;
import static io.patchbay.gateway.ScriptedModel.completion;
import static io.patchbay.gateway.ScriptedModel.end;
import static io.patchbay.gateway.ScriptedModel.failed;
import static io.patchbay.gateway.ScriptedModel.lastChunk;
import static io.patchbay.gateway.ScriptedModel.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a generation's course means for its bill. */
class ChargingTest {
    private static final String STREAM = "{\"model\":\"m/one\",\"stream\":true,\"max_tokens\":7,\"messages\":[]}";
    private static final String WHOLE = "{\"model\":\"m/one\",\"messages\":[]}";

    private final Installation here = new Installation("a:m/one", "b:m/one");

    @AfterEach
    void everyHoldIsEnded() {
        here.close();
        assertThat(here.till.open).hasValue(0);
    }

    @Test
    void holdsForTheFirstEndpointAndChargesWhatWasUsed() {
        here.install(ScriptedModel.saying(e -> List.of(chunk("Hi"), lastChunk(), end())));

        var record = here.ask(STREAM).await();

        var order = here.till.orders.get(0);
        assertThat(order.generation()).isEqualTo(record.id());
        assertThat(order.endpoint().provider().name()).isEqualTo("a");
        assertThat(order.maxTokens()).hasValue(7);
        assertThat(here.till.charged).containsExactly(record.usage().orElseThrow());
        assertThat(record.charge().orElseThrow().charged()).isGreaterThan(Money.ZERO);
    }

    @Test
    void aTierOfServiceIsAskedForAndChargedAtItsPrice() {
        var flex = atFlex();
        var model = ScriptedModel.saying(e -> List.of(served("flex"), end()));
        here.install(model);

        here.ask(STREAM).await();

        assertThat(model.requests.get(0).json().string("service_tier")).contains("flex");
        assertThat(here.till.priced).containsExactly(flex);
        assertThat(here.till.priced.get(0).serviceTier()).contains("flex");
    }

    @Test
    void whatAProviderServesAsUsualIsChargedAtTheUsualPrice() {
        atFlex();
        here.install(ScriptedModel.saying(e -> List.of(chunk("Hi"), served("default"), end())));

        here.ask(STREAM).await();

        assertThat(here.till.priced.get(0).serviceTier()).isEmpty();
        assertThat(here.till.priced.get(0).id()).isEqualTo("a:m/one");
    }

    private Endpoint atFlex() {
        var flex = here.endpoints.get(0).atServiceTier("flex", Price.FREE);
        here.endpoints.set(0, flex);
        return flex;
    }

    private static ChatEvent served(String tier) {
        return ChatChunk.of(JsonView.parse("{\"service_tier\":\"" + tier
                + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"},\"finish_reason\":\"stop\"}]}"));
    }

    @Test
    void tellsTheEndOnlyOnceTheChargeIsOnDisk() {
        var disk = new CompletableFuture<Void>();
        here.till.disk(disk);
        here.install(ScriptedModel.saying(e -> List.of(completion("Hello"))));

        var heard = here.ask(WHOLE);
        assertThat(heard.isOver()).isFalse();
        disk.complete(null);

        assertThat(heard.await().charge()).isPresent();
        assertThat(heard.completion).isNotNull();
    }

    @Test
    void failsWhenTheChargeCannotBeWritten() {
        here.till.disk(CompletableFuture.failedFuture(
                Failure.of(FailureKind.UNAVAILABLE, "disk full").toException()));
        here.install(ScriptedModel.saying(e -> List.of(chunk("Hi"), lastChunk(), end())));

        var heard = here.ask(STREAM);
        heard.await();

        assertThat(heard.failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void refusesWithoutCreditBeforeAnyAttempt() {
        here.till.creditFor(0);
        here.install(ScriptedModel.saying(e -> List.of(completion("Hello"))));

        var heard = here.ask(WHOLE);

        assertThat(heard.await().attempts()).isEmpty();
        assertThat(heard.failure.kind()).isEqualTo(FailureKind.PAYMENT_REQUIRED);
    }

    @Test
    void endsAStreamWhoseCreditIsUsedUpAndChargesWhatWasDelivered() {
        here.till.creditFor(2);
        here.install(ScriptedModel.saying(
                e -> List.of(chunk("one"), chunk("two"), chunk("three"), chunk("four"), lastChunk(), end())));

        var heard = here.ask(STREAM);
        var record = heard.await();

        assertThat(heard.failure.kind()).isEqualTo(FailureKind.PAYMENT_REQUIRED);
        assertThat(heard.failure.limitSource()).contains("credits");
        assertThat(record.answeredBy()).isEqualTo("a");
        assertThat(record.usage()).contains(here.till.charged.get(0));
        assertThat(here.till.charged)
                .singleElement()
                .satisfies(usage -> assertThat(usage.completionTokens()).isLessThanOrEqualTo(2));
    }

    @Test
    void chargesNothingForFailuresBeforeAFallback() {
        here.install(ScriptedModel.saying(e -> e.provider().name().equals("a")
                ? List.of(failed(FailureKind.UPSTREAM_ERROR))
                : List.of(completion("Hello"))));

        here.ask(WHOLE).await();

        assertThat(here.till.charged).hasSize(1);
    }

    @Test
    void asksForNoLongerAnAnswerThanThereIsCreditFor() {
        var model = ScriptedModel.saying(e -> List.of(completion("Hello")));
        here.install(model);
        here.ask(WHOLE).await();
        here.till.creditFor(40);
        here.ask(WHOLE).await();

        assertThat(model.requests.get(0).maxTokens()).isEmpty();
        assertThat(model.requests.get(1).maxTokens()).hasValue(40);
        assertThat(model.requests.get(1).messages())
                .isEqualTo(model.requests.get(0).messages());
    }

    @Test
    void ordersTheImagesWhereTheyHaveAPrice() {
        var twoImages = "{\"model\":\"m/one\",\"messages\":[{\"role\":\"user\",\"content\":\"Look\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.test\"}},"
                + "{\"type\":\"text\",\"text\":\"and\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://b.test\"}}]}]}";
        here.install(ScriptedModel.saying(e -> List.of(completion("Hello"))));
        here.ask(twoImages).await();
        here.endpoints.replaceAll(endpoint -> endpoint.toBuilder()
                .price(Price.builder().each(Price.Unit.IMAGE, BigDecimal.ONE).build())
                .build());
        here.ask(twoImages).await();

        assertThat(here.till.orders).extracting(Order::images).containsExactly(0L, 2L);
    }

    @Test
    void ordersAsManyAnswersAsTheClientWants() {
        here.install(ScriptedModel.saying(e -> List.of(completion("Hello"))));
        here.ask(WHOLE).await();
        here.ask("{\"model\":\"m/one\",\"n\":3,\"messages\":[]}").await();

        assertThat(here.till.orders).extracting(Order::answers).containsExactly(1L, 3L);
    }

    @Test
    void whatAProviderCountsForAFailedAttemptIsNotedAsALoss() {
        here.install(ScriptedModel.saying(e -> e.provider().name().equals("a")
                ? List.of(usage(5, 0), failed(FailureKind.UPSTREAM_ERROR))
                : List.of(completion("Hello"))));

        here.ask(WHOLE).await();

        assertThat(here.till.charged).hasSize(1);
        assertThat(here.till.lost.keySet()).containsExactly(1);
        assertThat(here.till.lost.get(1).promptTokens()).isEqualTo(5);
    }

    @Test
    void chargesNothingForAStreamThatBreaks() {
        here.install(ScriptedModel.saying(e -> List.of(chunk("Hi"), failed(FailureKind.CUT_OFF))));

        var record = here.ask(STREAM).await();

        assertThat(here.till.charged).isEmpty();
        assertThat(record.charge()).isEmpty();
    }

    @Test
    void chargesNothingForAnAnswerThatSaysNothing() {
        here.install(ScriptedModel.saying(e -> List.of(ScriptedModel.usage(5, 0), end())));

        var heard = here.ask(STREAM);

        assertThat(heard.await().charge()).isEmpty();
        assertThat(heard.failure).isNull();
        assertThat(here.till.charged).isEmpty();
    }

    @Test
    void chargesWhatWasDeliveredToAClientThatLeaves() {
        here.install(ScriptedModel.later(e -> List.of(
                CompletableFuture.completedStage(chunk("one")),
                CompletableFuture.completedStage(chunk("two")),
                new CompletableFuture<>())));
        var heard = new RecordingListener();

        var generation = here.ask(STREAM, heard);
        generation.cancel();
        generation.cancel();

        assertThat(here.till.charged)
                .singleElement()
                .satisfies(usage -> assertThat(usage.completionTokens()).isEqualTo(2));
    }

    @Test
    void whoAnsweredAClientThatLeavesIsKnownAndWhatItTook() {
        here.install(ScriptedModel.later(
                e -> List.of(CompletableFuture.completedStage(chunk("one")), new CompletableFuture<>())));

        here.ask(STREAM, new RecordingListener()).cancel();

        var record = here.records.get(0);
        assertThat(record.cancelled()).isTrue();
        assertThat(record.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.endpoint().provider().name()).isEqualTo("a");
            assertThat(attempt.failure()).isEmpty();
        });
        assertThat(record.usage().orElseThrow().completionTokens()).isEqualTo(1);
        assertThat(record.charge().orElseThrow().charged()).isGreaterThan(Money.ZERO);
    }

    @Test
    void whoWasAskedForAClientThatLeavesBeforeTheAnswerIsKnown() {
        here.install(ScriptedModel.later(
                e -> List.of(CompletableFuture.completedStage(usage(5, 0)), new CompletableFuture<>())));

        here.ask(STREAM, new RecordingListener()).cancel();

        var record = here.records.get(0);
        assertThat(record.answeredBy()).isEqualTo("a");
        assertThat(record.usage()).isEmpty();
        assertThat(record.charge()).isEmpty();
    }

    @Test
    void chargesNothingToAClientThatLeavesBeforeTheAnswer() {
        here.install(ScriptedModel.later(e -> List.of(new CompletableFuture<>())));

        here.ask(STREAM, new RecordingListener()).cancel();

        assertThat(here.till.charged).isEmpty();
    }

    @Test
    void whatIsCountedForAClientThatLeavesBeforeTheAnswerIsNotedAsALoss() {
        here.install(ScriptedModel.later(
                e -> List.of(CompletableFuture.completedStage(usage(5, 0)), new CompletableFuture<>())));

        here.ask(STREAM, new RecordingListener()).cancel();

        assertThat(here.till.charged).isEmpty();
        assertThat(here.till.lost.keySet()).containsExactly(1);
    }

    @Test
    void passesOverAnEndpointThatIsTooDear() {
        here.till.tooDear("a");
        here.install(ScriptedModel.saying(
                e -> List.of(completion("Hello from " + e.provider().name()))));

        var record = here.ask(WHOLE).await();

        assertThat(record.attempts())
                .singleElement()
                .satisfies(attempt ->
                        assertThat(attempt.endpoint().provider().name()).isEqualTo("b"));
        assertThat(record.charge().orElseThrow().charged()).isGreaterThan(Money.ZERO);
    }
}
