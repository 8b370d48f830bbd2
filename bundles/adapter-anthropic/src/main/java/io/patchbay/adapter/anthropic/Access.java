package io.patchbay.adapter.anthropic;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where requests go and what opens the door. At Google's Vertex AI both are Google's: the model stands in the path
 * instead of the body, the API's version in the body instead of a header, and the key is a bearer token (Anthropic's
 * documentation, "Claude on Vertex AI"; Google's, "Request predictions with Claude models").
 */
final class Access {
    private static final String VERTEX = "/publishers/anthropic";

    private Access() {}

    /** Whether it is Vertex AI: told by its addresses, which say whose models these are. */
    static boolean isVertex(Provider provider) {
        var option = provider.options().getOrDefault("vertex", "").strip();
        return option.isEmpty()
                ? provider.baseUrl()
                        .map(url -> String.valueOf(url.getPath()).replaceFirst("/+$", ""))
                        .filter(path -> path.endsWith(VERTEX))
                        .isPresent()
                : option.equals("true");
    }

    /** The version of the API to speak. */
    static String version(Provider provider) {
        return provider.options()
                .getOrDefault("anthropic-version", isVertex(provider) ? "vertex-2023-10-16" : "2023-06-01");
    }

    /** What follows the base URL. */
    static String path(Endpoint endpoint, boolean isStream) {
        if (!isVertex(endpoint.provider())) {
            return "/messages";
        }
        var model = URLEncoder.encode(endpoint.upstreamModel(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                // A version follows it.
                .replace("%40", "@");
        return "/models/" + model + (isStream ? ":streamRawPredict" : ":rawPredict");
    }

    static Headers headers(Provider provider, Credential credential, String accept) {
        boolean isVertex = isVertex(provider);
        var headers = Headers.builder().add("Accept", accept);
        if (!isVertex) {
            headers.add("anthropic-version", version(provider));
        }
        credential.token().map(Secret::reveal).ifPresent(token -> headers.add("Authorization", "Bearer " + token));
        credential.apiKey().map(Secret::reveal).ifPresent(key -> {
            if (isVertex && key.strip().startsWith("{")) {
                // A key file, to be traded for tokens: nothing to show to anybody.
                throw Failure.of(FailureKind.UPSTREAM_AUTH, "The gateway has no token for the provider.")
                        .toException();
            }
            var name = provider.options().getOrDefault("auth-header", isVertex ? "Authorization" : "x-api-key");
            headers.add(name, name.equalsIgnoreCase("Authorization") ? "Bearer " + key : key);
        });
        return headers.build();
    }
}
