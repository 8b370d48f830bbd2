package io.patchbay.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.EmbeddingsListener;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.generation.Generation;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Route;
import io.patchbay.api.tasks.TaskListener;
import io.patchbay.api.tasks.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class EmbeddingsEndpointTest {
    private static final Endpoint ENDPOINT = Endpoint.builder(
                    ModelId.parse("acme/vectors"),
                    Provider.builder("acme", "openai")
                            .displayName("Acme \"AI\"")
                            .build())
            .build();
    private static final String TWO = "{\"model\":\"acme/vectors\",\"input\":[\"a\",\"b\"]}";

    private final RecordingResponse response = new RecordingResponse();

    @Test
    void answersInOpenAisFormWithOpenRoutersAdditions() {
        ask(TWO, Map.of(), (listener, caller) -> listener.embedded(vectors(), record()));

        assertThat(response.status).isEqualTo(200);
        assertThat(response.headers.first("X-Generation-Id")).contains("gen-1");
        assertThat(response.text())
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"object\":\"embedding\",\"index\":0,\"embedding\":[1.0]},"
                        + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[2.0]}],"
                        + "\"model\":\"acme/vectors\",\"id\":\"gen-1\",\"provider\":\"Acme \\\"AI\\\"\","
                        + "\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5,\"cost\":0.000002,\"is_byok\":false,"
                        + "\"cost_details\":{\"upstream_inference_cost\":0.0000015,\"upstream_inference_prompt_cost\":0.0000015,"
                        + "\"upstream_inference_completions_cost\":0,\"margin\":0.0000005}}}");
    }

    @Test
    void showsTheRouteToThoseWhoAsk() {
        ask(
                TWO,
                Map.of("X-OpenRouter-Metadata", "enabled"),
                (listener, caller) -> listener.embedded(vectors(), record()));

        assertThat(body().getAsJsonObject("openrouter_metadata").get("summary").getAsString())
                .contains("selected=Acme");
    }

    @Test
    void handsOverTheKey() {
        ask(TWO, Map.of("Authorization", "bearer  pb-key "), (listener, caller) -> {
            assertThat(((Caller.KeyHolder) caller).key().reveal()).isEqualTo("pb-key");
            listener.embedded(vectors(), record());
        });
        ask(TWO, Map.of(), (listener, caller) -> assertThat(caller).isInstanceOf(Caller.Anonymous.class));
    }

    @Test
    void aFailureIsAnErrorOfOpenAisForm() {
        ask(
                TWO,
                Map.of(),
                (listener, caller) ->
                        listener.failed(Failure.of(FailureKind.MODEL_NOT_FOUND, "Nobody serves it."), record()));

        assertThat(response.status).isEqualTo(404);
        assertThat(body().getAsJsonObject("error").get("type").getAsString()).isEqualTo("invalid_request_error");
        assertThat(body().getAsJsonObject("error")
                        .getAsJsonObject("availability")
                        .get("requested_models"))
                .hasToString("[\"acme/vectors\"]");
    }

    @Test
    void aMistakeIsNamedAndGoesNoFurther() {
        ask("{\"model\":\"acme/vectors\",\"input\":[]}", Map.of(), (listener, caller) -> {
            throw new AssertionError("the gateway was asked");
        });

        assertThat(response.status).isEqualTo(400);
        assertThat(body().getAsJsonObject("error").get("param").getAsString()).isEqualTo("input");
    }

    private void ask(String body, Map<String, String> headers, BiConsumer<EmbeddingsListener, Caller> answer) {
        response.written.clear();
        new EmbeddingsEndpoint(
                        new ScriptedGateway(answer),
                        (request, own, refuse, handler) -> handler.handle(own, Optional.empty()))
                .handle(new Request(body, headers), response);
    }

    private JsonObject body() {
        return JsonParser.parseString(response.text()).getAsJsonObject();
    }

    private static Embeddings vectors() {
        return Embeddings.builder()
                .vector(new float[] {1})
                .vector(new float[] {2})
                .build();
    }

    private static GenerationRecord record() {
        return GenerationRecord.builder("gen-1", Instant.EPOCH)
                .requestedModel("acme/vectors")
                .attempts(List.of(Attempt.success(ENDPOINT, Duration.ofMillis(3))))
                .route(new Route("price", List.of(new Candidate(ENDPOINT, 1, "the only endpoint")), List.of()))
                .usage(Usage.estimated(5, 0))
                .charge(new Charge(new Money(2_000), new Money(1_500), new Money(500)))
                .build();
    }

    private record ScriptedGateway(BiConsumer<EmbeddingsListener, Caller> answer) implements Gateway {
        @Override
        public Generation perform(Caller caller, TaskRequest request, TaskListener listener) {
            throw new UnsupportedOperationException("no tasks in this test");
        }

        @Override
        public Route explain(Caller caller, ModelRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Generation generate(Caller caller, ChatRequest request, GenerationListener listener) {
            throw new AssertionError("a chat was asked for");
        }

        @Override
        public Generation embed(Caller caller, EmbeddingsRequest request, EmbeddingsListener listener) {
            answer.accept(listener, caller);
            return new Generation() {
                @Override
                public String id() {
                    return "gen-1";
                }

                @Override
                public void cancel() {}
            };
        }
    }

    private record Request(String text, Map<String, String> headers) implements HttpRequest {
        @Override
        public String id() {
            return "req-1";
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/v1/embeddings";
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public String remoteAddress() {
            return "::1";
        }

        @Override
        public byte[] body() {
            return text.getBytes(UTF_8);
        }

        @Override
        public long arrivedNanos() {
            return 0;
        }
    }
}
