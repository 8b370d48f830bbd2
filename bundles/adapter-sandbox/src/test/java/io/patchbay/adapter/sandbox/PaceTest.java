package io.patchbay.adapter.sandbox;

import static io.patchbay.adapter.sandbox.SandboxFixture.ask;
import static io.patchbay.adapter.sandbox.SandboxFixture.streamed;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final String FOUR_TOKENS = ask("?", "\"max_tokens\":4");

    @Test
    void streamsAtTheConfiguredPace() {
        var fixture = new SandboxFixture(new Pace(100, 15), Fault.NONE);

        fixture.events("sandbox/echo", streamed(FOUR_TOKENS));

        assertThat(fixture.timer.nowMillis()).isEqualTo(100 + 4 * 15);
    }

    @Test
    void takesAsLongForAWholeAnswer() {
        var fixture = new SandboxFixture(new Pace(100, 15), Fault.NONE);

        fixture.events("sandbox/echo", FOUR_TOKENS);

        assertThat(fixture.timer.nowMillis()).isEqualTo(100 + 4 * 15);
    }

    @Test
    void keepsThePaceForAllChoicesTogether() {
        var fixture = new SandboxFixture(new Pace(0, 15), Fault.NONE);

        fixture.events("sandbox/echo", streamed(ask("?", "\"max_tokens\":4,\"n\":3")));

        assertThat(fixture.timer.nowMillis()).isEqualTo(4 * 15);
    }

    @Test
    void slowBeginsAfterTwoSeconds() {
        var fixture = new SandboxFixture(new Pace(0, 0), Fault.NONE);
        var first = fixture.answer("sandbox/slow", streamed(FOUR_TOKENS)).next().toCompletableFuture();

        assertThat(first).isNotDone();
        fixture.timer.runNext();
        assertThat(fixture.timer.nowMillis()).isEqualTo(2_000);
        assertThat(first).isCompleted();
    }

    @Test
    void dripTakesFiftyMillisecondsPerToken() {
        var fixture = new SandboxFixture(new Pace(0, 0), Fault.NONE);

        fixture.events("sandbox/drip", streamed(FOUR_TOKENS));

        assertThat(fixture.timer.nowMillis()).isEqualTo(4 * 50);
    }

    @Test
    void parrotAnswersAtOnceWhateverThePace() {
        var fixture = new SandboxFixture(new Pace(100, 15), Fault.NONE);
        var answer = fixture.answer("sandbox/parrot", streamed(ask("hi there")));

        for (var event = answer.next().toCompletableFuture(); event.join() instanceof ChatChunk; ) {
            event = answer.next().toCompletableFuture();
            assertThat(event).isCompleted();
        }
        assertThat(fixture.timer.waiting()).isZero();
    }

    @Test
    void stopsAtOnceWhenCancelled() {
        var fixture = new SandboxFixture(new Pace(0, 15), Fault.NONE);
        var answer = fixture.answer("sandbox/echo", streamed(FOUR_TOKENS));
        assertThat(answer.next().toCompletableFuture()).isCompleted();
        var pending = answer.next().toCompletableFuture();
        assertThat(fixture.timer.waiting()).isOne();

        answer.cancel();
        answer.cancel();

        assertThat(pending).isCancelled();
        assertThat(fixture.timer.waiting()).isZero();
        assertThat(answer.next().toCompletableFuture()).isCancelled();
        assertThat(fixture.timer.waiting()).isZero();
    }

    @Test
    void handsOutPendingTokensAndThenBreaksOffWhenDeactivated() {
        var fixture = new SandboxFixture(new Pace(0, 15), Fault.NONE);
        var answer = fixture.answer("sandbox/echo", streamed(FOUR_TOKENS));
        answer.next();
        var pending = answer.next().toCompletableFuture();

        fixture.sandbox.deactivate();
        fixture.timer.runNext();

        assertThat(pending).isCompletedWithValueMatching(ChatChunk.class::isInstance);
        assertThat(answer.next().toCompletableFuture())
                .isCompletedWithValueMatching(event -> event instanceof ChatEvent.Failed failed
                        && failed.failure().kind() == FailureKind.CUT_OFF);
    }

    @Test
    void pacesWithARealTimer() throws Exception {
        var timer = Sandbox.newTimer();
        var late = new ChatEvent.Failed(Failure.of(FailureKind.TIMEOUT, "late"));
        var answer = new PacedAnswer(List.of(new Step(1, late)).iterator(), timer);

        assertThat(answer.next().toCompletableFuture().get(10, SECONDS)).isSameAs(late);
        timer.shutdown();
    }
}
