package io.patchbay.adapter.openai;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.catalog.Provider;
import io.patchbay.compatibility.AdapterContract;
import io.patchbay.compatibility.Exchange;
import io.patchbay.compatibility.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Each provider's exchanges are read with the options that the provider's shipped file has. */
class OpenAiContractTest implements AdapterContract {
    private static final Path SHIPPED = Path.of("..", "..", "etc");
    /** They have adapters of their own. */
    private static final Set<String> OTHERS = Set.of("mistral", "azure_openai");

    private static final Map<String, Map<String, String>> NOT_SHIPPED = Map.of(
            "snowflake", Map.of("reasoning", "native"),
            "vercel_gateway", Map.of("reasoning", "native"),
            "writer", Map.of("path", "/chat"));

    @Override
    public ChatAdapter adapter() {
        return new OpenAiAdapter();
    }

    @Override
    public boolean speaks(Exchange exchange) {
        return exchange.api().equals("chat") && !OTHERS.contains(exchange.provider());
    }

    @Override
    public Provider provider(Exchange exchange, URI server) {
        return Provider.builder("recorded", "openai")
                .baseUrl(server)
                .options(shippedOptions(exchange.provider()))
                .build();
    }

    private static Map<String, String> shippedOptions(String provider) {
        var file = SHIPPED.resolve("io.patchbay.provider~" + provider + ".cfg");
        if (!Files.exists(file)) {
            return NOT_SHIPPED.getOrDefault(provider, Map.of());
        }
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        var options = new HashMap<String, String>();
        settings.stringPropertyNames().stream()
                .filter(key -> key.startsWith("option."))
                .forEach(key -> options.put(key.substring("option.".length()), settings.getProperty(key)));
        return options;
    }

    @Override
    public JsonObject plainly(JsonObject body) {
        Spelling.dropIf(body, "stream", new JsonPrimitive(false));
        Spelling.dropIf(body, "model", new JsonPrimitive(""));
        // Patchbay asks for the counts always, and keeps what speaks to a gateway to itself.
        body.remove("stream_options");
        for (var name : new String[] {"usage", "plugins", "provider"}) {
            body.remove(name);
        }
        return body;
    }

    @Override
    public Map<String, String> writtenOtherwise(Exchange exchange) {
        var limit = "the provider's file says by which name the limit goes";
        return Map.of(
                "max_tokens",
                limit,
                "max_completion_tokens",
                limit,
                "thinking",
                "the file says that thinking is switched by it",
                "messages[1].reasoning",
                "the file says that thoughts go back as reasoning_content alone");
    }
}
