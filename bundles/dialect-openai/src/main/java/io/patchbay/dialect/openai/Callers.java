package io.patchbay.dialect.openai;

import io.patchbay.api.catalog.Secret;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.http.HttpRequest;
import java.util.Optional;

/** Says who asks, by the key they show. */
final class Callers {
    private Callers() {}

    /** @param generation the id that the generation is to have, if that is known */
    static Caller of(HttpRequest request, Optional<String> generation) {
        return request.bearerToken()
                .<Caller>map(key -> new Caller.KeyHolder(Secret.of(key), request.remoteAddress(), generation))
                .orElseGet(Caller.Anonymous::new);
    }

    /** Whether the client wants to see the route with the answer. */
    static boolean wantsMetadata(HttpRequest request) {
        return request.header("X-OpenRouter-Metadata")
                .filter("enabled"::equalsIgnoreCase)
                .isPresent();
    }
}
