package io.patchbay.adapter.gemini;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.ModelListAdapter;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Translates for AI Studio and for Vertex AI. */
@Component(property = ChatAdapter.NAME + "=gemini")
public final class GeminiAdapter implements ChatAdapter, ModelListAdapter {
    private static final String REQUEST = "{\"stream\":%s,\"reasoning\":{\"effort\":\"low\"},"
            + "\"response_format\":{\"type\":\"json_object\"},\"tools\":[{\"type\":\"function\",\"function\":"
            + "{\"name\":\"f\",\"parameters\":{\"properties\":{\"a\":{}}}}}],\"messages\":["
            + "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"https://a/b.png\"}]},"
            + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\"}}],"
            + "\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"d\",\"id\":\"text:0:0\","
            + "\"format\":\"google-gemini-v1\"}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"{}\"}]}";

    private static final String ANSWER = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\",\"thought\":true},"
            + "{\"text\":\"a\",\"thoughtSignature\":\"s\"},{\"functionCall\":{\"name\":\"f\"}}]},"
            + "\"finishReason\":\"STOP\",\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{}}]},"
            + "\"logprobsResult\":{}}],\"usageMetadata\":{\"promptTokenCount\":1}}";

    /** Loads every class an attempt may need: an attempt can outlive the moment from which this bundle loads no more. */
    @Activate
    public GeminiAdapter() {
        var endpoint = Endpoint.builder(
                        new ModelId("warm", "up", ""),
                        Provider.builder("warm-up", "gemini").build())
                .build();
        for (boolean stream : new boolean[] {true, false}) {
            var request = ChatRequest.of(JsonView.parse(REQUEST.formatted(stream)));
            encode(request, endpoint, Credential.none());
            var decoder = decoder(request, endpoint);
            decoder.decode(Frame.of(ANSWER), event -> {});
            decoder.end(event -> {});
        }
        classify(429, Headers.of("Retry-After", "1"), "[{\"error\":{}}]".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean fetches(String url, Endpoint endpoint) {
        return Media.fetches(url, ModelRules.of(endpoint));
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        return ChatEncoder.encode(request, endpoint, credential);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        var ids = new CallIds(request.json().elementKinds("messages").size());
        boolean paysEachSearch = ModelRules.of(endpoint).paysEachSearch();
        var answer = new Answer(!ReasoningWish.of(request.json()).isHidden(), ids, paysEachSearch);
        return request.stream() ? new StreamDecoder(answer) : new WholeDecoder(answer);
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return GeminiFailures.ofAnswer(status, headers, body);
    }

    @Override
    public UpstreamRequest encode(Provider provider, Credential credential) {
        return UpstreamRequest.get("/models?pageSize=1000", Access.headers(credential, "application/json"));
    }

    @Override
    public List<String> decode(byte[] body) {
        return ModelList.names(body);
    }
}
