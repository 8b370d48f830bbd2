package io.patchbay.adapter.openai;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Map;

/** Writes requests: the client's own bytes, with only those fields changed that the provider would not understand. */
final class ChatEncoder {
    /** Fields that speak to a gateway. Providers that check their input refuse them. */
    private static final List<String> FOR_THE_GATEWAY = List.of(
            "models",
            "route",
            "provider",
            "plugins",
            "transforms",
            "preset",
            "session_id",
            "trace",
            "usage",
            "include_reasoning",
            "debug",
            "stop_server_tools_when");

    private static final String RENAME = "rename.";
    private static final String WITH_USAGE = "{\"include_usage\":true}";

    private ChatEncoder() {}

    static UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var provider = endpoint.provider();
        var options = provider.options();
        var json = request.json();
        var body = json.rewrite().set("model", endpoint.upstreamModel());
        for (var name : FOR_THE_GATEWAY) {
            if (json.has(name)) {
                body.remove(name);
            }
        }
        if (json.has("reasoning")) {
            translateReasoning(request, endpoint, body);
        }
        if (request.stream()) {
            askForUsage(json, options, body);
        }
        if (!options.isEmpty()) {
            rename(json, options, body);
        }
        var accept = request.stream() ? "text/event-stream" : "application/json";
        return UpstreamRequest.post(
                options.getOrDefault("path", "/chat/completions"),
                headers(provider, credential, accept),
                body.toBytes(),
                request.stream() ? Framing.SSE : Framing.WHOLE);
    }

    static Headers headers(Provider provider, Credential credential, String accept) {
        var headers = Headers.builder().add("Accept", accept);
        credential.apiKey().map(Secret::reveal).ifPresent(key -> {
            var name = provider.options().getOrDefault("auth-header", "Authorization");
            headers.add(name, name.equalsIgnoreCase("Authorization") ? "Bearer " + key : key);
        });
        return headers.build();
    }

    private static void translateReasoning(ChatRequest request, Endpoint endpoint, JsonRewrite body) {
        if ("native".equals(endpoint.provider().options().get("reasoning"))) {
            return;
        }
        body.remove("reasoning");
        if (request.json().has("reasoning_effort") || !honoursEffort(endpoint)) {
            return;
        }
        request.json()
                .object("reasoning")
                .flatMap(reasoning -> ReasoningEffort.of(reasoning, request.maxTokens()))
                .ifPresent(effort -> body.set("reasoning_effort", effort));
    }

    private static boolean honoursEffort(Endpoint endpoint) {
        var supported = endpoint.supportedParameters();
        return !"drop".equals(endpoint.provider().options().get("reasoning"))
                && (supported.isEmpty() || supported.contains("reasoning") || supported.contains("reasoning_effort"));
    }

    /** The gateway needs the token counts, whether the client wants to see them or not. */
    private static void askForUsage(JsonView json, Map<String, String> options, JsonRewrite body) {
        if ("false".equals(options.get("stream-usage"))) {
            body.remove("stream_options");
            return;
        }
        var asked = json.object("stream_options");
        if (asked.isEmpty()) {
            body.raw("stream_options", WITH_USAGE);
        } else if (!asked.get().isTrue("include_usage")) {
            var merged = asked.get().rewrite().raw("include_usage", "true").toView();
            body.raw("stream_options", merged.toString());
        }
    }

    /** Where the request has both names, the provider's own one wins. */
    static void rename(JsonView json, Map<String, String> options, JsonRewrite body) {
        options.forEach((option, to) -> {
            if (option.startsWith(RENAME)) {
                var from = option.substring(RENAME.length());
                if (json.has(to)) {
                    body.remove(from);
                } else {
                    body.rename(from, to);
                }
            }
        });
    }
}
