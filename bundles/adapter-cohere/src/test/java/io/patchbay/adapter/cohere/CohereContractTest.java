package io.patchbay.adapter.cohere;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.compatibility.AdapterContract;
import io.patchbay.compatibility.Exchange;
import io.patchbay.compatibility.Spelling;
import java.util.Map;

class CohereContractTest implements AdapterContract {
    @Override
    public ChatAdapter adapter() {
        return new CohereAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("cohere");
    }

    @Override
    public JsonObject plainly(JsonObject body) {
        Spelling.objects(body, "messages").forEach(message -> {
            Spelling.dropEmpty(message, "content");
            Spelling.asParts(message, "content");
        });
        return body;
    }

    @Override
    public Map<String, String> writtenOtherwise(Exchange exchange) {
        if (exchange.id().equals("cohere-image-sync-1a1b719b")) {
            return Map.of(
                    "messages[1].content",
                    "an empty text beside calls",
                    "messages[2]",
                    "a document as a tool's result");
        }
        return Map.of(
                "strict_tools", "one SDK asks for it always", "tool_choice", "Cohere's documentation has capitals");
    }
}
