package io.patchbay.adapter.cohere;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonView;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What several tests need. */
final class Samples {
    static final CohereAdapter ADAPTER = new CohereAdapter();

    private Samples() {}

    static Endpoint endpoint(Map<String, String> options, Set<String> parameters) {
        var provider = Provider.builder("cohere", "cohere")
                .baseUrl(URI.create("http://127.0.0.1:1"))
                .options(options)
                .build();
        return Endpoint.builder(new ModelId("cohere", "command-x", ""), provider)
                .upstreamModel("command-x-2026")
                .supportedParameters(parameters)
                .build();
    }

    static ChatRequest request(String json) {
        return ChatRequest.of(JsonView.parse(json));
    }

    static UpstreamRequest encode(String json) {
        return ADAPTER.encode(request(json), endpoint(Map.of(), Set.of()), Credential.apiKey(Secret.of("the-key")));
    }

    static JsonObject body(UpstreamRequest request) {
        return JsonParser.parseString(new String(request.body(), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    /** What is sent for a request with these members. */
    static JsonObject sent(String members) {
        return body(encode("{" + members + "}"));
    }

    /** What is sent for these messages. */
    static JsonElement messages(String messages) {
        return sent("\"messages\":[" + messages + "]").get("messages");
    }

    static JsonElement json(String json) {
        return JsonParser.parseString(json);
    }

    /** Everything a streamed answer of these frames gives, its end included. */
    static List<ChatEvent> stream(String request, String... frames) {
        return events(request, true, frames);
    }

    static List<ChatEvent> whole(String request, String body) {
        return events(request, false, body);
    }

    private static List<ChatEvent> events(String request, boolean stream, String... frames) {
        var events = new ArrayList<ChatEvent>();
        var decoder = ADAPTER.decoder(
                ChatRequest.of(JsonView.parse(request)
                        .rewrite()
                        .raw("stream", Boolean.toString(stream))
                        .toView()),
                endpoint(Map.of(), Set.of()));
        for (var frame : frames) {
            decoder.decode(Frame.of(frame), events::add);
        }
        decoder.end(events::add);
        return events;
    }

    /** The choices of all chunks. */
    static List<JsonElement> choices(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .flatMap(event -> ((ChatChunk) event).choices().stream())
                .map(choice -> (JsonElement) choice.toTree())
                .toList();
    }

    static JsonObject completion(List<ChatEvent> events) {
        return ((ChatCompletion) events.get(0)).json().toTree();
    }

    static JsonObject message(List<ChatEvent> events) {
        return completion(events)
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("message");
    }

    static Failure failure(List<ChatEvent> events) {
        return ((ChatEvent.Failed) events.get(events.size() - 1)).failure();
    }
}
