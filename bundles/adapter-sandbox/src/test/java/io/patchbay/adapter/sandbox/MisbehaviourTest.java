package io.patchbay.adapter.sandbox;

import static io.patchbay.adapter.sandbox.SandboxFixture.ask;
import static io.patchbay.adapter.sandbox.SandboxFixture.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisbehaviourTest {
    private static final String QUESTION = ask("What is Patchbay?");

    private final SandboxFixture fixture = new SandboxFixture();

    @ParameterizedTest
    @CsvSource({
        "rate-limited, RATE_LIMITED, 429",
        "overloaded,   OVERLOADED, 503",
        "failing,      UPSTREAM_ERROR, 500",
        "refusing,     CONTENT_FILTERED, 400",
        "too-long,     CONTEXT_TOO_LONG, 400"
    })
    void failsBeforeTheFirstToken(String behaviour, FailureKind kind, int status) {
        for (var request : new String[] {QUESTION, streamed(QUESTION)}) {
            var events = fixture.events("sandbox/" + behaviour, request);

            assertThat(events).hasSize(1);
            var failure = ((ChatEvent.Failed) events.get(0)).failure();
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.providerStatus()).hasValue(status);
            assertThat(failure.provider()).contains("Sandbox");
        }
    }

    @Test
    void saysWhenToComeBack() {
        assertThat(fixture.failure("sandbox/rate-limited", QUESTION).retryAfter())
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void cutsAStreamAfterThreeTokens() {
        var events = fixture.events("sandbox/cut", streamed(QUESTION));

        assertThat(events).hasSize(5);
        assertThat(SandboxFixture.chunks(events))
                .hasSize(4)
                .allMatch(chunk -> chunk.finishReason().isEmpty());
        assertThat(((ChatEvent.Failed) events.get(4)).failure().kind()).isEqualTo(FailureKind.CUT_OFF);
    }

    @Test
    void cutsAWholeAnswer() {
        assertThat(fixture.failure("sandbox/cut", QUESTION).kind()).isEqualTo(FailureKind.CUT_OFF);
    }

    @Test
    void failsEverySecondRequest() {
        assertThat(IntStream.range(0, 6).mapToObj(i -> fails("sandbox/flaky")))
                .containsExactly(false, true, false, true, false, true);
    }

    @Test
    void countsTheRequestsOfEachModelApart() {
        assertThat(fails("sandbox/flaky")).isFalse();
        assertThat(fails("sandbox/echo")).isFalse();
        assertThat(fails("sandbox/flaky")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "30, 30", "100, 100"})
    void failsAsOftenAsConfigured(int percent, int failures) {
        var failing = new SandboxFixture(new Pace(0, 0), Fault.ofEveryHundred(percent));

        assertThat(IntStream.range(0, 100)
                        .filter(i -> failing.events("sandbox/echo", QUESTION).get(0) instanceof ChatEvent.Failed))
                .hasSize(failures);
    }

    @Test
    void knowsABehaviourByTheEndOfTheUpstreamName() {
        assertThat(kindOf("any/thing/rate-limited")).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(kindOf("nothing")).isEqualTo(FailureKind.UPSTREAM_MODEL_GONE);
    }

    private FailureKind kindOf(String upstreamModel) {
        var endpoint = Endpoint.builder(
                        ModelId.parse("a/b"), fixture.endpoint("sandbox/echo").provider())
                .upstreamModel(upstreamModel)
                .build();
        var event = fixture.sandbox
                .answer(ChatRequest.of(JsonView.parse(QUESTION)), endpoint)
                .next()
                .toCompletableFuture()
                .join();
        return ((ChatEvent.Failed) event).failure().kind();
    }

    private boolean fails(String model) {
        return fixture.events(model, QUESTION).get(0) instanceof ChatEvent.Failed;
    }
}
