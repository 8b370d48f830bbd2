package io.patchbay.adapter.anthropic;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.catalog.Provider;
import io.patchbay.compatibility.AdapterContract;
import io.patchbay.compatibility.Exchange;
import io.patchbay.compatibility.Spelling;
import java.net.URI;
import java.util.Map;

class AnthropicContractTest implements AdapterContract {
    @Override
    public ChatAdapter adapter() {
        return new AnthropicAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("anthropic");
    }

    @Override
    public Provider provider(Exchange exchange, URI server) {
        return Provider.builder("recorded", "anthropic")
                .baseUrl(server)
                .options(Map.of("vertex", String.valueOf(exchange.provider().equals("vertex_anthropic"))))
                .build();
    }

    @Override
    public JsonObject plainly(JsonObject body) {
        Spelling.dropIf(body, "stream", new JsonPrimitive(false));
        Spelling.asParts(body, "system");
        for (var message : Spelling.objects(body, "messages")) {
            Spelling.asParts(message, "content");
            Spelling.objects(message, "content").forEach(block -> {
                if (block.has("tool_use_id")) {
                    Spelling.asParts(block, "content");
                }
            });
        }
        merge(body);
        if (body.get("tool_choice") instanceof JsonObject choice) {
            Spelling.dropIf(choice, "disable_parallel_tool_use", new JsonPrimitive(false));
        }
        return withOutputConfig(body);
    }

    /** Where structured output stood while it was in beta. */
    private static JsonObject withOutputConfig(JsonObject body) {
        if (body.remove("output_format") instanceof JsonObject format) {
            format.addProperty("type", "json_schema");
            var config = new JsonObject();
            config.add("format", format);
            body.add("output_config", config);
        }
        return body;
    }

    /** Turns of the same role in a row are one turn. */
    private static void merge(JsonObject body) {
        var merged = new JsonArray();
        for (var message : Spelling.objects(body, "messages")) {
            var last = merged.isEmpty()
                    ? new JsonObject()
                    : merged.get(merged.size() - 1).getAsJsonObject();
            if (message.get("role").equals(last.get("role"))) {
                last.getAsJsonArray("content").addAll(message.getAsJsonArray("content"));
            } else {
                merged.add(message);
            }
        }
        body.add("messages", merged);
    }

    @Override
    public Map<String, String> unsupported() {
        var bedrock = "Claude by Bedrock's InvokeModel: adapter-bedrock serves it by Converse";
        return Map.of(
                "anthropic-stream_tools-stream-3bb84601",
                "the stream begins anew after something was said: two halves make no answer",
                "bedrock_invoke-cache-stream-74ccb7c1",
                bedrock,
                "bedrock_invoke-tool_result-sync-1dd0f998",
                bedrock,
                "bedrock_invoke-tools-sync-1761a963",
                bedrock);
    }

    @Override
    public Map<String, String> writtenOtherwise(Exchange exchange) {
        return switch (exchange.id()) {
            case "anthropic-cache-stream-05eeb601" ->
                Map.of("messages[0].content[0]", "a text file is sent as text: no canonical part holds one");
            case "anthropic-tool_result-stream-7c938c42" ->
                Map.of("thinking.display", "how thoughts are shown has no canonical form");
            case "anthropic-tool_result-sync-98783fd3" ->
                Map.of("messages[1].content[1].caller", "an SDK gave back what Anthropic had added");
            default -> Map.of();
        };
    }
}
