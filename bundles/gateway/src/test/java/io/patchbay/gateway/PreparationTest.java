package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.completion;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.pipeline.Plugin;
import io.patchbay.api.pipeline.Room;
import io.patchbay.api.swap.Leases;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plugins that take their time with a request. */
class PreparationTest {
    private static final String FILE = "{\"model\":\"m/one\",\"messages\":[{\"role\":\"user\",\"content\":"
            + "[{\"type\":\"file\",\"file\":{\"file_data\":\"data\"}}]}]}";
    private static final String TEXT = "{\"model\":\"m/one\",\"messages\":[{\"role\":\"user\",\"content\":\"file\"}]}";

    private final ScriptedModel model = ScriptedModel.saying(endpoint -> List.of(completion("an answer")));
    private final Installation here = new Installation("a:m/one");
    private final Preparer preparer = new Preparer("read");
    private final AtomicBoolean isUninstalled = new AtomicBoolean();

    PreparationTest() {
        here.install(model);
    }

    @AfterEach
    void stop() {
        here.close();
    }

    /** Makes text of files when the test wants it. */
    private static final class Preparer implements Plugin {
        final List<CompletableFuture<Passage>> underWay = new CopyOnWriteArrayList<>();
        final List<ChatRequest> entered = new CopyOnWriteArrayList<>();
        private final String text;

        Preparer(String text) {
            this.text = text;
        }

        @Override
        public Optional<CompletableFuture<Passage>> prepare(
                ChatRequest request, Optional<JsonView> settings, Room room) {
            var passage = new CompletableFuture<Passage>();
            underWay.add(passage);
            return Optional.of(passage);
        }

        @Override
        public Optional<Passage> enter(ChatRequest request, Optional<JsonView> settings, Room room) {
            entered.add(request);
            return Optional.empty();
        }

        @Override
        public JsonView foreseen(ChatRequest request, Optional<JsonView> settings, Room room) {
            return JsonView.parse(TEXT);
        }

        void finish(int which) {
            underWay.get(which).complete(new Prepared(JsonView.parse(TEXT.replace("\"file\"", '"' + text + '"'))));
        }

        void await(int count) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (underWay.size() < count && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(underWay).hasSize(count);
        }
    }

    private record Prepared(JsonView request) implements Passage {
        @Override
        public List<Note> notes() {
            return List.of(new Note("plugin", "reader", "1 file"));
        }
    }

    private void install(Plugin plugin) {
        here.gateway
                .parts()
                .pipeline()
                .plugins()
                .add(new Installed.One<>("reader", plugin, 0, isUninstalled::get, Set.of("file"), new Leases()));
        here.gateway.parts().parking().wake();
    }

    private String sent() {
        return model.requests.get(0).json().toString();
    }

    @Test
    void arePatientlyWaitedForBeforeAnybodyElseSeesTheRequest() {
        install(preparer);

        var heard = here.ask(FILE);

        assertThat(heard.isOver()).isFalse();
        assertThat(preparer.entered).isEmpty();
        assertThat(here.till.orders).isEmpty();

        preparer.finish(0);
        var record = heard.await();

        assertThat(heard.content()).isEqualTo("an answer");
        assertThat(sent()).contains("read").doesNotContain("file_data");
        assertThat(preparer.entered).hasSize(1);
        assertThat(preparer.entered.get(0).contents()).isEmpty();
        assertThat(record.pipeline()).extracting(Note::summary).containsExactly("1 file");
        assertThat(here.admitted).hasValue(1);
    }

    @Test
    void areNotShownRequestsThatHoldNothingForThem() {
        install(preparer);

        here.ask(TEXT).await();
        here.ask(FILE.replace("\"messages\"", "\"plugins\":[{\"id\":\"reader\",\"enabled\":false}],\"messages\""))
                .await();

        assertThat(preparer.underWay).isEmpty();
        assertThat(preparer.entered).hasSize(1);
    }

    @Test
    void sayForAnExplanationWhatARequestIsGoingToBe() {
        install(preparer);

        var route = here.gateway.explain(
                new Caller.KeyHolder(Secret.of(Installation.GOOD_KEY), "::1"), ChatRequest.of(JsonView.parse(FILE)));

        assertThat(route.candidates()).hasSize(1);
        assertThat(preparer.underWay).isEmpty();
        assertThat(preparer.entered.get(0).contents()).isEmpty();
    }

    @Test
    void doNothingForStrangers() {
        install(preparer);
        var heard = new RecordingListener();

        here.gateway.generate(
                new Caller.KeyHolder(Secret.of("bad"), "::1"), ChatRequest.of(JsonView.parse(FILE)), heard);

        heard.await();
        assertThat(heard.failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);
        assertThat(preparer.underWay).isEmpty();
    }

    @Test
    void mayRefuseARequestWhichThenCostsNothing() {
        install(preparer);
        var heard = here.ask(FILE);

        preparer.underWay
                .get(0)
                .completeExceptionally(Failure.invalid("messages", "no").toException());

        heard.await();
        assertThat(heard.failure.field()).contains("messages");
        assertThat(model.asked).isEmpty();
        assertThat(here.till.orders).isEmpty();
        assertThat(here.till.open).hasValue(0);
    }

    @Test
    void mayBeDefective() {
        install(preparer);
        var heard = here.ask(FILE);

        preparer.underWay.get(0).completeExceptionally(new IllegalStateException("a defect"));

        heard.await();
        assertThat(heard.failure.kind()).isEqualTo(FailureKind.INTERNAL);
        assertThat(model.asked).isEmpty();
    }

    @Test
    void stopWhenTheClientGoes() {
        install(preparer);
        var heard = new RecordingListener();
        var generation = here.ask(FILE, heard);

        generation.cancel();

        assertThat(preparer.underWay.get(0)).isCancelled();
        preparer.finish(0);
        assertThat(model.asked).isEmpty();
        assertThat(here.till.orders).isEmpty();
        assertThat(heard.isOver()).isFalse();
    }

    @Test
    void haveNotForEver() {
        install(preparer);

        var heard = here.ask(FILE);

        heard.await();
        assertThat(heard.failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(heard.failure.retryAfter()).isPresent();
        assertThat(preparer.underWay.get(0)).isCompletedExceptionally();
    }

    @Test
    void arePreparedOneAfterTheOtherInTheirOrder() {
        var second = new Preparer("read twice");
        here.gateway
                .parts()
                .pipeline()
                .plugins()
                .add(new Installed.One<>("later", second, -1, () -> false, Set.of("file"), new Leases()));
        here.gateway
                .parts()
                .pipeline()
                .plugins()
                .add(new Installed.One<>("first", preparer, 1, () -> false, Set.of("file"), new Leases()));
        var heard = here.ask(FILE);
        assertThat(second.underWay).isEmpty();

        preparer.underWay.get(0).complete(new Prepared(JsonView.parse(FILE.replace("\"data\"", "\"more\""))));
        assertThat(second.underWay).hasSize(1);
        second.finish(0);

        assertThat(heard.await().pipeline()).hasSize(2);
        assertThat(sent()).contains("read twice");
        assertThat(here.admitted).hasValue(1);
    }

    @Test
    void areNotDeactivatedBeforeTheyAreDone() throws Exception {
        install(preparer);
        var heard = here.ask(FILE);
        var pipeline = here.gateway.parts().pipeline();

        var left = CompletableFuture.runAsync(() -> here.gateway.unbindPlugin(preparer));
        while (!pipeline.plugins().all().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(left.isDone()).isFalse();
        preparer.finish(0);

        left.get(10, TimeUnit.SECONDS);
        assertThat(heard.await().failure()).isEmpty();
        assertThat(sent()).contains("read");
    }

    @Test
    void areWaitedForWhileTheyAreBeingReplaced() throws InterruptedException {
        install(preparer);
        here.gateway.unbindPlugin(preparer);

        var heard = here.ask(FILE);
        assertThat(here.ask(TEXT).await().failure()).isEmpty();
        assertThat(heard.isOver()).isFalse();
        var next = new Preparer("read anew");
        install(next);
        next.await(1);
        next.finish(0);

        assertThat(heard.await().failure()).isEmpty();
        assertThat(model.requests.get(1).json().toString()).contains("read anew");
        assertThat(here.admitted).hasValue(2);
    }

    @Test
    void areNotWaitedForOnceTheyAreUninstalled() {
        install(preparer);
        here.gateway.unbindPlugin(preparer);

        var heard = here.ask(FILE);
        assertThat(heard.isOver()).isFalse();
        isUninstalled.set(true);

        assertThat(heard.await().failure()).isEmpty();
        assertThat(sent()).contains("file_data");
    }

    /** A part that the plan needs may be replaced just then. */
    @Test
    void areDoneOnceThoughThePlannerIsReplacedMeanwhile() {
        install(preparer);
        var heard = here.ask(FILE);

        here.gateway.unbindPlanner(here.planner);
        preparer.finish(0);
        assertThat(heard.isOver()).isFalse();
        here.gateway.bindPlanner(here.planner);

        assertThat(heard.await().failure()).isEmpty();
        assertThat(preparer.underWay).hasSize(1);
        assertThat(here.admitted).hasValue(1);
    }
}
