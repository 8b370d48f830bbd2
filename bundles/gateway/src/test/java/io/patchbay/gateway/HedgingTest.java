package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.chunk;
import static io.patchbay.gateway.ScriptedModel.end;
import static io.patchbay.gateway.ScriptedModel.failed;
import static io.patchbay.gateway.ScriptedModel.lastChunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A second endpoint beside one that is slow to begin. */
class HedgingTest {
    private static final String STREAM = "{\"model\":\"m/one\",\"stream\":true,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"a question of some length, for its tokens\"}]}";
    /** Known to take a millisecond. */
    private static final Window QUICK =
            new Window(20, 0, 0, Optional.of(new Percentiles(0.001, 0.001, 0.001, 0.001, 10)), Optional.empty());

    private final CompletableFuture<ChatEvent> slow = new CompletableFuture<>();
    private final CompletableFuture<ChatEvent> second = new CompletableFuture<>();
    private final ScriptedModel model = ScriptedModel.later(this::script);

    private List<CompletionStage<ChatEvent>> script(Endpoint endpoint) {
        var first = Map.of("a", slow, "b", second)
                .getOrDefault(endpoint.provider().name(), CompletableFuture.completedFuture(chunk("c")));
        return List.of(first, CompletableFuture.completedFuture(lastChunk()), CompletableFuture.completedFuture(end()));
    }

    private Installation installation() {
        var here = Installation.hedging("a:m/one", "b:m/one", "c:m/one");
        here.windows.put("a:m/one", QUICK);
        here.install(model);
        return here;
    }

    private static List<Optional<FailureKind>> failures(GenerationRecord record) {
        return record.attempts().stream()
                .map(attempt -> attempt.failure().map(Failure::kind))
                .toList();
    }

    @Test
    void theOneThatBeginsFirstIsTheAnswerAndTheOtherIsCancelled() throws Exception {
        try (var here = installation()) {
            var heard = here.ask(STREAM);
            model.awaitAsked(2);
            second.complete(chunk("second"));

            var record = heard.await();
            assertThat(heard.texts).containsExactly("second", "");
            assertThat(heard.head.provider()).isEqualTo("b");
            assertThat(heard.head.way().attempts()).isEqualTo(2);
            assertThat(model.cancelled).isTrue();
            assertThat(failures(record)).containsExactly(Optional.of(FailureKind.OUTRUN), Optional.empty());
            slow.complete(chunk("too late"));
            assertThat(heard.texts).containsExactly("second", "");
        }
    }

    @Test
    void theClientPaysForOneAnswerAndTheOperatorForThePromptOfTheOther() throws Exception {
        try (var here = installation()) {
            var heard = here.ask(STREAM);
            model.awaitAsked(2);
            second.complete(chunk("second"));

            heard.await();
            assertThat(here.till.charged).hasSize(1);
            assertThat(here.till.lost).containsOnlyKeys(1);
            assertThat(here.till.lost.get(1).promptTokens()).isGreaterThan(10);
            assertThat(here.till.lost.get(1).completionTokens()).isZero();
            assertThat(here.till.open).hasValue(0);
        }
    }

    @Test
    void theSlowOneMayStillBeFaster() throws Exception {
        try (var here = installation()) {
            var heard = here.ask(STREAM);
            model.awaitAsked(2);
            slow.complete(chunk("slow"));

            assertThat(heard.await().attempts().get(0).endpoint().provider().name())
                    .isEqualTo("b");
            assertThat(heard.texts).containsExactly("slow", "");
            assertThat(here.till.lost).containsOnlyKeys(2);
        }
    }

    @Test
    void whenOneOfTheTwoFailsTheOtherGoesOn() throws Exception {
        try (var here = installation()) {
            var heard = here.ask(STREAM);
            model.awaitAsked(2);
            slow.complete(failed(FailureKind.OVERLOADED));
            second.complete(chunk("second"));

            assertThat(failures(heard.await())).containsExactly(Optional.of(FailureKind.OVERLOADED), Optional.empty());
            assertThat(heard.texts).containsExactly("second", "");
            assertThat(here.till.lost).isEmpty();
        }
    }

    @Test
    void whenBothFailTheNextOneIsAsked() throws Exception {
        try (var here = installation()) {
            var heard = here.ask(STREAM);
            model.awaitAsked(2);
            second.complete(failed(FailureKind.OVERLOADED));
            slow.complete(failed(FailureKind.UPSTREAM_ERROR));

            assertThat(heard.await().attempts())
                    .extracting(attempt -> attempt.endpoint().provider().name())
                    .containsExactlyInAnyOrder("a", "b", "c")
                    .endsWith("c");
            assertThat(heard.texts).containsExactly("c", "");
            assertThat(here.outcomes)
                    .extracting(Outcome::endpointId)
                    .containsExactlyInAnyOrder("a:m/one", "b:m/one", "c:m/one");
        }
    }

    @Test
    void aClientThatLeavesLeavesBoth() throws Exception {
        try (var here = installation()) {
            var heard = new RecordingListener();
            var generation = here.ask(STREAM, heard);
            model.awaitAsked(2);
            generation.cancel();

            model.awaitCancelled(2);
            assertThat(here.till.open).hasValue(0);
            assertThat(here.gateway.parts().inFlight().inFlight("a:m/one")).isZero();
            assertThat(here.gateway.parts().inFlight().inFlight("b:m/one")).isZero();
        }
    }

    @Test
    void notMoreThanTheBudgetAllows() throws Exception {
        try (var here = installation()) {
            here.ask(STREAM);
            model.awaitAsked(2);
            var heard = here.ask(STREAM);
            model.awaitAsked(3);
            // Whatever was to happen a millisecond after that has happened then.
            var unused = here.gateway
                    .parts()
                    .timer()
                    .schedule(() -> true, 20, TimeUnit.MILLISECONDS)
                    .get();
            slow.complete(chunk("slow"));

            assertThat(heard.await().attempts()).extracting(Attempt::failure).containsExactly(Optional.empty());
        }
    }

    @Test
    void nobodyIsAskedBesideAnEndpointThatIsNotKnownYet() throws Exception {
        try (var here = installation()) {
            here.windows.clear();
            var heard = here.ask(STREAM);
            slow.complete(chunk("slow"));

            assertThat(heard.await().attempts()).hasSize(1);
        }
    }

    @Test
    void onlyPercentilesThatAreKnownCanBeSet() throws Exception {
        assertThatThrownBy(() -> new Hedging(42, Duration.ZERO, new AttemptBudget(5, 1)))
                .hasMessageContaining("hedge-percentile")
                .hasMessageContaining("42");
    }
}
