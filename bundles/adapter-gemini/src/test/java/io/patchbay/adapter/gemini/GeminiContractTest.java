package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.catalog.Provider;
import io.patchbay.compatibility.AdapterContract;
import io.patchbay.compatibility.Exchange;
import io.patchbay.compatibility.Spelling;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

class GeminiContractTest implements AdapterContract {
    /** Google takes both: the names of its documentation, and those of its protocol buffers. */
    private static final Map<String, String> CAMELS = Map.of(
            "function_call", "functionCall",
            "function_response", "functionResponse",
            "inline_data", "inlineData",
            "mime_type", "mimeType",
            "google_search", "googleSearch");

    @Override
    public ChatAdapter adapter() {
        return new GeminiAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("gemini") && !exchange.sentPath().endsWith(":embedContent");
    }

    @Override
    public Provider provider(Exchange exchange, URI server) {
        return Provider.builder("recorded", "gemini")
                .baseUrl(server)
                .options(Map.of("vertex", String.valueOf(exchange.provider().equals("vertex"))))
                .build();
    }

    @Override
    public JsonObject plainly(JsonObject body) {
        var plain = (JsonObject) camels(body);
        Spelling.dropEmpty(plain, "generationConfig");
        if (plain.get("systemInstruction") instanceof JsonObject system) {
            Spelling.dropIf(system, "role", new JsonPrimitive("user"));
        }
        if (plain.get("generationConfig") instanceof JsonObject config
                && config.get("thinkingConfig") instanceof JsonObject thinking
                && thinking.has("thinkingLevel")) {
            thinking.addProperty(
                    "thinkingLevel", thinking.get("thinkingLevel").getAsString().toLowerCase(Locale.ROOT));
        }
        return plain;
    }

    private static JsonElement camels(JsonElement json) {
        if (json instanceof JsonArray array) {
            var all = new JsonArray();
            array.forEach(element -> all.add(camels(element)));
            return all;
        }
        if (!(json instanceof JsonObject object)) {
            return json;
        }
        var written = new JsonObject();
        object.asMap().forEach((name, value) -> written.add(CAMELS.getOrDefault(name, name), camels(value)));
        return written;
    }

    @Override
    public Map<String, String> writtenOtherwise(Exchange exchange) {
        return switch (exchange.id()) {
            case "gemini-reasoning-sync-22b9e540", "vertex-reasoning-sync-a1eeba07" ->
                Map.of(
                        "contents[1].parts[0].thoughtSignature",
                        "the canonical request lacks the signature that the thought had");
            default -> Map.of();
        };
    }
}
