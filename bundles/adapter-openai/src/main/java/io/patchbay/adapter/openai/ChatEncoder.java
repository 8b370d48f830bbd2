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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes requests: the client's own bytes, with only those fields changed that the provider would not understand. */
final class ChatEncoder {
    /** Fields that speak to a gateway. Providers that check their input refuse them. */
    static final List<String> FOR_THE_GATEWAY = List.of(
            "models",
            "route",
            "provider",
            "plugins",
            "transforms",
            "preset",
            "cache_enabled",
            "cache_ttl_seconds",
            "session_id",
            "trace",
            "usage",
            "include_reasoning",
            "debug",
            "stop_server_tools_when");

    private static final Set<String> WISHES = Set.of("reasoning", "reasoning_effort");

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
        ToolResults.apply(request, body);
        boolean isWishSaid = true;
        if (json.has("reasoning") || !options.isEmpty() && json.has("reasoning_effort")) {
            isWishSaid = Thinking.translate(request, endpoint, body);
        }
        if (request.stream()) {
            askForUsage(json, options, body);
        }
        var dropped = new ArrayList<String>();
        if (!options.isEmpty() || !isWishSaid) {
            dropped.addAll(droppedParameters(request, Deviations.drop(options), isWishSaid));
        }
        if (!options.isEmpty()) {
            Deviations.apply(json, options, body);
            dropped.addAll(MessageDeviations.apply(json, options, Thinking.isSupported(endpoint), body));
        }
        var accept = request.stream() ? "text/event-stream" : "application/json";
        return UpstreamRequest.post(
                        options.getOrDefault("path", "/chat/completions"),
                        headers(provider, credential, accept),
                        body.toBytes(),
                        request.stream() ? Framing.SSE : Framing.WHOLE)
                .dropping(dropped);
    }

    private static List<String> droppedParameters(ChatRequest request, Set<String> drop, boolean isWishSaid) {
        if (drop.isEmpty() && isWishSaid) {
            return List.of();
        }
        return request.parameters().stream()
                .filter(name -> drop.contains(name) || !isWishSaid && WISHES.contains(name))
                .toList();
    }

    static Headers headers(Provider provider, Credential credential, String accept) {
        var headers = Headers.builder().add("Accept", accept);
        credential.apiKey().map(Secret::reveal).ifPresent(key -> {
            var name = provider.options().getOrDefault("auth-header", "Authorization");
            headers.add(name, name.equalsIgnoreCase("Authorization") ? "Bearer " + key : key);
        });
        return headers.build();
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
}
