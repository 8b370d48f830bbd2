package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.chunk;
import static io.patchbay.gateway.ScriptedModel.completion;
import static io.patchbay.gateway.ScriptedModel.end;
import static io.patchbay.gateway.ScriptedModel.failed;
import static io.patchbay.gateway.ScriptedModel.lastChunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.health.Percentiles;
import io.patchbay.api.health.Window;
import io.patchbay.api.json.JsonView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Version;

class GatewayServiceTest {
    private static final String STREAM = "{\"model\":\"m/one\",\"stream\":true,\"messages\":[]}";
    private static final String WHOLE = "{\"model\":\"m/one\",\"messages\":[]}";

    @Test
    void streamsAnAnswerAndRecordsIt() {
        try (var here = new Installation("a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(chunk("Hel"), chunk("lo"), lastChunk(), end())));

            var heard = here.ask(STREAM);
            var record = heard.await();

            assertThat(heard.texts).containsExactly("Hel", "lo", "");
            assertThat(heard.failure).isNull();
            assertThat(heard.head.id()).matches("gen-\\d+-\\w{20}");
            assertThat(heard.head.model()).isEqualTo("m/one");
            assertThat(record.usage().orElseThrow().promptTokens()).isEqualTo(5);
            assertThat(record.finishReason()).contains("stop");
            assertThat(here.outcomes)
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.failure()).isEmpty());
        }
    }

    @Test
    void givesAWholeAnswerAndReckonsUsageWhereTheProviderGivesNone() {
        try (var here = new Installation("a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(completion("Hello there, all of you"))));

            var heard = here.ask(WHOLE);

            assertThat(heard.await().usage().orElseThrow().isEstimated()).isTrue();
            assertThat(heard.completion.finishReason()).contains("stop");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {
                "RATE_LIMITED",
                "OVERLOADED",
                "UPSTREAM_AUTH",
                "UPSTREAM_QUOTA",
                "UPSTREAM_MODEL_GONE",
                "UPSTREAM_ERROR",
                "UNREACHABLE",
                "TIMEOUT",
                "MALFORMED_ANSWER",
                "CUT_OFF",
                "CONTENT_FILTERED"
            })
    void fallsBackBeforeTheFirstByte(FailureKind kind) {
        try (var here = new Installation("bad:m/one", "good:m/one")) {
            here.install(ScriptedModel.saying(e -> e.provider().name().equals("bad")
                    ? List.of(failed(kind))
                    : List.of(chunk("fine"), lastChunk(), end())));

            var heard = here.ask(STREAM);
            var record = heard.await();

            assertThat(heard.texts).containsExactly("fine", "");
            assertThat(heard.head.provider()).isEqualTo("good");
            assertThat(record.attempts()).hasSize(2);
            assertThat(record.attempts().get(0).failure().orElseThrow().kind()).isEqualTo(kind);
        }
    }

    @Test
    void theClientsOwnMistakeIsNotTriedElsewhere() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            var model = ScriptedModel.saying(e -> List.<ChatEvent>of(failed(FailureKind.INVALID_REQUEST)));
            here.install(model);

            var heard = here.ask(STREAM);

            assertThat(heard.await().attempts()).hasSize(1);
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        }
    }

    @Test
    void aPromptTooLongForOneModelGoesToTheNextModelOnly() {
        try (var here = new Installation("a:m/one", "b:m/one", "c:m/two")) {
            here.install(ScriptedModel.saying(e -> e.model().name().equals("one")
                    ? List.of(failed(FailureKind.CONTEXT_TOO_LONG))
                    : List.of(completion("fits"))));

            var heard = here.ask("{\"models\":[\"m/one\",\"m/two\"],\"messages\":[]}");

            assertThat(heard.await().attempts())
                    .extracting(attempt -> attempt.endpoint().id())
                    .containsExactly("a:m/one", "c:m/two");
        }
    }

    @Test
    void neverFallsBackAfterTheFirstByteAndSaysThatTheStreamBroke() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(chunk("Hel"), failed(FailureKind.CUT_OFF))));

            var heard = here.ask(STREAM);
            var record = heard.await();

            assertThat(heard.texts).containsExactly("Hel");
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.CUT_OFF);
            assertThat(record.attempts()).hasSize(1);
        }
    }

    @Test
    void triesThreeEndpointsAtTheMost() {
        try (var here = new Installation("a:m/one", "b:m/one", "c:m/one", "d:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(failed(FailureKind.UPSTREAM_ERROR))));

            assertThat(here.ask(WHOLE).await().attempts())
                    .extracting(Attempt::endpoint)
                    .hasSize(3);
        }
    }

    @Test
    void aModelThatThrowsIsAFailedAttempt() {
        try (var here = new Installation("bad:m/one", "good:m/one")) {
            here.install(ScriptedModel.later(e -> e.provider().name().equals("bad")
                    ? List.<CompletionStage<ChatEvent>>of(CompletableFuture.failedFuture(new IllegalStateException()))
                    : List.<CompletionStage<ChatEvent>>of(CompletableFuture.completedFuture(completion("fine")))));

            var heard = here.ask(WHOLE);

            assertThat(heard.await().attempts()).hasSize(2);
            assertThat(heard.completion).isNotNull();
        }
    }

    @Test
    void anEndpointThatIsFarSlowerThanItUsedToBeIsNotWaitedForWhileThereIsAnother() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            here.windows.put("a:m/one", measured(0.02));
            var late = new CompletableFuture<ChatEvent>();
            here.install(ScriptedModel.later(e -> e.provider().name().equals("a")
                    ? List.<CompletionStage<ChatEvent>>of(late)
                    : Stream.of(chunk("fine"), lastChunk(), end())
                            .<CompletionStage<ChatEvent>>map(CompletableFuture::completedFuture)
                            .toList()));

            var heard = here.ask(STREAM);
            var record = heard.await();
            late.complete(chunk("late"));

            assertThat(heard.texts).containsExactly("fine", "");
            assertThat(record.attempts())
                    .extracting(attempt -> attempt.failure().map(Failure::kind))
                    .containsExactly(Optional.of(FailureKind.TIMEOUT), Optional.empty());
            assertThat(here.outcomes)
                    .extracting(outcome -> outcome.failure().map(Failure::kind))
                    .containsExactly(Optional.of(FailureKind.TIMEOUT), Optional.empty());
        }
    }

    @Test
    void theLastEndpointIsWaitedFor() throws Exception {
        try (var here = new Installation("a:m/one")) {
            here.windows.put("a:m/one", measured(0.001));
            var late = new CompletableFuture<ChatEvent>();
            here.install(ScriptedModel.later(e -> List.of(
                    late, CompletableFuture.completedFuture(lastChunk()), CompletableFuture.completedFuture(end()))));

            var heard = here.ask(STREAM);
            // Whatever was to happen within the patience of an Installation has happened then.
            var unused = here.gateway
                    .parts()
                    .timer()
                    .schedule(() -> true, 2 * Installation.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .get();
            late.complete(chunk("late"));

            assertThat(heard.await().attempts()).hasSize(1);
            assertThat(heard.texts).containsExactly("late", "");
        }
    }

    private static Window measured(double seconds) {
        return new Window(
                20, 0, 0, Optional.of(new Percentiles(seconds, seconds, seconds, seconds, seconds)), Optional.empty());
    }

    @Test
    void aModelThatLacksAClassIsAFailedAttempt() {
        try (var here = new Installation("bad:m/one", "good:m/one")) {
            here.install(ScriptedModel.later(e -> {
                if (e.provider().name().equals("bad")) {
                    throw new NoClassDefFoundError("of/a/bundle/that/Went");
                }
                return List.<CompletionStage<ChatEvent>>of(CompletableFuture.completedFuture(completion("fine")));
            }));

            var heard = here.ask(WHOLE);

            assertThat(heard.await().attempts()).hasSize(2);
            assertThat(heard.completion).isNotNull();
        }
    }

    @Test
    void aClientWhoseAnswerCannotBeWrittenIsToldSoInsteadOfLeftWaiting() {
        try (var here = new Installation("a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(completion("fine"))));
            var listener = new RecordingListener() {
                @Override
                public void completed(ChatCompletion whole, GenerationRecord record) {
                    throw new NoClassDefFoundError("of/a/bundle/that/Went");
                }
            };

            here.ask(WHOLE, listener);

            listener.await();
            assertThat(listener.failure.kind()).isEqualTo(FailureKind.INTERNAL);
        }
    }

    @Test
    void refusesCallersWithoutAGoodKey() {
        try (var here = new Installation("a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(completion("hello"))));

            assertThat(refusal(here, new Caller.Anonymous())).isEqualTo(FailureKind.UNAUTHENTICATED);
            assertThat(refusal(here, new Caller.KeyHolder(Secret.of("forged"), "::1")))
                    .isEqualTo(FailureKind.UNAUTHENTICATED);
            assertThat(refusal(here, new Caller.KeyHolder(Secret.of("manager"), "::1")))
                    .isEqualTo(FailureKind.FORBIDDEN);
        }
    }

    private static FailureKind refusal(Installation here, Caller caller) {
        var heard = new RecordingListener();
        here.gateway.generate(caller, ChatRequest.of(JsonView.parse(WHOLE)), heard);
        heard.await();
        return heard.failure.kind();
    }

    @Test
    void aModelThatNobodyServesIsNotFound() {
        try (var here = new Installation("a:m/one")) {
            var heard = here.ask("{\"model\":\"m/other\",\"messages\":[]}");
            heard.await();

            assertThat(heard.failure.kind()).isEqualTo(FailureKind.MODEL_NOT_FOUND);
            assertThat(heard.failure.field()).contains("model");
        }
    }

    @Test
    void aSlowClientHoldsTheModelBack() {
        try (var here = new Installation("a:m/one")) {
            var second = new CompletableFuture<ChatEvent>();
            var model = ScriptedModel.later(e -> List.of(
                    CompletableFuture.completedFuture(chunk("one")), second, CompletableFuture.completedFuture(end())));
            here.install(model);
            var heard = new RecordingListener();
            var clientIsReady = new CompletableFuture<Void>();
            heard.taken = clientIsReady;

            here.ask(STREAM, heard);
            second.complete(lastChunk());
            assertThat(heard.texts).containsExactly("one");

            heard.taken = CompletableFuture.completedStage(null);
            clientIsReady.complete(null);
            heard.await();
            assertThat(heard.texts).containsExactly("one", "");
        }
    }

    @Test
    void aClientThatLeavesStopsTheModel() {
        try (var here = new Installation("a:m/one")) {
            var model = ScriptedModel.later(
                    e -> List.of(CompletableFuture.completedFuture(chunk("one")), new CompletableFuture<>()));
            here.install(model);
            var heard = new RecordingListener();

            var generation = here.ask(STREAM, heard);
            generation.cancel();

            assertThat(model.cancelled).isTrue();
            assertThat(heard.end).isNotDone();
        }
    }

    @Test
    void requestsWaitWhileThePlannerIsBeingReplaced() {
        try (var here = new Installation("a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(completion("hello"))));
            here.gateway.unbindPlanner(here.planner);

            var heard = here.ask(WHOLE);
            assertThat(heard.end).isNotDone();

            here.gateway.bindPlanner(here.planner);
            heard.await();
            assertThat(heard.failure).isNull();
        }
    }

    @Test
    void requestsWaitForAnAdapterThatIsBeingUpdated() {
        try (var here = new Installation("a:m/one")) {
            var old = here.install(ScriptedModel.saying(e -> List.of(completion("old"))));
            here.remove(old);

            var heard = here.ask(WHOLE);
            assertThat(heard.end).isNotDone();

            here.install(ScriptedModel.saying(e -> List.of(completion("new"))));
            heard.await();
            assertThat(heard.completion.json().toString()).contains("new");
        }
    }

    @Test
    void allWhoWaitForAnAdapterGetItEvenIfItLeavesWhileTheFirstIsServed() throws Exception {
        try (var here = new Installation("a:m/one")) {
            here.remove(here.install(ScriptedModel.saying(e -> List.of(completion("old")))));
            var waiting = List.of(here.ask(WHOLE), here.ask(WHOLE), here.ask(WHOLE));
            var served = new CountDownLatch(1);
            var leaving = new CountDownLatch(1);

            var brief = here.install(ScriptedModel.saying(e -> {
                served.countDown();
                awaitQuietly(leaving);
                return List.of(completion("brief"));
            }));
            served.await();
            var removal = CompletableFuture.runAsync(() -> here.remove(brief));
            awaitHidden(here);
            leaving.countDown();

            for (var heard : waiting) {
                heard.await();
                assertThat(heard.completion.json().toString()).contains("brief");
            }
            removal.get(5, TimeUnit.SECONDS);
        }
    }

    private static void awaitHidden(Installation here) {
        var lease = here.gateway.parts().adapters().lease("test");
        while (lease.isPresent()) {
            lease.get().close();
            lease = here.gateway.parts().adapters().lease("test");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nobodyWaitsForAnAdapterThatIsUninstalled() {
        try (var here = new Installation("a:m/one")) {
            here.remove(here.install(ScriptedModel.saying(e -> List.of(completion("old")))));
            here.uninstalled.set(true);

            var heard = here.ask(WHOLE);
            heard.await();

            assertThat(heard.failure.kind()).isEqualTo(FailureKind.MODEL_NOT_FOUND);
        }
    }

    @Test
    void anAdapterThatLeavesIsHiddenAtOnceAndItsOpenAnswersAreWaitedFor() throws Exception {
        try (var here = new Installation("a:m/one")) {
            var rest = new CompletableFuture<ChatEvent>();
            var old = here.install(ScriptedModel.later(e -> List.of(
                    CompletableFuture.completedFuture(chunk("one")), rest, CompletableFuture.completedFuture(end()))));
            var heard = here.ask(STREAM);
            var executor = Executors.newSingleThreadExecutor();
            var removal = executor.submit(() -> here.remove(old));
            awaitHidden(here);

            assertThat(removal).isNotDone();

            rest.complete(lastChunk());
            removal.get(5, TimeUnit.SECONDS);
            assertThat(heard.await().finishReason()).contains("stop");
            executor.shutdown();
        }
    }

    @Test
    void anAdapterDoesNotWaitForEverForItsOpenAnswers() {
        var registration = new Registration<>(
                "test",
                new Upstream.Local(ScriptedModel.saying(e -> List.of())),
                new Rank(0, Version.emptyVersion, 1),
                () -> false);
        var lease = registration.lease().orElseThrow();

        assertThat(registration.drain(Duration.ofMillis(20))).isFalse();
        lease.close();
        assertThat(registration.drain(Duration.ofMillis(20))).isTrue();
        assertThat(registration.lease()).isEmpty();
    }

    @Test
    void theNewerVersionOfAnAdapterIsPreferred() {
        try (var here = new Installation("a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(completion("old"))));
            here.install(ScriptedModel.saying(e -> List.of(completion("new"))));

            var heard = here.ask(WHOLE);
            heard.await();

            assertThat(heard.completion.json().toString()).contains("new");
        }
    }
}
