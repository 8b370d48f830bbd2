package io.patchbay.adapter.ollama;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes requests. */
final class ChatEncoder {
    /** What Ollama calls as OpenAI or OpenRouter do. */
    private static final List<String> SAMPLING =
            List.of("temperature", "top_p", "top_k", "min_p", "seed", "presence_penalty", "frequency_penalty");

    private ChatEncoder() {}

    static UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var json = request.json().toTree();
        var settings = endpoint.provider().options();
        if (request.json().integer("n").orElse(1) > 1) {
            throw Failure.invalid("n", "This provider gives one answer only.").toException();
        }
        var body = new JsonObject();
        body.addProperty("model", endpoint.upstreamModel());
        body.add("messages", new Messages().of(json));
        // Where nothing is said, Ollama streams.
        body.addProperty("stream", request.stream());
        addTools(json, body);
        addFormat(json, body);
        Thinking.of(request, endpoint).ifPresent(think -> body.add("think", think));
        for (var name : List.of("logprobs", "top_logprobs")) {
            if (json.get(name) instanceof JsonPrimitive asked) {
                body.add(name, asked);
            }
        }
        var options = options(request, json, settings);
        if (!options.isEmpty()) {
            body.add("options", options);
        }
        addSettings(settings, body);
        var accept = request.stream() ? "application/x-ndjson" : "application/json";
        return UpstreamRequest.post(
                        "/api/chat",
                        headers(credential, accept),
                        body.toString().getBytes(StandardCharsets.UTF_8),
                        request.stream() ? Framing.NDJSON : Framing.WHOLE)
                .dropping(Dropped.of(request, json, body));
    }

    /** What the operator has set for all requests. */
    static void addSettings(Map<String, String> settings, JsonObject body) {
        if (settings.containsKey("keep-alive")) {
            body.add("keep_alive", value(settings.get("keep-alive")));
        }
        if ("false".equals(settings.get("truncate"))) {
            body.addProperty("truncate", false);
        }
    }

    /** A server of one's own wants no key; one behind a proxy and Ollama's cloud do. */
    static Headers headers(Credential credential, String accept) {
        var headers = Headers.builder().add("Accept", accept);
        credential.apiKey().map(Secret::reveal).ifPresent(key -> headers.add("Authorization", "Bearer " + key));
        return headers.build();
    }

    private static JsonObject options(ChatRequest request, JsonObject json, Map<String, String> settings) {
        var options = new JsonObject();
        request.maxTokens().ifPresent(most -> options.addProperty("num_predict", most));
        for (var name : SAMPLING) {
            copyNumber(json, name, options, name);
        }
        copyNumber(json, "repetition_penalty", options, "repeat_penalty");
        if (json.get("stop") instanceof JsonArray stop && !stop.isEmpty()) {
            options.add("stop", stop);
        } else if (json.get("stop") instanceof JsonPrimitive stop) {
            var one = new JsonArray();
            one.add(stop);
            options.add("stop", one);
        }
        if (settings.containsKey("num-ctx")) {
            options.add("num_ctx", value(settings.get("num-ctx")));
        }
        return options;
    }

    private static void copyNumber(JsonObject from, String name, JsonObject to, String as) {
        if (from.get(name) instanceof JsonPrimitive value && value.isNumber()) {
            to.add(as, value);
        }
    }

    /** A number where it is one: a duration without a unit is one of seconds. */
    private static JsonPrimitive value(String setting) {
        var text = setting.strip();
        return text.matches("-?\\d{1,15}") ? new JsonPrimitive(Long.parseLong(text)) : new JsonPrimitive(text);
    }

    /** Ollama can't be told to call one at a time either: that wish is left out. */
    private static void addTools(JsonObject json, JsonObject body) {
        var tools = JsonTree.array(json.get("tools"));
        var choice = json.get("tool_choice");
        if (tools.isEmpty() || JsonTree.text(choice).equals("none")) {
            return;
        }
        if (choice instanceof JsonObject || JsonTree.text(choice).equals("required")) {
            throw Failure.invalid("tool_choice", "This provider can't be made to call a tool.")
                    .toException();
        }
        for (int i = 0; i < tools.size(); i++) {
            if (!JsonTree.text(JsonTree.object(tools.get(i)).get("type")).equals("function")) {
                throw Failure.invalid("tools[" + i + "].type", "This provider knows no tools but functions.")
                        .toException();
            }
        }
        body.add("tools", tools);
    }

    private static void addFormat(JsonObject json, JsonObject body) {
        var asked = JsonTree.object(json.get("response_format"));
        switch (JsonTree.text(asked.get("type"))) {
            case "", "text" -> {}
            case "json_object" -> body.addProperty("format", "json");
            case "json_schema" -> {
                var schema = JsonTree.object(asked.get("json_schema")).get("schema");
                body.add("format", schema instanceof JsonObject ? schema : new JsonPrimitive("json"));
            }
            default ->
                throw Failure.invalid("response_format.type", "This provider does not know this format.")
                        .toException();
        }
    }
}
