package io.patchbay.adapter.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AzureAdapterTest {
    private final AzureAdapter adapter = new AzureAdapter();

    @Test
    void addressesADeploymentAndShowsAzuresKey() {
        var request = encode(Map.of("api-version", "2025-01-01-preview"), "gpt 4/o");

        assertThat(request.path())
                .isEqualTo("/openai/deployments/gpt%204%2Fo/chat/completions?api-version=2025-01-01-preview");
        assertThat(request.headers().first("api-key")).contains("secret");
        assertThat(request.headers().first("Authorization")).isEmpty();
        assertThat(new String(request.body(), UTF_8)).contains("\"nobody_knows_me\":1");
    }

    @Test
    void knowsTheAddressesWithoutADate() {
        var request = encode(Map.of("api-version", "v1"), "gpt-4o");

        assertThat(request.path()).isEqualTo("/openai/v1/chat/completions");
        assertThat(new String(request.body(), UTF_8)).contains("\"model\":\"gpt-4o\"");
    }

    @Test
    void showsATokenOfEntra() {
        var request = encode(Map.of("auth", "entra"), "gpt-4o");

        assertThat(request.path()).endsWith("?api-version=2024-10-21");
        assertThat(request.headers().first("Authorization")).contains("Bearer secret");
        assertThat(request.headers().first("api-key")).isEmpty();
    }

    @Test
    void asksADeploymentForEmbeddings() {
        assertThat(embeddings(Map.of()).path())
                .isEqualTo("/openai/deployments/embed%20it/embeddings?api-version=2024-10-21");
        assertThat(embeddings(Map.of("api-version", "v1")).path()).isEqualTo("/openai/v1/embeddings");
        assertThat(embeddings(Map.of()).headers().first("api-key")).contains("secret");
        assertThat(new String(embeddings(Map.of()).body(), UTF_8))
                .isEqualTo("{\"model\":\"embed it\",\"input\":\"a\",\"encoding_format\":\"base64\"}");
        assertThat(embeddings(Map.of()).dropped()).containsExactly("input_type");
    }

    @Test
    void readsEmbeddings() {
        var answer = adapter.decode(
                EmbeddingsRequest.of(JsonView.parse("{\"input\":\"a\"}")),
                endpoint(Map.of(), "e"),
                "{\"data\":[{\"embedding\":[1,2]}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}"
                        .getBytes(UTF_8));

        assertThat(answer.data()).hasSize(1);
    }

    private UpstreamRequest embeddings(Map<String, String> options) {
        return adapter.encode(
                EmbeddingsRequest.of(JsonView.parse("{\"model\":\"a/b\",\"input\":\"a\",\"input_type\":\"query\","
                        + "\"encoding_format\":\"base64\"}")),
                endpoint(options, "embed it"),
                Credential.apiKey(Secret.of("secret")));
    }

    @Test
    void passesOverChunksThatOnlyTellOfFilters() {
        var events = decode(
                "{\"choices\":[],\"id\":\"\",\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":null,"
                        + "\"content_filter_results\":{}}]}",
                "{\"choices\":[{\"index\":0,\"finish_reason\":null,\"content_filter_offsets\":{\"check_offset\":2}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}}",
                "[DONE]");

        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
        assertThat(events.stream()
                        .filter(ChatChunk.class::isInstance)
                        .flatMap(chunk -> ((ChatChunk) chunk).finishReason().stream()))
                .containsExactly("stop");
    }

    @Test
    void aPromptThatAzureBlocksIsNotTheProvidersFailure() {
        var failure = adapter.classify(
                400,
                Headers.none(),
                ("{\"error\":{\"message\":\"The response was filtered due to the prompt triggering Azure OpenAI's content"
                                + " management policy.\",\"type\":null,\"param\":\"prompt\",\"code\":\"content_filter\","
                                + "\"status\":400,\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}")
                        .getBytes(UTF_8));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONTENT_FILTERED);
    }

    @Test
    void readsAzuresOwnErrors() {
        assertThat(kind(
                        404,
                        "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API deployment for this resource"
                                + " does not exist.\"}}"))
                .isEqualTo(FailureKind.UPSTREAM_MODEL_GONE);
        assertThat(kind(
                        401,
                        "{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid subscription key\"}}"))
                .isEqualTo(FailureKind.UPSTREAM_AUTH);

        var limited = adapter.classify(
                429,
                Headers.none(),
                "{\"error\":{\"code\":\"429\",\"message\":\"Please retry after 26 seconds.\"}}".getBytes(UTF_8));
        assertThat(limited.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(26));
    }

    private FailureKind kind(int status, String body) {
        return adapter.classify(status, Headers.none(), body.getBytes(UTF_8)).kind();
    }

    private List<ChatEvent> decode(String... frames) {
        var request = ChatRequest.of(JsonView.parse("{\"model\":\"openai/gpt-4o\",\"stream\":true}"));
        var decoder = adapter.decoder(request, endpoint(Map.of(), "gpt-4o"));
        var events = new ArrayList<ChatEvent>();
        for (var frame : frames) {
            decoder.decode(Frame.of(frame), events::add);
        }
        decoder.end(events::add);
        return events;
    }

    private UpstreamRequest encode(Map<String, String> options, String deployment) {
        var request = ChatRequest.of(
                JsonView.parse(
                        "{\"model\":\"openai/gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"nobody_knows_me\":1}"));
        return adapter.encode(request, endpoint(options, deployment), Credential.apiKey(Secret.of("secret")));
    }

    private static Endpoint endpoint(Map<String, String> options, String deployment) {
        return Endpoint.builder(
                        ModelId.parse("openai/gpt-4o"),
                        Provider.builder("azure", "azure").options(options).build())
                .upstreamModel(deployment)
                .build();
    }
}
