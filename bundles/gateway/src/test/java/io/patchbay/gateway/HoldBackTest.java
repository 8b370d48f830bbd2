package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.chunk;
import static io.patchbay.gateway.ScriptedModel.end;
import static io.patchbay.gateway.ScriptedModel.failed;
import static io.patchbay.gateway.ScriptedModel.lastChunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The first tokens of a stream are kept back until it is likely to last. */
class HoldBackTest {
    private static final String STREAM = "{\"model\":\"m/one\",\"stream\":true,\"messages\":[]}";

    @Test
    void aStreamThatBreaksWithinThemIsFollowedByAnother() {
        try (var here = Installation.holdingBack(4, "a:m/one", "b:m/one")) {
            here.install(ScriptedModel.saying(e -> e.provider().name().equals("a")
                    ? List.of(chunk("lost"), failed(FailureKind.CUT_OFF))
                    : List.of(chunk("one"), chunk("two"), chunk("three"), chunk("four"), lastChunk(), end())));

            var heard = here.ask(STREAM);

            assertThat(heard.await().attempts()).hasSize(2);
            assertThat(heard.failure).isNull();
            assertThat(heard.texts).containsExactly("one", "two", "three", "four", "");
            assertThat(heard.head.provider()).isEqualTo("b");
        }
    }

    @Test
    void theClientHearsThemOnceThereAreEnoughAndTheRestAsItComes() {
        try (var here = Installation.holdingBack(3, "a:m/one")) {
            var chunks = List.of(
                    new CompletableFuture<ChatEvent>(),
                    new CompletableFuture<ChatEvent>(),
                    new CompletableFuture<ChatEvent>(),
                    new CompletableFuture<ChatEvent>(),
                    CompletableFuture.completedFuture(lastChunk()),
                    CompletableFuture.completedFuture(end()));
            here.install(ScriptedModel.later(e -> List.copyOf(chunks)));

            var heard = here.ask(STREAM);
            chunks.get(0).complete(chunk("one"));
            chunks.get(1).complete(chunk("two"));
            assertThat(heard.texts).isEmpty();
            chunks.get(2).complete(chunk("three"));
            assertThat(heard.texts).containsExactly("one", "two", "three");
            chunks.get(3).complete(chunk("four"));

            heard.await();
            assertThat(heard.texts).containsExactly("one", "two", "three", "four", "");
        }
    }

    @Test
    void anAnswerThatIsShorterIsHeardWhole() {
        try (var here = Installation.holdingBack(100, "a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(chunk("short"), lastChunk(), end())));

            var heard = here.ask(STREAM);

            assertThat(heard.await().failure()).isEmpty();
            assertThat(heard.texts).containsExactly("short", "");
        }
    }

    @Test
    void ifNobodyIsLeftTheClientIsToldInsteadOfGettingHalfAnAnswer() {
        try (var here = Installation.holdingBack(4, "a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of(chunk("half"), failed(FailureKind.CUT_OFF))));

            var heard = here.ask(STREAM);
            var record = heard.await();

            assertThat(heard.texts).isEmpty();
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.CUT_OFF);
            assertThat(record.charge()).isEmpty();
        }
    }
}
