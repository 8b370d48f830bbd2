package io.patchbay.adapter.bedrock;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonTree;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes requests. */
final class ChatEncoder {
    /** What share of it to think, where nobody says how long the answer may be. All Claudes that think take this. */
    private static final long COMMON_LIMIT = 32_000;

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private ChatEncoder() {}

    static UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var path =
                "/model/" + encoded(endpoint.upstreamModel()) + (request.stream() ? "/converse-stream" : "/converse");
        var asked = request.json().toTree();
        var written = body(request, asked, endpoint);
        var body = written.toString().getBytes(StandardCharsets.UTF_8);
        var headers = Headers.builder()
                .add("Accept", request.stream() ? "application/vnd.amazon.eventstream" : "application/json")
                .addAll(Authentication.headers(endpoint.provider(), credential, path, body));
        return UpstreamRequest.post(
                        path, headers.build(), body, request.stream() ? Framing.AWS_EVENT_STREAM : Framing.WHOLE)
                .dropping(Dropped.of(request, asked, written));
    }

    /** One path segment, whatever is in the name: those of profiles are ARNs, with colons and slashes. */
    static String encoded(String model) {
        return URLEncoder.encode(model, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static JsonObject body(ChatRequest request, JsonObject asked, Endpoint endpoint) {
        refuse(asked);
        var options = endpoint.provider().options();
        var rules = ModelRules.of(endpoint);
        var conversation = Conversation.of(asked, rules);
        var format = ResponseFormat.of(JsonTree.object(asked.get("response_format")), rules);
        var tools = Tools.of(asked, conversation.calledTools(), format, rules);

        var additional = new JsonObject();
        boolean thinks = isReasoningSupported(endpoint)
                && Thinking.of(asked)
                        .add(
                                rules,
                                !tools.areForced() && (rules.thinksAdaptively() || conversation.mayThink()),
                                request.maxTokens()
                                        .orElse(endpoint.maxCompletionTokens().orElse(COMMON_LIMIT)),
                                request.maxTokens().isPresent(),
                                // Bedrock makes output_config of its own outputConfig, and refuses two.
                                format.outputConfig().isEmpty(),
                                additional);

        var body = Json.of("messages", conversation.messages());
        var system = conversation.system();
        format.instruction().ifPresent(system::add);
        tools.add(body, system, additional);
        Json.addUnlessEmpty("system", system, body);
        Json.addUnlessEmpty("inferenceConfig", inference(request, asked, rules, thinks), body);
        format.outputConfig().ifPresent(config -> body.add("outputConfig", config));
        addTopK(asked, rules, thinks, additional);
        addBetas(options, rules, additional);
        Json.addUnlessEmpty("additionalModelRequestFields", additional, body);
        addGuardrail(options, body);
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

    private static boolean isReasoningSupported(Endpoint endpoint) {
        var supported = endpoint.supportedParameters();
        return supported.isEmpty() || supported.contains("reasoning") || supported.contains("reasoning_effort");
    }

    private static JsonObject inference(ChatRequest request, JsonObject asked, ModelRules rules, boolean thinks) {
        var config = new JsonObject();
        request.maxTokens().ifPresent(limit -> config.addProperty("maxTokens", limit));
        // A Claude that thinks takes no other temperature than 1 and no small topP; a Nova neither.
        var temperature = asked.get("temperature");
        boolean mayHaveTemperature =
                !thinks || rules.isClaude() && JsonTree.isNumber(temperature) && temperature.getAsDouble() == 1;
        if (rules.takesSampling() && mayHaveTemperature && JsonTree.isNumber(temperature)) {
            // OpenAI's goes up to 2.
            config.add("temperature", temperature.getAsDouble() > 1 ? new JsonPrimitive(1) : temperature);
        }
        var topP = asked.get("top_p");
        boolean mayHaveTopP = (rules.takesTopPBesideTemperature() || !config.has("temperature"))
                && (!thinks || rules.isClaude() && JsonTree.isNumber(topP) && topP.getAsDouble() >= 0.95);
        if (rules.takesSampling() && mayHaveTopP && JsonTree.isNumber(topP)) {
            config.add("topP", topP);
        }
        Json.addUnlessEmpty("stopSequences", stop(asked, rules), config);
        return config;
    }

    private static JsonArray stop(JsonObject asked, ModelRules rules) {
        var stop = new JsonArray();
        if (asked.get("stop") instanceof JsonArray several) {
            stop.addAll(several);
        } else if (!JsonTree.text(asked.get("stop")).isEmpty()) {
            stop.add(asked.get("stop"));
        }
        if (rules.isClaude()) {
            // Anthropic refuses blank ones.
            stop.asList().removeIf(one -> JsonTree.text(one).isBlank());
        }
        return stop;
    }

    private static void addTopK(JsonObject asked, ModelRules rules, boolean thinks, JsonObject additional) {
        var topK = asked.get("top_k");
        if (!JsonTree.isNumber(topK) || thinks || !rules.takesSampling()) {
            return;
        }
        // To the others it is no word, or none that all of them know.
        if (rules.isNova()) {
            additional.add("inferenceConfig", Json.of("topK", topK));
        } else if (rules.isClaude() || rules.family() == ModelRules.Family.MISTRAL) {
            additional.add("top_k", topK);
        }
    }

    private static void addBetas(Map<String, String> options, ModelRules rules, JsonObject additional) {
        var betas = options.getOrDefault("anthropic-beta", "").strip();
        if (rules.isClaude() && !betas.isEmpty()) {
            var all = new JsonArray();
            COMMA.splitAsStream(betas).forEach(all::add);
            additional.add("anthropic_beta", all);
        }
    }

    /** The operator's rules for content. */
    private static void addGuardrail(Map<String, String> options, JsonObject body) {
        var id = options.getOrDefault("guardrail", "").strip();
        if (!id.isEmpty()) {
            var guardrail = Json.of("guardrailIdentifier", id);
            guardrail.addProperty("guardrailVersion", options.getOrDefault("guardrail-version", "DRAFT"));
            body.add("guardrailConfig", guardrail);
        }
    }
}
