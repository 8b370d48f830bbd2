package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes requests. Sampling parameters that Cohere lacks are left out; what would change the answer's form is refused. */
final class ChatEncoder {
    /** Cohere's own fields, which a client who knows them may use. */
    private static final List<String> AS_THEY_ARE = List.of(
            "temperature", "logprobs", "safety_mode", "strict_tools", "documents", "citation_options", "priority");

    private static final BigDecimal LEAST_P = new BigDecimal("0.01");
    private static final BigDecimal MOST_P = new BigDecimal("0.99");
    private static final BigDecimal MOST_K = BigDecimal.valueOf(500);

    private ChatEncoder() {}

    static UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var json = request.json().toTree();
        refuseOtherForms(request, json);
        var body = new JsonObject();
        body.addProperty("model", endpoint.upstreamModel());
        body.addProperty("stream", request.stream());
        body.add("messages", Messages.of(json));
        AS_THEY_ARE.forEach(name -> copy(json, name, body, name));
        var safetyMode = endpoint.provider().options().get("safety-mode");
        if (safetyMode != null && !body.has("safety_mode")) {
            body.addProperty("safety_mode", safetyMode);
        }
        Tools.add(json, body);
        addFormat(json, body);
        addSampling(request, json, body);
        Thinking.of(request, endpoint).ifPresent(thinking -> body.add("thinking", thinking));
        return UpstreamRequest.post(
                        "/v2/chat",
                        headers(credential, request.stream() ? "text/event-stream" : "application/json"),
                        body.toString().getBytes(StandardCharsets.UTF_8),
                        request.stream() ? Framing.SSE : Framing.WHOLE)
                .dropping(Dropped.of(request, json, body));
    }

    static Headers headers(Credential credential, String accept) {
        var headers = Headers.builder().add("Accept", accept);
        credential.apiKey().map(Secret::reveal).ifPresent(key -> headers.add("Authorization", "Bearer " + key));
        return headers.build();
    }

    private static void refuseOtherForms(ChatRequest request, JsonObject json) {
        if (request.json().integer("n").orElse(1) > 1) {
            throw Failure.invalid("n", "This provider gives one answer to a request.")
                    .toException();
        }
        for (var modality : request.json().strings("modalities")) {
            if (!modality.equals("text")) {
                throw Failure.invalid("modalities", "This provider answers with text only.")
                        .toException();
            }
        }
        if (json.get("audio") instanceof JsonObject) {
            throw Failure.invalid("audio", "This provider answers with text only.")
                    .toException();
        }
    }

    private static void addSampling(ChatRequest request, JsonObject json, JsonObject body) {
        request.maxTokens().ifPresent(most -> body.addProperty("max_tokens", most));
        // Clients send OpenAI's ranges; Cohere refuses what is beyond its own.
        addWithin(request, "top_p", LEAST_P, MOST_P, body, "p");
        addWithin(request, "top_k", BigDecimal.ZERO, MOST_K, body, "k");
        addWithin(request, "frequency_penalty", BigDecimal.ZERO, BigDecimal.ONE, body, "frequency_penalty");
        addWithin(request, "presence_penalty", BigDecimal.ZERO, BigDecimal.ONE, body, "presence_penalty");
        // Cohere's seeds have no sign.
        request.json().integer("seed").ifPresent(seed -> body.addProperty("seed", seed & Long.MAX_VALUE));
        if (json.get("stop") instanceof JsonArray stop && !stop.isEmpty()) {
            body.add("stop_sequences", stop);
        } else if (json.get("stop") instanceof JsonPrimitive stop) {
            var one = new JsonArray();
            one.add(stop);
            body.add("stop_sequences", one);
        }
    }

    private static void addWithin(
            ChatRequest request, String name, BigDecimal least, BigDecimal most, JsonObject body, String as) {
        request.json()
                .number(name)
                .ifPresent(value -> body.addProperty(as, value.max(least).min(most)));
    }

    private static void addFormat(JsonObject json, JsonObject body) {
        if (!(json.get("response_format") instanceof JsonObject asked)) {
            return;
        }
        var type = JsonTree.text(asked.get("type"));
        if (type.equals("text")) {
            return;
        }
        if (!type.equals("json_object") && !type.equals("json_schema")) {
            throw Failure.invalid("response_format.type", "This provider does not know this format.")
                    .toException();
        }
        if (body.has("tools") || body.has("documents")) {
            throw Failure.invalid("response_format", "This provider gives no JSON when there are tools or documents.")
                    .toException();
        }
        var format = new JsonObject();
        format.addProperty("type", "json_object");
        if (asked.get("json_schema") instanceof JsonObject described
                && described.get("schema") instanceof JsonObject schema) {
            format.add("json_schema", schema);
        }
        body.add("response_format", format);
    }

    private static void copy(JsonObject from, String name, JsonObject to, String as) {
        JsonElement value = from.get(name);
        if (value != null && !value.isJsonNull()) {
            to.add(as, value);
        }
    }
}
