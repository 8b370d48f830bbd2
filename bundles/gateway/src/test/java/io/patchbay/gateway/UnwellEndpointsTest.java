package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.completion;
import static io.patchbay.gateway.ScriptedModel.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.EndpointHealth.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the gateway does with endpoints whose health has changed since the route was planned. */
class UnwellEndpointsTest {
    private static final String ANY = "{\"model\":\"m/one\",\"messages\":[]}";
    private static final String IN_ORDER =
            "{\"model\":\"m/one\",\"messages\":[],\"provider\":{\"order\":[\"a\",\"b\",\"c\"]}}";

    @Test
    void oneRequestAtATimeTriesOutTheOneOnProbation() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            var slow = new CompletableFuture<ChatEvent>();
            var model = ScriptedModel.later(
                    e -> List.of(isOf("a", e) ? slow : CompletableFuture.completedFuture(completion("fine"))));
            here.install(model);
            here.state("a:m/one", Condition.ON_PROBATION, 0, 0);

            var first = here.ask(ANY);
            var second = here.ask(ANY);
            assertThat(second.await().attempts().get(0).endpoint().id()).isEqualTo("b:m/one");
            slow.complete(completion("well again"));

            assertThat(first.await().attempts().get(0).endpoint().id()).isEqualTo("a:m/one");
            assertThat(names(model)).containsExactly("a", "b");
        }
    }

    @Test
    void theOneOnProbationIsAskedByManyIfThereIsNobodyElse() {
        try (var here = new Installation("a:m/one")) {
            var slow = new CompletableFuture<ChatEvent>();
            here.install(ScriptedModel.later(e -> List.of(slow)));
            here.state("a:m/one", Condition.ON_PROBATION, 0, 0);

            var heard = List.of(here.ask(ANY), here.ask(ANY));
            slow.complete(completion("well again"));

            assertThat(heard)
                    .allSatisfy(one -> assertThat(one.await().attempts()).hasSize(1));
        }
    }

    @Test
    void whoHasAskedToWaitSinceTheRouteWasPlannedIsNotAsked() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            var model = ScriptedModel.saying(e -> List.of(completion("fine")));
            here.install(model);
            here.state("a:m/one", Condition.PARKED, 9, 0);

            var record = here.ask(ANY).await();

            assertThat(names(model)).containsExactly("b");
            assertThat(record.route().orElseThrow().dropped())
                    .singleElement()
                    .satisfies(dropped -> assertThat(dropped.rule().word()).isEqualTo("rate_limited"));
        }
    }

    @Test
    void ifAllHaveAskedToWaitTheClientIsToldForHowLong() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            var model = ScriptedModel.saying(e -> List.of(completion("fine")));
            here.install(model);
            here.state("a:m/one", Condition.PARKED, 9, 0);
            here.state("b:m/one", Condition.PARKED, 7, 0);

            var heard = here.ask(ANY);
            heard.await();

            assertThat(names(model)).isEmpty();
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
            assertThat(heard.failure.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(heard.failure.limitSource()).contains("provider_rate_limit");
        }
    }

    @Test
    void afterAFailureRatherOneIsAskedThatAnsweredLast() {
        try (var here = new Installation("a:m/one", "b:m/one", "c:m/one")) {
            var model = ScriptedModel.saying(
                    e -> List.of(isOf("c", e) ? completion("fine") : failed(FailureKind.UPSTREAM_ERROR)));
            here.install(model);
            here.state("b:m/one", Condition.WELL, 0, 2);

            here.ask(ANY).await();
            assertThat(names(model)).containsExactly("a", "c");

            here.ask(IN_ORDER).await();
            assertThat(names(model)).as("the client has named an order").containsExactly("a", "c", "a", "b", "c");
        }
    }

    @Test
    void whatAModelCannotDoIsAskedOfTheNextAndRemembered() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            var refusal = Failure.builder(
                            FailureKind.INVALID_REQUEST, "This model does not support assistant message prefill.")
                    .providerStatus(400)
                    .build();
            here.install(ScriptedModel.saying(
                    e -> List.of(isOf("a", e) ? new ChatEvent.Failed(refusal) : completion("fine"))));

            var heard = here.ask("{\"model\":\"m/one\",\"messages\":[{\"role\":\"assistant\",\"content\":\"{\"}]}");

            assertThat(heard.await().attempts()).hasSize(2);
            assertThat(heard.completion).isNotNull();
            assertThat(here.refusals).containsOnlyKeys("a:m/one");
            assertThat(here.refusals.get("a:m/one")).containsExactly("prefill");
        }
    }

    @Test
    void aBrownOutIsNotMultiplied() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            var first = new ArrayList<CompletableFuture<ChatEvent>>();
            var second = new ArrayList<CompletableFuture<ChatEvent>>();
            var model = ScriptedModel.later(e -> {
                var answer = new CompletableFuture<ChatEvent>();
                (isOf("a", e) ? first : second).add(answer);
                return List.of(answer);
            });
            here.install(model);
            here.state("a:m/one", Condition.EJECTED, 30, 0);
            here.state("b:m/one", Condition.EJECTED, 30, 0);

            var heard = new ArrayList<RecordingListener>();
            for (int i = 0; i < 10; i++) {
                heard.add(here.ask(ANY));
            }
            first.forEach(answer -> answer.complete(failed(FailureKind.OVERLOADED)));

            assertThat(second).as("three retries in any case").hasSize(3);
            assertThat(heard).filteredOn(RecordingListener::isOver).hasSize(7);
            second.forEach(answer -> answer.complete(completion("fine")));
            assertThat(heard).allMatch(RecordingListener::isOver);
            here.ask(ANY);
            first.get(10).complete(failed(FailureKind.OVERLOADED));
            assertThat(second).as("what has ended does not count").hasSize(4);
        }
    }

    @Test
    void fallingBackOnOneThatIsWellIsNoRetry() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            var first = new ArrayList<CompletableFuture<ChatEvent>>();
            var never = new CompletableFuture<ChatEvent>();
            var model = ScriptedModel.later(e -> {
                var answer = isOf("a", e) ? new CompletableFuture<ChatEvent>() : never;
                if (isOf("a", e)) {
                    first.add(answer);
                }
                return List.of(answer);
            });
            here.install(model);
            here.state("a:m/one", Condition.EJECTED, 30, 0);

            for (int i = 0; i < 10; i++) {
                here.ask(ANY);
            }
            first.forEach(answer -> answer.complete(failed(FailureKind.OVERLOADED)));

            assertThat(names(model)).filteredOn("b"::equals).hasSize(10);
        }
    }

    private static boolean isOf(String provider, Endpoint endpoint) {
        return endpoint.provider().name().equals(provider);
    }

    private static List<String> names(ScriptedModel model) {
        return model.asked.stream().map(endpoint -> endpoint.provider().name()).toList();
    }
}
