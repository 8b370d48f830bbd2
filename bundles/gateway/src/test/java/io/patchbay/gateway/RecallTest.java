package io.patchbay.gateway;

import static io.patchbay.gateway.ScriptedModel.chunk;
import static io.patchbay.gateway.ScriptedModel.completion;
import static io.patchbay.gateway.ScriptedModel.end;
import static io.patchbay.gateway.ScriptedModel.failed;
import static io.patchbay.gateway.ScriptedModel.lastChunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.cache.CacheUse;
import io.patchbay.api.cache.CacheWish;
import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.cache.ResponseCache;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attribution;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Answers that are kept. */
class RecallTest {
    private static final String WHOLE = "{\"model\":\"m/one\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"messages\"", "\"stream\":true,\"messages\"");
    private static final String VECTOR = "{\"model\":\"m/one\",\"input\":\"a\",\"encoding_format\":\"float\"}";
    private static final CacheWish WANTED = new CacheWish(Optional.of(true), Optional.empty(), false);

    private final Map<String, CachedAnswer> kept = new HashMap<>();
    private final ResponseCache cache = new ResponseCache() {
        @Override
        public Optional<CachedAnswer> find(String question) {
            return Optional.ofNullable(kept.get(question));
        }

        @Override
        public void keep(String question, CachedAnswer answer) {
            kept.put(question, answer);
        }

        @Override
        public void forget(String question) {
            kept.remove(question);
        }
    };

    private Installation installation(ScriptedModel model) {
        var here = new Installation("a:m/one", "b:m/one");
        here.install(model);
        here.gateway.bindResponseCache(cache);
        return here;
    }

    private static RecordingListener ask(Installation here, String body, CacheWish wish) {
        var heard = new RecordingListener();
        here.gateway.generate(
                new Caller.KeyHolder(
                        Secret.of(Installation.GOOD_KEY), "::1", Optional.empty(), wish, Attribution.App.UNKNOWN),
                ChatRequest.of(JsonView.parse(body)),
                heard);
        heard.await();
        return heard;
    }

    @Test
    void theSameQuestionIsAnsweredOnceAndPaidForOnce() {
        var answers = new AtomicInteger();
        var model = ScriptedModel.saying(endpoint -> List.of(completion("answer " + answers.incrementAndGet())));
        try (var here = installation(model)) {
            var first = ask(here, WHOLE, WANTED);
            var second = ask(here, WHOLE.replace("{\"model\"", "{ \"model\""), WANTED);

            assertThat(second.content()).isEqualTo(first.content()).isEqualTo("answer 1");
            var record = second.end.join();
            assertThat(record.id()).isNotEqualTo(first.end.join().id());
            assertThat(record.cache().map(CacheUse::source))
                    .contains(first.end.join().id());
            assertThat(record.usage().map(Usage::promptTokens)).contains(0L);
            assertThat(record.charge()).isEmpty();
            assertThat(record.servedModel()).isEqualTo("m/one");
            assertThat(record.answeredBy()).isEqualTo("a");
            assertThat(record.key()).isEqualTo("id");
            assertThat(here.till.charged).hasSize(1);
            assertThat(here.till.open).hasValue(0);
            assertThat(first.end.join().cache().map(CacheUse::isHit)).contains(false);
        }
    }

    private static RecordedEmbeddings embed(Installation here, String body, CacheWish wish) {
        var heard = new RecordedEmbeddings();
        here.gateway.embed(
                new Caller.KeyHolder(
                        Secret.of(Installation.GOOD_KEY), "::1", Optional.empty(), wish, Attribution.App.UNKNOWN),
                EmbeddingsRequest.of(JsonView.parse(body)),
                heard);
        heard.await();
        return heard;
    }

    @Test
    void embeddingsAreGivenAgainForNothing() {
        var answers = new AtomicInteger();
        try (var here = installation(ScriptedModel.saying(endpoint -> List.of()))) {
            here.installEmbedder((request, endpoint) -> CompletableFuture.completedStage(Embeddings.builder()
                    .vector(new float[] {answers.incrementAndGet()})
                    .promptTokens(5)
                    .build()));
            var first = embed(here, VECTOR, WANTED);
            var second = embed(here, VECTOR.replace("{\"model\"", "{ \"model\""), WANTED);
            var otherForm = embed(here, VECTOR.replace("float", "base64"), WANTED);
            var unasked = embed(here, VECTOR, CacheWish.NONE);

            assertThat(second.answer.json().toString())
                    .isEqualTo(first.answer.json().toString());
            var record = second.end.join();
            assertThat(record.id()).isNotEqualTo(first.end.join().id());
            assertThat(record.cache().map(CacheUse::source))
                    .contains(first.end.join().id());
            assertThat(record.kind()).isEqualTo(GenerationRecord.Kind.EMBEDDINGS);
            assertThat(record.usage().map(Usage::promptTokens)).contains(0L);
            assertThat(record.charge()).isEmpty();
            assertThat(record.servedModel()).isEqualTo("m/one");
            assertThat(record.key()).isEqualTo("id");
            assertThat(first.end.join().cache().map(CacheUse::isHit)).contains(false);
            assertThat(otherForm.answer.data().get(0).string("embedding")).isPresent();
            assertThat(unasked.end.join().cache()).isEmpty();
            assertThat(answers).hasValue(3);
            assertThat(here.till.charged).hasSize(3);
            assertThat(here.till.open).hasValue(0);
        }
    }

    @Test
    void embeddingsThatFailOrAreNotToBeRetainedAreNotKept() {
        try (var here = installation(ScriptedModel.saying(endpoint -> List.of()))) {
            here.installEmbedder((request, endpoint) -> CompletableFuture.completedStage(
                    Embeddings.builder().vector(new float[] {1}).build()));
            embed(here, VECTOR.replace("\"input\"", "\"provider\":{\"zdr\":true},\"input\""), WANTED);
            embed(here, VECTOR.replace("\"a\"", "[\"a\",\"b\"]"), WANTED);

            assertThat(kept).isEmpty();
        }
    }

    @Test
    void whatIsAskedOfAChatIsNotAnsweredByEmbeddings() {
        var both = WHOLE.replace("\"messages\"", "\"input\":\"a\",\"messages\"");
        try (var here = installation(ScriptedModel.saying(endpoint -> List.of(completion("answer"))))) {
            here.installEmbedder((request, endpoint) -> CompletableFuture.completedStage(
                    Embeddings.builder().vector(new float[] {1}).build()));
            embed(here, both, WANTED);

            assertThat(ask(here, both, WANTED).content()).isEqualTo("answer");
            assertThat(kept).hasSize(2);
        }
    }

    @Test
    void aStreamIsRepeatedPieceByPiece() {
        var model = ScriptedModel.saying(endpoint -> List.of(chunk("a"), chunk("b"), lastChunk(), end()));
        try (var here = installation(model)) {
            var first = ask(here, STREAM, WANTED);
            var second = ask(here, STREAM, WANTED);

            assertThat(second.texts).isEqualTo(first.texts).containsExactly("a", "b", "");
            assertThat(second.head.way().cache().map(CacheUse::isHit)).contains(true);
            assertThat(first.head.way().cache().map(CacheUse::isHit)).contains(false);
            assertThat(second.end.join().finishReason()).contains("stop");
            assertThat(model.asked).hasSize(1);
        }
    }

    @Test
    void nothingIsKeptForWhoeverDoesNotWantThat() {
        var model = ScriptedModel.saying(endpoint -> List.of(completion("answer")));
        try (var here = installation(model)) {
            ask(here, WHOLE, CacheWish.NONE);
            ask(here, WHOLE, new CacheWish(Optional.of(false), Optional.empty(), false));
            ask(here, WHOLE.replace("\"messages\"", "\"cache_enabled\":false,\"messages\""), WANTED);
            ask(here, WHOLE.replace("\"messages\"", "\"provider\":{\"zdr\":true},\"messages\""), WANTED);

            assertThat(kept).isEmpty();
            assertThat(model.asked).hasSize(4);
        }
    }

    @Test
    void aPresetCanWantItAndAClientCanClearIt() {
        var model = ScriptedModel.saying(endpoint -> List.of(completion("answer")));
        var preset = WHOLE.replace("\"messages\"", "\"cache_enabled\":true,\"cache_ttl_seconds\":60,\"messages\"");
        try (var here = installation(model)) {
            ask(here, preset, CacheWish.NONE);
            ask(here, preset, CacheWish.NONE);
            assertThat(model.asked).hasSize(1);
            assertThat(kept.values()).extracting(CachedAnswer::ttl).containsExactly(Duration.ofSeconds(60));

            ask(here, preset, new CacheWish(Optional.empty(), Optional.of(Duration.ofDays(9)), true));

            assertThat(model.asked).hasSize(2);
            assertThat(kept.values()).extracting(CachedAnswer::ttl).containsExactly(Duration.ofDays(1));
        }
    }

    @Test
    void whatFailedIsNotKeptAndNotRepeatedByTheNextAttempt() {
        List<ChatEvent> broken = List.of(failed(FailureKind.OVERLOADED));
        var model = ScriptedModel.saying(
                endpoint -> endpoint.provider().name().equals("a") ? broken : List.of(chunk("b"), lastChunk(), end()));
        try (var here = installation(model)) {
            ask(here, STREAM, WANTED);
            assertThat(kept.values())
                    .extracting(answer -> answer.parts().size())
                    .containsExactly(2);

            kept.clear();
            var failing = ScriptedModel.saying(endpoint -> broken);
            here.install(failing);
            ask(here, STREAM, WANTED);

            assertThat(kept).isEmpty();
        }
    }
}
