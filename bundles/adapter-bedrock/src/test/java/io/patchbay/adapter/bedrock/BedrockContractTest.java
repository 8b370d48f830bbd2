package io.patchbay.adapter.bedrock;

import com.google.gson.JsonObject;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.compatibility.AdapterContract;
import io.patchbay.compatibility.Exchange;
import io.patchbay.compatibility.Spelling;

class BedrockContractTest implements AdapterContract {
    @Override
    public ChatAdapter adapter() {
        return new BedrockAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("converse");
    }

    @Override
    public JsonObject plainly(JsonObject body) {
        if (body.get("inferenceConfig") instanceof JsonObject config) {
            Spelling.dropEmpty(config, "stopSequences");
        }
        Spelling.dropEmpty(body, "inferenceConfig", "system");
        return body;
    }
}
