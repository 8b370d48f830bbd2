package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.LocalEmbeddings;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.transport.Transport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddingsRunTest {
    private static final String TWO = "{\"model\":\"m/one\",\"input\":[\"a\",\"b\"]}";
    private static final String VECTORS =
            "{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}],\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";

    @Test
    void givesVectorsAndRecordsWhatTheyTook() {
        try (var here = new Installation("a:m/one")) {
            here.installEmbeddings(new TinyAdapter());
            here.network(answering(Map.of("a", "200 " + VECTORS)));

            var heard = here.embed(TWO);
            var record = heard.await();

            assertThat(heard.answer.data()).hasSize(2);
            assertThat(record.id()).startsWith("gen-");
            assertThat(record.requestedModel()).isEqualTo("m/one");
            assertThat(record.usage().orElseThrow().promptTokens()).isEqualTo(5);
            assertThat(here.outcomes)
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.failure()).isEmpty());
        }
    }

    @Test
    void fallsBackFromAProviderThatFailsAndFromAnAnswerThatLacksAVector() {
        try (var here = new Installation("busy:m/one", "lazy:m/one", "good:m/one")) {
            here.installEmbeddings(new TinyAdapter());
            here.network(answering(Map.of(
                    "busy",
                    "429 slow down",
                    "lazy",
                    "200 {\"data\":[{\"embedding\":[1]}]}",
                    "good",
                    "200 " + VECTORS)));

            var heard = here.embed(TWO);
            var record = heard.await();

            assertThat(record.attempts())
                    .extracting(attempt -> attempt.failure().map(Failure::kind).orElse(null))
                    .containsExactly(FailureKind.RATE_LIMITED, FailureKind.MALFORMED_ANSWER, null);
            assertThat(heard.answer.data()).hasSize(2);
        }
    }

    @Test
    void whatOneAdapterCanNotSayAnotherMay() {
        try (var here = new Installation("other:m/one", "good:m/one")) {
            here.installEmbeddings(new TinyAdapter());
            here.network(answering(Map.of("good", "200 " + VECTORS)));

            assertThat(here.embed(TWO).await().attempts()).hasSize(2);
        }
        try (var here = new Installation("other:m/one", "other-2:m/one")) {
            here.installEmbeddings(new TinyAdapter());

            var heard = here.embed(TWO);
            heard.await();

            assertThat(heard.failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
            assertThat(heard.failure.field()).contains("input");
        }
    }

    @Test
    void aChatThatOneAdapterCanNotSayGoesToTheNextToo() {
        try (var here = new Installation("other:m/one", "good:m/one")) {
            here.installChats(new TinyAdapter());
            here.network(answering(Map.of("good", "200 {\"choices\":[{\"index\":0,\"message\":{}}]}")));

            var heard = here.ask("{\"model\":\"m/one\",\"messages\":[]}");

            assertThat(heard.await().attempts()).hasSize(2);
            assertThat(heard.completion).isNotNull();
        }
    }

    @Test
    void anAdapterThatOnlyChatsIsPassedOverWithAReason() {
        try (var here = new Installation("a:m/one")) {
            here.install(ScriptedModel.saying(e -> List.of()));

            var heard = here.embed(TWO);
            var route = heard.await().route().orElseThrow();

            assertThat(heard.failure.kind()).isEqualTo(FailureKind.NO_ENDPOINTS);
            assertThat(heard.failure.message()).contains("a: the adapter test does no embeddings");
            assertThat(route.candidates()).isEmpty();
            assertThat(route.dropped())
                    .extracting(Exclusion::reason)
                    .containsExactly("the adapter test does no embeddings");
        }
    }

    @Test
    void anAdapterThatOnlyEmbedsIsPassedOverByChats() {
        try (var here = new Installation("a:m/one")) {
            here.installEmbedder(embedding(0));

            var heard = here.ask("{\"model\":\"m/one\",\"messages\":[]}");
            heard.await();

            assertThat(heard.failure.kind()).isEqualTo(FailureKind.NO_ENDPOINTS);
            assertThat(heard.failure.message()).contains("does no chats");
        }
    }

    @Test
    void givesTheFormThatIsAskedForWhateverTheModelGives() {
        try (var here = new Installation("a:m/one")) {
            here.installEmbedder(embedding(1));

            var heard = here.embed("{\"model\":\"m/one\",\"input\":\"a\",\"encoding_format\":\"base64\"}");

            assertThat(heard.await().usage().orElseThrow().isEstimated()).isTrue();
            assertThat(heard.answer.data().get(0).string("embedding")).contains("AACAPw==");
        }
    }

    @Test
    void countsTokensWhereTheyAreGivenAsNumbers() {
        try (var here = new Installation("a:m/one")) {
            here.installEmbedder(embedding(1));

            assertThat(prompt(here, "[1,2,3]")).isEqualTo(3);
            assertThat(prompt(here, "[[1,2,3,4]]")).isEqualTo(4);
            assertThat(prompt(here, "\"twelve chars\"")).isEqualTo(3);
        }
    }

    private static long prompt(Installation here, String input) {
        var record = here.embed("{\"model\":\"m/one\",\"input\":" + input + "}").await();
        return record.usage().orElseThrow().promptTokens();
    }

    @Test
    void aModelThatThrowsIsAFailedAttempt() {
        try (var here = new Installation("a:m/one", "b:m/one")) {
            here.installEmbedder((request, endpoint) -> {
                if (endpoint.provider().name().equals("a")) {
                    throw new IllegalStateException("it broke");
                }
                return CompletableFuture.failedStage(
                        Failure.of(FailureKind.OVERLOADED, "Later.").toException());
            });

            var heard = here.embed(TWO);

            assertThat(heard.await().attempts()).hasSize(2);
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.OVERLOADED);
        }
    }

    @Test
    void refusesCallersWithoutAKeyAndModelsNobodyServes() {
        try (var here = new Installation("a:m/one")) {
            here.installEmbedder(embedding(1));
            var heard = new RecordedEmbeddings();
            here.gateway.embed(new Caller.Anonymous(), EmbeddingsRequest.of(JsonView.parse(TWO)), heard);
            heard.await();
            assertThat(heard.failure.kind()).isEqualTo(FailureKind.UNAUTHENTICATED);

            var other = here.embed("{\"model\":\"m/other\",\"input\":\"a\"}");
            other.await();
            assertThat(other.failure.kind()).isEqualTo(FailureKind.MODEL_NOT_FOUND);
        }
    }

    @Test
    void requestsWaitForAnAdapterThatIsBeingUpdated() {
        try (var here = new Installation("a:m/one")) {
            here.removeEmbedder(here.installEmbedder(embedding(1)));

            var heard = here.embed("{\"model\":\"m/one\",\"input\":\"a\"}");
            assertThat(heard.end).isNotDone();

            here.installEmbedder(embedding(2));
            heard.await();
            assertThat(heard.answer.json().toString()).contains("2.0");
        }
    }

    @Test
    void anAdapterThatLeavesWaitsForItsOpenAnswers() throws Exception {
        try (var here = new Installation("a:m/one")) {
            var later = new CompletableFuture<Embeddings>();
            var leaving = here.installEmbedder((request, endpoint) -> later);
            var heard = here.embed("{\"model\":\"m/one\",\"input\":\"a\"}");

            var removal = CompletableFuture.runAsync(() -> here.removeEmbedder(leaving));
            assertThat(removal).isNotDone();
            later.complete(vector(1));

            removal.get(5, TimeUnit.SECONDS);
            assertThat(heard.await().attempts()).hasSize(1);
        }
    }

    private static LocalEmbeddings embedding(float number) {
        return (request, endpoint) -> CompletableFuture.completedStage(vector(number));
    }

    private static Embeddings vector(float number) {
        return Embeddings.builder().vector(new float[] {number}).build();
    }

    /** A network where each provider, by its name, says the same: a status and a body. */
    private static Transport answering(Map<String, String> providers) {
        return (provider, request, listener) -> {
            var answer = providers.getOrDefault(provider.name(), "500 ");
            listener.head(Integer.parseInt(answer.substring(0, 3)), Headers.none());
            listener.frames(List.of(Frame.of(answer.substring(4))));
            listener.ended();
            return () -> {};
        };
    }
}
