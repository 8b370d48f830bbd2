package io.patchbay.adapter.ollama;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.compatibility.AdapterContract;
import io.patchbay.compatibility.Exchange;
import io.patchbay.compatibility.Spelling;

class OllamaContractTest implements AdapterContract {
    @Override
    public ChatAdapter adapter() {
        return new OllamaAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("ollama");
    }

    @Override
    public JsonObject plainly(JsonObject body) {
        Spelling.objects(body, "messages")
                .forEach(message -> Spelling.dropIf(message, "content", new JsonPrimitive("")));
        return body;
    }
}
