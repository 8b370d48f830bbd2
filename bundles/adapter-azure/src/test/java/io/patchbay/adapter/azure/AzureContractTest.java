package io.patchbay.adapter.azure;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.compatibility.AdapterContract;
import io.patchbay.compatibility.Exchange;
import io.patchbay.compatibility.Spelling;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

class AzureContractTest implements AdapterContract {
    private static final Pattern DEPLOYMENT = Pattern.compile("/openai/deployments/([^/]+)/");

    @Override
    public ChatAdapter adapter() {
        return new AzureAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("chat") && exchange.provider().equals("azure_openai");
    }

    @Override
    public JsonObject plainly(JsonObject body) {
        Spelling.dropIf(body, "stream", new JsonPrimitive(false));
        body.remove("model"); // the path names the deployment
        return body;
    }

    @Override
    public Provider provider(Exchange exchange, URI server) {
        var provider = Provider.builder("azure", "azure").baseUrl(server);
        return exchange.sentPath().startsWith("/models/")
                ? provider.options(Map.of("path", "/models/chat/completions")).build()
                : provider.build();
    }

    @Override
    public Endpoint endpoint(Exchange exchange, Provider provider) {
        return deployment(exchange, provider);
    }

    /** The deployment is the model. */
    static Endpoint deployment(Exchange exchange, Provider provider) {
        var deployment = DEPLOYMENT.matcher(exchange.sentPath());
        return Endpoint.builder(new ModelId("recorded", "model", ""), provider)
                .upstreamModel(deployment.find() ? deployment.group(1) : exchange.model())
                .build();
    }

    @Override
    public Map<String, String> unsupported() {
        return Map.of("azure_openai-error-sync-bd369338", "asked at a path that Azure does not have");
    }
}
