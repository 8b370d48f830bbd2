package io.patchbay.adapter.gemini;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where requests go and what opens the door: the same for all of them. */
final class Access {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@/";

    /** {@code europe-west4-aiplatform.googleapis.com}, {@code aiplatform.eu.rep.googleapis.com}. */
    private static final Pattern VERTEX = Pattern.compile("aiplatform\\..*googleapis\\.com$");

    private Access() {}

    /** Whether it is Vertex AI, which takes less than AI Studio here and more there. */
    static boolean isVertex(Provider provider) {
        var option = provider.options().getOrDefault("vertex", "").strip();
        return option.isEmpty()
                ? provider.baseUrl()
                        .map(url ->
                                VERTEX.matcher(String.valueOf(url.getHost())).find())
                        .orElse(false)
                : option.equals("true");
    }

    /** What follows the base URL: {@code /models/NAME:method}. A name with a slash is a path already. */
    static String path(Endpoint endpoint, String method) {
        return '/' + escaped(resource(endpoint)) + ':' + method;
    }

    /** The full name of the model: {@code models/NAME}. */
    static String resource(Endpoint endpoint) {
        var model = endpoint.upstreamModel();
        return model.contains("/") ? model : "models/" + model;
    }

    static Headers headers(Credential credential, String accept) {
        var headers = Headers.builder().add("Accept", accept);
        var token = credential.token().map(Secret::reveal);
        var key = credential.apiKey().map(Secret::reveal).map(String::strip);
        if (token.isPresent()) {
            headers.add("Authorization", "Bearer " + token.get());
        } else if (key.filter(Access::isAccessToken).isPresent()) {
            headers.add("Authorization", "Bearer " + key.get());
        } else if (key.filter(Access::isKeyFile).isPresent()) {
            throw Failure.of(FailureKind.UPSTREAM_AUTH, "The gateway has no token for the provider.")
                    .toException();
        } else if (key.isPresent()) {
            headers.add("x-goog-api-key", key.get());
        }
        return headers.build();
    }

    /** Whether it is the text of a key file rather than a key. */
    static boolean isKeyFile(String key) {
        return key.startsWith("{");
    }

    private static boolean isAccessToken(String key) {
        return key.startsWith("ya29.");
    }

    private static String escaped(String path) {
        var escaped = new StringBuilder();
        for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(one) >= 0) {
                escaped.append((char) one);
            } else {
                escaped.append('%').append(String.format("%02X", one));
            }
        }
        return escaped.toString();
    }
}
