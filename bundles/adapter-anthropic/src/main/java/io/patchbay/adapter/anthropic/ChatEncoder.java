package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.Hint;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Writes requests. */
final class ChatEncoder {
    /** Anthropic wants a limit, always. No Claude from version 4 on takes less than this. */
    private static final long COMMON_LIMIT = 32_000;

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private ChatEncoder() {}

    static UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var accept = request.stream() ? "text/event-stream" : "application/json";
        var notSent = notSent(endpoint.provider());
        var asked = request.json().toTree();
        notSent.forEach(asked::remove);
        var body = body(request, asked, endpoint);
        return UpstreamRequest.post(
                        Access.path(endpoint, request.stream()),
                        Access.headers(endpoint.provider(), credential, accept),
                        body.toString().getBytes(StandardCharsets.UTF_8),
                        request.stream() ? Framing.SSE : Framing.WHOLE)
                .dropping(Dropped.of(request, asked, body));
    }

    /** What the operator does not want to be sent. */
    private static List<String> notSent(Provider provider) {
        return COMMA.splitAsStream(provider.options().getOrDefault("drop", "").strip())
                .toList();
    }

    private static JsonObject body(ChatRequest request, JsonObject asked, Endpoint endpoint) {
        refuse(asked);
        var rules = ModelRules.of(endpoint);
        var thinking = Thinking.of(asked);
        var conversation = Conversation.of(JsonTree.array(asked.get("messages")), rules);
        var format = ResponseFormat.of(JsonTree.object(asked.get("response_format")), rules);

        var body = new JsonObject();
        boolean isVertex = Access.isVertex(endpoint.provider());
        if (isVertex) {
            body.addProperty("anthropic_version", Access.version(endpoint.provider()));
        } else {
            body.addProperty("model", endpoint.upstreamModel());
        }
        body.addProperty("max_tokens", limit(request, endpoint, thinking));
        var system = conversation.system();
        format.instruction().ifPresent(system::add);
        if (!system.isEmpty()) {
            body.add("system", system);
        }
        if (isVertex) {
            // Refused there for the request as a whole.
            conversation.cache(Hint.cacheControl(asked));
        } else {
            Json.addCacheControl(asked, body);
        }
        body.add("messages", conversation.messages());
        Tools.add(asked, rules, body);
        var config = new JsonObject();
        format.schema().ifPresent(schema -> config.add("format", schema));
        if (isReasoningSupported(endpoint, rules)) {
            thinking.add(rules, conversation, body, config);
        }
        if (!config.isEmpty()) {
            body.add("output_config", config);
        }
        addSampling(asked, rules, body);
        addStop(asked, body);
        if (request.stream()) {
            body.addProperty("stream", true);
        }
        return body;
    }

    /** What would change the answer, and can't be said. */
    private static void refuse(JsonObject asked) {
        if (JsonTree.isNumber(asked.get("n")) && asked.get("n").getAsDouble() > 1) {
            throw Failure.invalid("n", "This provider gives one choice only.").toException();
        }
        for (var modality : JsonTree.array(asked.get("modalities"))) {
            if (!JsonTree.text(modality).equals("text")) {
                throw Failure.invalid("modalities", "This provider answers with text only.")
                        .toException();
            }
        }
    }

    private static long limit(ChatRequest request, Endpoint endpoint, Thinking thinking) {
        var asked = request.maxTokens();
        if (asked.isPresent()) {
            return asked.getAsLong();
        }
        // The budget for thinking is a part of the limit.
        return endpoint.maxCompletionTokens()
                .orElse(COMMON_LIMIT + thinking.wish().budget().orElse(0));
    }

    private static boolean isReasoningSupported(Endpoint endpoint, ModelRules rules) {
        var supported = endpoint.supportedParameters();
        return supported.isEmpty()
                ? rules.thinks()
                : supported.contains("reasoning") || supported.contains("reasoning_effort");
    }

    /** A model that thinks takes no other temperature than 1, no small {@code top_p} and no {@code top_k}. */
    private static void addSampling(JsonObject asked, ModelRules rules, JsonObject body) {
        if (!rules.takesSampling()) {
            return;
        }
        boolean thinks = Thinking.isOn(body);
        var temperature = asked.get("temperature");
        if (JsonTree.isNumber(temperature) && (!thinks || temperature.getAsDouble() == 1)) {
            // OpenAI's goes up to 2.
            body.add("temperature", temperature.getAsDouble() > 1 ? new JsonPrimitive(1) : temperature);
        }
        var topP = asked.get("top_p");
        boolean mayHaveTopP = rules.takesTopPBesideTemperature() || !body.has("temperature");
        if (JsonTree.isNumber(topP) && mayHaveTopP && (!thinks || topP.getAsDouble() >= 0.95)) {
            body.add("top_p", topP);
        }
        if (JsonTree.isNumber(asked.get("top_k")) && !thinks) {
            body.add("top_k", asked.get("top_k"));
        }
    }

    /** Anthropic refuses blank ones. */
    private static void addStop(JsonObject asked, JsonObject body) {
        var stop = new JsonArray();
        if (asked.get("stop") instanceof JsonArray several) {
            stop.addAll(several);
        } else {
            stop.add(JsonTree.text(asked.get("stop")));
        }
        stop.asList().removeIf(one -> JsonTree.text(one).isBlank());
        if (!stop.isEmpty()) {
            body.add("stop_sequences", stop);
        }
    }
}
