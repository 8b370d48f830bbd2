package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Writes requests. */
final class ChatEncoder {
    private static final List<String> HARMS = List.of(
            "HARM_CATEGORY_HARASSMENT",
            "HARM_CATEGORY_HATE_SPEECH",
            "HARM_CATEGORY_SEXUALLY_EXPLICIT",
            "HARM_CATEGORY_DANGEROUS_CONTENT");

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private ChatEncoder() {}

    static UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var rules = ModelRules.of(endpoint);
        var notSent = notSent(endpoint.provider());
        var asked = request.json().toTree();
        notSent.forEach(asked::remove);
        var body = body(asked, rules, endpoint.provider());
        var path = Access.path(endpoint, request.stream() ? "streamGenerateContent?alt=sse" : "generateContent");
        var accept = request.stream() ? "text/event-stream" : "application/json";
        return UpstreamRequest.post(
                        path,
                        Access.headers(credential, accept),
                        body.toString().getBytes(StandardCharsets.UTF_8),
                        request.stream() ? Framing.SSE : Framing.WHOLE)
                .dropping(Dropped.of(request, asked, body));
    }

    private static JsonObject body(JsonObject asked, ModelRules rules, Provider provider) {
        var conversation = Conversation.of(JsonTree.array(asked.get("messages")), rules);
        var format = ResponseFormat.of(JsonTree.object(asked.get("response_format")));
        var body = new JsonObject();
        Tools.add(asked, body);
        if (body.has("tools") && !rules.takesFormatBesideTools()) {
            format.words().ifPresent(words -> conversation.system().add(Json.with("text", words)));
        }
        if (!conversation.system().isEmpty()) {
            body.add("systemInstruction", Json.with("parts", conversation.system()));
        }
        body.add("contents", conversation.contents());
        addSafety(provider, body);
        var config = GenerationConfig.of(asked, rules);
        if (rules.takesFormatBesideTools() || !body.has("tools")) {
            format.bind(config);
        }
        Json.addUnlessEmpty(body, "generationConfig", config);
        return body;
    }

    private static void addSafety(Provider provider, JsonObject body) {
        var threshold = provider.options().getOrDefault("safety-threshold", "").strip();
        if (!threshold.isEmpty()) {
            var settings = new JsonArray();
            for (var harm : HARMS) {
                var setting = Json.with("category", harm);
                setting.addProperty("threshold", threshold);
                settings.add(setting);
            }
            body.add("safetySettings", settings);
        }
    }

    /** What the operator does not want to be sent. */
    private static List<String> notSent(Provider provider) {
        return COMMA.splitAsStream(provider.options().getOrDefault("drop", "").strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
