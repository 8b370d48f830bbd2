package io.patchbay.adapter.ollama;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
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

/** What several tests need. JSON is written with single quotes. */
final class Samples {
    static final OllamaAdapter ADAPTER = new OllamaAdapter();

    private Samples() {}

    static Endpoint endpoint(Map<String, String> options, Set<String> parameters) {
        var provider = Provider.builder("ollama", "ollama")
                .baseUrl(URI.create("http://127.0.0.1:1"))
                .options(options)
                .build();
        return Endpoint.builder(new ModelId("ollama", "qwen3", "8b"), provider)
                .upstreamModel("qwen3:8b")
                .supportedParameters(parameters)
                .build();
    }

    static ChatRequest request(String json) {
        return ChatRequest.of(JsonView.parse(json.replace('\'', '"')));
    }

    static UpstreamRequest encode(String json, Map<String, String> options) {
        return ADAPTER.encode(request(json), endpoint(options, Set.of()), Credential.none());
    }

    static JsonObject body(UpstreamRequest request) {
        return json(new String(request.body(), StandardCharsets.UTF_8)).getAsJsonObject();
    }

    /** What is sent for a request with these members. */
    static JsonObject sent(String members) {
        return body(encode("{" + members + "}", Map.of()));
    }

    /** The messages sent for these. */
    static JsonElement messages(String messages) {
        return sent("'messages':" + messages).get("messages");
    }

    static JsonElement json(String json) {
        return JsonParser.parseString(json.replace('\'', '"'));
    }

    static List<ChatEvent> answer(ChatRequest request, String... frames) {
        var events = new ArrayList<ChatEvent>();
        var decoder = ADAPTER.decoder(request, endpoint(Map.of(), Set.of()));
        for (var frame : frames) {
            decoder.decode(Frame.of(frame.replace('\'', '"')), events::add);
        }
        decoder.end(events::add);
        return events;
    }

    /** Everything a streamed answer of these lines gives, its end included. */
    static List<ChatEvent> stream(String... lines) {
        return answer(request("{'stream':true,'messages':[{},{},{}]}"), lines);
    }

    static List<ChatEvent> whole(String... body) {
        return answer(request("{'messages':[{},{},{}]}"), body);
    }

    static JsonObject completion(String body) {
        return ((ChatCompletion) whole(body).get(0)).json().toTree();
    }

    /** The choice of each chunk; of a chunk that has none, the chunk. */
    static List<JsonElement> choices(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .map(event -> ((ChatChunk) event).json().toTree())
                .map(chunk -> chunk.getAsJsonArray("choices").isEmpty()
                        ? chunk
                        : chunk.getAsJsonArray("choices").get(0))
                .toList();
    }

    static Failure failure(List<ChatEvent> events) {
        return ((ChatEvent.Failed) events.get(events.size() - 1)).failure();
    }
}
