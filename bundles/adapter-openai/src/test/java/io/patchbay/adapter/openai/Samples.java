package io.patchbay.adapter.openai;

import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What several tests need. */
final class Samples {
    static final OpenAiAdapter ADAPTER = new OpenAiAdapter();

    private Samples() {}

    static Endpoint endpoint(Map<String, String> options) {
        var provider = Provider.builder("acme", "openai")
                .baseUrl(URI.create("http://127.0.0.1:1/v1"))
                .options(options)
                .build();
        return Endpoint.builder(new ModelId("openai", "gpt-x", ""), provider)
                .upstreamModel("gpt-x-2026")
                .build();
    }

    static ChatRequest request(String json) {
        return ChatRequest.of(JsonView.parse(json));
    }

    static ChatDecoder decoder(boolean stream) {
        return ADAPTER.decoder(
                request("{\"model\":\"openai/gpt-x\",\"messages\":[],\"stream\":" + stream + "}"), endpoint(Map.of()));
    }

    /** Everything a streamed answer of these frames gives, its end included. */
    static List<ChatEvent> stream(String... frames) {
        var events = new ArrayList<ChatEvent>();
        var decoder = decoder(true);
        for (var frame : frames) {
            decoder.decode(Frame.of(frame), events::add);
        }
        decoder.end(events::add);
        return events;
    }

    static List<ChatEvent> whole(String body) {
        var events = new ArrayList<ChatEvent>();
        var decoder = decoder(false);
        decoder.decode(Frame.of(body), events::add);
        decoder.end(events::add);
        return events;
    }

    static List<String> chunks(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .map(event -> ((ChatChunk) event).json().toString())
                .toList();
    }

    static Failure failure(List<ChatEvent> events) {
        return ((ChatEvent.Failed) events.get(events.size() - 1)).failure();
    }

    static String delta(String delta) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":null}]}";
    }

    static String finish(String reason) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},"
                + "\"finish_reason\":\"" + reason + "\"}]}";
    }
}
