package io.patchbay.adapter.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What several tests need. JSON in their arguments has single quotes. */
final class Samples {
    static final GeminiAdapter ADAPTER = new GeminiAdapter();

    static final String USER = "{'role':'user','content':'Hi'}";

    private Samples() {}

    static Endpoint.Builder endpoint(String model, Map<String, String> options) {
        var provider = Provider.builder("acme", "gemini")
                .baseUrl(URI.create("https://generativelanguage.googleapis.com/v1beta"))
                .options(options)
                .build();
        return Endpoint.builder(new ModelId("google", "gemini", ""), provider).upstreamModel(model);
    }

    static ChatRequest request(String json) {
        return ChatRequest.of(JsonView.parse(json(json)));
    }

    /** The same model at Vertex AI. */
    static Endpoint vertex(String model) {
        var provider = Provider.builder("acme", "gemini")
                .baseUrl(URI.create("https://aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google"))
                .build();
        return Endpoint.builder(new ModelId("google", "gemini", ""), provider)
                .upstreamModel(model)
                .build();
    }

    static UpstreamRequest encoded(String json, Endpoint endpoint) {
        return ADAPTER.encode(request(json), endpoint, Credential.apiKey(Secret.of("AIza-test")));
    }

    /** The body written for a model that thinks as long as it is told. */
    static JsonObject body(String json) {
        return body(json, "gemini-2.5-flash");
    }

    static JsonObject body(String json, String model) {
        return body(json, endpoint(model, Map.of()).build());
    }

    static JsonObject body(String json, Endpoint endpoint) {
        return JsonParser.parseString(new String(encoded(json, endpoint).body(), UTF_8))
                .getAsJsonObject();
    }

    /** A request with these messages, and further members that begin with a comma. */
    static String chat(String messages, String more) {
        return "{'model':'a/b','messages':[" + messages + "]" + more + "}";
    }

    /** The generationConfig written for one message. */
    static String config(String more, String model) {
        return JsonTree.object(body(chat(USER, more), model).get("generationConfig"))
                .toString();
    }

    /** The contents written. */
    static String contents(String messages) {
        return body(chat(messages, "")).get("contents").toString();
    }

    /** Everything a streamed answer of these events gives, its end included. */
    static List<ChatEvent> stream(String... frames) {
        return answer("{'stream':true}", frames);
    }

    static List<ChatEvent> answer(String request, String... frames) {
        var events = new ArrayList<ChatEvent>();
        var decoder = ADAPTER.decoder(
                request(request), endpoint("gemini-2.5-flash", Map.of()).build());
        for (var frame : frames) {
            decoder.decode(Frame.of(json(frame)), events::add);
        }
        decoder.end(events::add);
        return events;
    }

    /** What a whole answer gives. */
    static JsonObject whole(String body) {
        var events = answer("{}", body);
        return ((ChatCompletion) events.get(0)).json().toTree();
    }

    static JsonObject choice(JsonObject answer) {
        return answer.getAsJsonArray("choices").get(0).getAsJsonObject();
    }

    /** The deltas of a stream, as far as they say anything. */
    static List<String> deltas(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .map(event -> ((ChatChunk) event).choices())
                .filter(choices -> !choices.isEmpty())
                .map(choices -> choices.get(0).object("delta").orElseThrow().toString())
                .filter(delta -> !delta.equals("{}"))
                .toList();
    }

    static Failure failure(List<ChatEvent> events) {
        return ((ChatEvent.Failed) events.get(events.size() - 1)).failure();
    }

    static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
