package io.patchbay.adapter.azure;

import io.patchbay.adapter.openai.OpenAiAdapter;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.Embeddings;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Translates for Azure OpenAI. The provider's name of a model is that of its deployment; the base URL is that of the
 * resource, {@code https://NAME.openai.azure.com}. Source: "Azure OpenAI in Azure AI Foundry Models REST API reference".
 *
 * <p>Options: {@code api-version}, a date, or {@code v1} for the addresses that have none; {@code auth}, {@code api-key}
 * or {@code entra} for a token of Microsoft Entra.
 */
@Component(property = ChatAdapter.NAME + "=azure")
public final class AzureAdapter implements ChatAdapter, EmbeddingsAdapter {
    /** The latest version that is not a preview. */
    private static final String DEFAULT_VERSION = "2024-10-21";

    private static final String CHATS = "/chat/completions";
    private static final String WITHOUT_DATE = "v1";

    private final OpenAiAdapter openAi;

    /** With it, every class is loaded that an attempt may need. */
    @Activate
    public AzureAdapter() {
        openAi = new OpenAiAdapter();
    }

    @Override
    public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
        var encoded = openAi.encode(request, endpoint, Credential.none());
        return addressed(encoded, CHATS, endpoint, credential);
    }

    @Override
    public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
        return openAi.decoder(request, endpoint);
    }

    @Override
    public UpstreamRequest encode(EmbeddingsRequest request, Endpoint endpoint, Credential credential) {
        return addressed(openAi.encode(request, endpoint, Credential.none()), "/embeddings", endpoint, credential);
    }

    @Override
    public Embeddings decode(EmbeddingsRequest request, Endpoint endpoint, byte[] body) {
        return openAi.decode(request, endpoint, body);
    }

    @Override
    public Failure classify(int status, Headers headers, byte[] body) {
        return openAi.classify(status, headers, body);
    }

    private static UpstreamRequest addressed(
            UpstreamRequest encoded, String operation, Endpoint endpoint, Credential credential) {
        return UpstreamRequest.post(
                        path(endpoint, operation),
                        headers(encoded.headers(), endpoint, credential),
                        encoded.body(),
                        encoded.framing())
                .dropping(encoded.dropped());
    }

    private static String path(Endpoint endpoint, String operation) {
        var options = endpoint.provider().options();
        var version = options.getOrDefault("api-version", DEFAULT_VERSION);
        if (version.equals(WITHOUT_DATE)) {
            return "/openai/v1" + operation;
        }
        var deployment = "/openai/deployments/" + escaped(endpoint.upstreamModel());
        var path =
                operation.equals(CHATS) ? options.getOrDefault("path", deployment + operation) : deployment + operation;
        return path + "?api-version=" + escaped(version);
    }

    private static String escaped(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Headers headers(Headers common, Endpoint endpoint, Credential credential) {
        var key = credential.apiKey();
        if (key.isEmpty()) {
            return common;
        }
        var secret = key.get().reveal();
        return "entra".equals(endpoint.provider().options().get("auth"))
                ? common.and("Authorization", "Bearer " + secret)
                : common.and("api-key", secret);
    }
}
