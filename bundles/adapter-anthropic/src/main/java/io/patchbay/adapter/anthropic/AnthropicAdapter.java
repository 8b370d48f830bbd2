package io.patchbay.adapter.anthropic;

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

/** Translates for any provider that speaks Anthropic's Messages API, Google's Vertex AI among them. */
@Component(property = ChatAdapter.NAME + "=anthropic")
public final class AnthropicAdapter implements ChatAdapter, ModelListAdapter {
    private static final String REQUEST = "{\"stream\":%s,\"reasoning\":{\"effort\":\"low\"},"
            + "\"response_format\":{\"type\":\"json_object\"},\"tools\":[{\"type\":\"function\",\"function\":{}}],"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

    private static final List<String> STREAM = List.of(
            "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":1}}}",
            "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\"}}",
            "{\"type\":\"content_block_stop\"}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}",
            "{\"type\":\"message_stop\"}");

    private static final String WHOLE = "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"a\"}]}";

    /** Loads every class an attempt may need: an attempt can outlive the moment from which this bundle loads no more. */
    @Activate
    public AnthropicAdapter() {
        var endpoint = Endpoint.builder(
                        new ModelId("warm", "up", ""),
                        Provider.builder("warm-up", "anthropic").build())
                .build();
        for (boolean stream : new boolean[] {true, false}) {
            var request = ChatRequest.of(JsonView.parse(REQUEST.formatted(stream)));
            encode(request, endpoint, Credential.none());
            var decoder = decoder(request, endpoint);
            for (var frame : stream ? STREAM : List.of(WHOLE)) {
                decoder.decode(Frame.of(frame), event -> {});
            }
            decoder.end(event -> {});
        }
        classify(429, Headers.of("Retry-After", "1"), "{\"error\":{}}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean fetches(String url, Endpoint endpoint) {
        return ModelRules.of(endpoint).takesUrls();
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        return ChatEncoder.encode(request, endpoint, credential);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        boolean showsThoughts = !ReasoningWish.of(request.json()).isHidden();
        return request.stream() ? new StreamDecoder(showsThoughts) : new WholeDecoder(showsThoughts);
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return AnthropicFailures.ofAnswer(status, headers, body);
    }

    @Override
    public UpstreamRequest encode(Provider provider, Credential credential) {
        return UpstreamRequest.get("/models?limit=1000", Access.headers(provider, credential, "application/json"));
    }

    @Override
    public List<String> decode(byte[] body) {
        return ModelList.names(body);
    }
}
