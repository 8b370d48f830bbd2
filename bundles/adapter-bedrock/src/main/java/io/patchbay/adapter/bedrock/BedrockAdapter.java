package io.patchbay.adapter.bedrock;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Translates for Amazon Bedrock. The base URL is {@code https://bedrock-runtime.REGION.amazonaws.com}, the credential an
 * API key of Bedrock or an access key ({@code ID:SECRET}). Options: {@code structured-output} ({@code native} or {@code tool}; told by the model's name if
 * not given), {@code guardrail} and {@code guardrail-version}, and {@code anthropic-beta}.
 */
@Component(property = ChatAdapter.NAME + "=bedrock")
public final class BedrockAdapter implements ChatAdapter, EmbeddingsAdapter {
    private static final String REQUEST = "{\"stream\":%s,\"reasoning\":{\"effort\":\"low\"},"
            + "\"response_format\":{\"type\":\"json_object\"},\"tools\":[{\"type\":\"function\",\"function\":{}}],"
            + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":"
            + "{\"file_data\":\"data:application/pdf;base64,\"},\"cache_control\":{}}]},"
            + "{\"role\":\"assistant\",\"reasoning_details\":[{}],\"tool_calls\":[{\"id\":\"a b\"}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"a b\"}]}";

    private static final List<Frame> STREAM = List.of(
            frame("contentBlockStart", "{\"start\":{\"toolUse\":{}}}"),
            frame("contentBlockDelta", "{\"delta\":{\"citation\":{}}}"),
            frame("contentBlockStop", "{}"),
            frame("messageStop", "{\"stopReason\":\"tool_use\"}"),
            frame("metadata", "{\"usage\":{}}"));

    private static final List<Frame> WHOLE = List.of(frame(
            "",
            "{\"output\":{\"message\":{\"content\":[{\"reasoningContent\":{\"reasoningText\":{}}},{\"toolUse\":{}}]}},"
                    + "\"stopReason\":\"end_turn\",\"usage\":{}}"));

    /** Loads every class an attempt may need: an attempt can outlive the moment from which this bundle loads no more. */
    @Activate
    public BedrockAdapter() {
        var endpoint = Endpoint.builder(
                        new ModelId("warm", "up", ""),
                        Provider.builder("warm-up", "bedrock")
                                .baseUrl(URI.create("https://bedrock-runtime.us-east-1.amazonaws.com"))
                                .build())
                .upstreamModel("anthropic.claude-sonnet-4-5")
                .build();
        for (boolean stream : new boolean[] {true, false}) {
            var request = request(stream);
            encode(request, endpoint, Credential.none());
            var decoder = decoder(request, endpoint);
            (stream ? STREAM : WHOLE).forEach(frame -> decoder.decode(frame, event -> {}));
            decoder.end(event -> {});
        }
        encode(request(false), endpoint, Credential.apiKey(Secret.of("AKIAWARMUP:secret:token")));
        EmbeddingsTranslator.warmUp(Endpoint.builder(endpoint.model(), endpoint.provider()));
        classify(429, Headers.of("Retry-After", "1"), "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** It takes what is in the request, and what lies in S3. */
    @Override
    public boolean fetches(String url, Endpoint endpoint) {
        return false;
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        return ChatEncoder.encode(request, endpoint, credential);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        var form = AnswerForm.of(request, endpoint);
        return request.stream() ? new StreamDecoder(form) : new WholeDecoder(form);
    }

    @Override
    public UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        return EmbeddingsTranslator.encode(request, endpoint, credential);
    }

    @Override
    public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
        return EmbeddingsTranslator.decode(request, endpoint, Headers.none(), body);
    }

    @Override
    public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, Headers headers, byte[] body) {
        return EmbeddingsTranslator.decode(request, endpoint, headers, body);
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return BedrockFailures.ofAnswer(status, headers, body);
    }

    private static ChatRequest request(boolean stream) {
        return ChatRequest.of(JsonView.parse(REQUEST.formatted(stream)));
    }

    private static Frame frame(String event, String data) {
        return new Frame(event, data.getBytes(StandardCharsets.UTF_8));
    }
}
