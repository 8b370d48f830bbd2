package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.chunk;
import static io.patchbay.gateway.ScriptedModel.completion;
import static io.patchbay.gateway.ScriptedModel.end;
import static io.patchbay.gateway.ScriptedModel.lastChunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.guardrails.Blocked;
import io.patchbay.api.guardrails.Guardrail;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.pipeline.AnswerFilter;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.pipeline.Plugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What requests and answers pass. */
class PipelineTest {
    private static final String WHOLE =
            "{\"model\":\"m/one\",\"messages\":[{\"role\":\"user\",\"content\":\"a secret\"}]}";
    private static final String STREAM = WHOLE.replace("\"messages\"", "\"stream\":true,\"messages\"");
    private static final Note NOTE = new Note("guardrail", "test", "was here");

    private final ScriptedModel model = ScriptedModel.saying(endpoint -> List.of(completion("a secret answer")));

    /** Replaces a word in request and answer. */
    private record Replacing(String word, String by, JsonView asked) implements Passage {
        @Override
        public JsonView request() {
            return replaced(asked);
        }

        private JsonView replaced(JsonView json) {
            return JsonView.parse(json.toString().replace(word, by));
        }

        @Override
        public List<Note> notes() {
            return List.of(NOTE);
        }

        @Override
        public List<Budget> budgets() {
            return List.of(new Budget("id", new Money(7), Budget.Period.DAY));
        }

        @Override
        public Optional<AnswerFilter> answer() {
            return Optional.of(new AnswerFilter() {
                private final List<ChatChunk> kept = new ArrayList<>();

                @Override
                public ChatCompletion whole(ChatCompletion completion) {
                    return ChatCompletion.of(replaced(completion.json()));
                }

                /** Always one behind. */
                @Override
                public List<ChatChunk> chunks(List<ChatChunk> chunks) {
                    chunks.forEach(one -> kept.add(ChatChunk.of(replaced(one.json()))));
                    var seen = List.copyOf(kept.subList(0, kept.size() - 1));
                    kept.subList(0, kept.size() - 1).clear();
                    return seen;
                }

                @Override
                public List<ChatChunk> rest() {
                    return kept;
                }
            });
        }
    }

    private static Guardrail replacing(String word, String by) {
        return (subject, request) -> Optional.of(new Replacing(word, by, request.json()));
    }

    private static void guard(Installation here, Guardrail guardrail, AtomicBoolean isUninstalled) {
        here.gateway.parts().pipeline().guardrails().add(new Installed.One<>("test", guardrail, 0, isUninstalled::get));
    }

    private static void guard(Installation here, Guardrail guardrail) {
        guard(here, guardrail, new AtomicBoolean());
    }

    private static void plug(Installation here, String id, int ranking, Plugin plugin) {
        here.gateway.parts().pipeline().plugins().add(new Installed.One<>(id, plugin, ranking, () -> false));
    }

    private Installation installation() {
        return installation(model);
    }

    private static Installation installation(ScriptedModel model) {
        var here = new Installation("a:m/one");
        here.install(model);
        return here;
    }

    @Test
    void aGuardrailChangesWhatIsAskedAndWhatIsAnswered() {
        try (var here = installation()) {
            guard(here, replacing("secret", "[...]"));

            var heard = here.ask(WHOLE);

            var record = heard.await();
            assertThat(model.requests.get(0).json().toString())
                    .contains("a [...]")
                    .doesNotContain("secret");
            assertThat(heard.content()).isEqualTo("a [...] answer");
            assertThat(record.pipeline()).containsExactly(NOTE);
            assertThat(here.till.orders.get(0).budgets())
                    .extracting(Budget::limit)
                    .containsExactly(new Money(7));
        }
    }

    @Test
    void aStreamMayComeLaterButComesWhole() {
        var streaming = ScriptedModel.saying(
                endpoint -> List.of(chunk("a "), chunk("secret"), chunk(" answer"), lastChunk(), end()));
        try (var here = installation(streaming)) {
            guard(here, replacing("secret", "[...]"));

            var heard = here.ask(STREAM);

            assertThat(heard.await().failure()).isEmpty();
            assertThat(heard.texts).containsExactly("a ", "[...]", " answer", "");
        }
    }

    @Test
    void whatIsBlockedIsSentToNobodyAndCostsNothing() {
        try (var here = installation()) {
            guard(here, (subject, request) -> {
                throw Blocked.request(List.of("secret"));
            });

            var heard = here.ask(WHOLE);

            heard.await();
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.CONTENT_FILTERED);
            assertThat(model.asked).isEmpty();
            assertThat(here.till.charged).isEmpty();
        }
    }

    @Test
    void anAnswerThatIsBlockedIsPaidForAndNotSeen() {
        List<ChatEvent> events = List.of(chunk("fine"), chunk("secret"), chunk("never"), lastChunk(), end());
        try (var here = installation(ScriptedModel.saying(endpoint -> events))) {
            guard(here, (subject, request) -> Optional.of(new Blocking(request.json())));

            var heard = here.ask(STREAM);

            heard.await();
            assertThat(heard.failure.message()).startsWith("Response blocked");
            assertThat(heard.texts).doesNotContain("secret", "never");
            assertThat(here.till.charged).hasSize(1);
            assertThat(here.till.open).hasValue(0);
        }
    }

    @Test
    void aWholeAnswerThatIsBlockedIsPaidForToo() {
        try (var here = installation()) {
            guard(here, (subject, request) -> Optional.of(new Blocking(request.json())));

            var heard = here.ask(WHOLE);

            heard.await();
            assertThat(heard.completion).isNull();
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.CONTENT_FILTERED);
            assertThat(here.till.charged).hasSize(1);
        }
    }

    /** Lets nothing pass that has the word in it. */
    private record Blocking(JsonView request) implements Passage, AnswerFilter {
        private static void check(JsonView json) {
            if (json.toString().contains("secret")) {
                throw Blocked.response(List.of("secret"));
            }
        }

        @Override
        public Optional<AnswerFilter> answer() {
            return Optional.of(this);
        }

        @Override
        public ChatCompletion whole(ChatCompletion completion) {
            check(completion.json());
            return completion;
        }

        @Override
        public List<ChatChunk> chunks(List<ChatChunk> chunks) {
            chunks.forEach(one -> check(one.json()));
            return chunks;
        }

        @Override
        public List<ChatChunk> rest() {
            return List.of();
        }
    }

    @Test
    void requestsWaitForAGuardrailThatIsBeingUpdated() {
        try (var here = installation()) {
            var guardrail = replacing("secret", "old");
            guard(here, guardrail);
            here.gateway.parts().pipeline().guardrails().remove(guardrail);

            var heard = here.ask(WHOLE);
            assertThat(heard.isOver()).isFalse();
            guard(here, replacing("secret", "new"));

            assertThat(heard.await().failure()).isEmpty();
            assertThat(heard.content()).isEqualTo("a new answer");
        }
    }

    @Test
    void nothingPassesAGuardrailThatLeavesInThatMoment() {
        try (var here = installation()) {
            var guardrail = replacing("secret", "old");
            guard(here, guardrail);
            plug(here, "slow", 0, (request, settings, room) -> {
                here.gateway.parts().pipeline().guardrails().remove(guardrail);
                return Optional.empty();
            });

            var heard = here.ask(WHOLE);
            assertThat(model.requests).isEmpty();
            guard(here, replacing("secret", "new"));

            assertThat(heard.await().failure()).isEmpty();
            assertThat(heard.content()).isEqualTo("a new answer");
        }
    }

    @Test
    void aGuardrailThatIsUninstalledIsInNobodysWay() {
        try (var here = installation()) {
            var guardrail = replacing("secret", "old");
            var isUninstalled = new AtomicBoolean();
            guard(here, guardrail, isUninstalled);
            here.gateway.parts().pipeline().guardrails().remove(guardrail);

            var heard = here.ask(WHOLE);
            isUninstalled.set(true);

            assertThat(heard.await().failure()).isEmpty();
            assertThat(heard.content()).isEqualTo("a secret answer");
        }
    }

    @Test
    void pluginsComeInTheOrderOfTheirRankingAndTheLastOneSeesTheAnswerFirst() {
        try (var here = installation()) {
            plug(here, "second", 1, (request, settings, room) -> Optional.of(new Replacing("b", "c", request.json())));
            plug(
                    here,
                    "first",
                    2,
                    (request, settings, room) -> Optional.of(new Replacing("a secret", "b", request.json())));

            var heard = here.ask(WHOLE);

            heard.await();
            assertThat(model.requests.get(0).json().toString()).contains("\"content\":\"c\"");
            assertThat(heard.content()).isEqualTo("b answer");
        }
    }

    @Test
    void aPluginHearsWhatARequestSaysOfIt() {
        try (var here = installation()) {
            var shown = new AtomicInteger();
            var named = new AtomicInteger();
            plug(here, "one", 0, (request, settings, room) -> {
                shown.incrementAndGet();
                settings.flatMap(said -> said.string("how")).ifPresent(how -> named.incrementAndGet());
                return Optional.empty();
            });

            here.ask(WHOLE).await();
            here.ask(with("{\"id\":\"one\",\"how\":\"so\"}")).await();
            here.ask(with("{\"id\":\"one\",\"enabled\":false}")).await();

            assertThat(shown).hasValue(2);
            assertThat(named).hasValue(1);
        }
    }

    private static String with(String plugin) {
        return WHOLE.replace("\"messages\"", "\"plugins\":[" + plugin + "],\"messages\"");
    }

    @Test
    void aPluginThatThereIsNotIsRefusedByName() {
        try (var here = installation()) {
            plug(here, "one", 0, (request, settings, room) -> Optional.empty());

            var heard = here.ask(with("{\"id\":\"one\"},{\"id\":\"two\"}"));

            heard.await();
            assertThat(heard.failure.field()).contains("plugins[1].id");
            assertThat(heard.failure.message()).contains("'two'", "one");
            assertThat(here.ask(with("{\"id\":\"two\",\"enabled\":false}"))
                            .await()
                            .failure())
                    .isEmpty();
        }
    }

    @Test
    void aDefectOfAGuardrailLetsNothingPass() {
        try (var here = installation()) {
            guard(here, (subject, request) -> {
                throw new IllegalStateException("a defect");
            });

            var heard = here.ask(WHOLE);

            heard.await();
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.INTERNAL);
            assertThat(model.asked).isEmpty();
        }
    }
}
