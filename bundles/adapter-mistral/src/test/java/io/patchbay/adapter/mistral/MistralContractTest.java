package io.patchbay.adapter.mistral;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.compatibility.AdapterContract;
import io.patchbay.compatibility.Exchange;
import io.patchbay.compatibility.Spelling;

class MistralContractTest implements AdapterContract {
    @Override
    public ChatAdapter adapter() {
        return new MistralAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("chat") && exchange.provider().equals("mistral");
    }

    @Override
    public JsonObject plainly(JsonObject body) {
        Spelling.dropIf(body, "stream", new JsonPrimitive(false));
        for (var message : Spelling.objects(body, "messages")) {
            Spelling.dropEmpty(message, "content");
            Spelling.objects(message, "tool_calls").forEach(call -> call.remove("index"));
        }
        return body;
    }
}
