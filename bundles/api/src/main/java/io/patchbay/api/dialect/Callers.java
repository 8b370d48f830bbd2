package io.patchbay.api.dialect;

import io.patchbay.api.access.Access;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.cache.CacheWish;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attribution;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Says who asks, by the key they show: as a bearer token, or in the header of Anthropic's clients. */
public final class Callers {
    private static final String CACHE = "X-OpenRouter-Cache";

    private Callers() {}

    /**
     * Who sends a request.
     *
     * @param generation the id that the generation is to have, if that is known
     */
    public static Caller of(HttpRequest request, Optional<String> generation) {
        return request.onBehalf().orElseGet(() -> holder(request, generation));
    }

    private static Caller holder(HttpRequest request, Optional<String> generation) {
        return request.bearerToken()
                .or(() -> request.header("X-Api-Key").filter(key -> !key.isBlank()))
                .<Caller>map(key -> new Caller.KeyHolder(
                        Secret.of(key), request.remoteAddress(), generation, cacheWish(request), app(request)))
                .orElseGet(Caller.Anonymous::new);
    }

    /** How apps introduce themselves to OpenRouter: https://openrouter.ai/docs/app-attribution. */
    private static Attribution.App app(HttpRequest request) {
        return new Attribution.App(
                request.header("HTTP-Referer").or(() -> request.header("Referer")),
                request.header("X-OpenRouter-Title").or(() -> request.header("X-Title")),
                request.header("User-Agent"));
    }

    /** What the headers of OpenRouter's response cache say; what can't be read there says nothing. */
    private static CacheWish cacheWish(HttpRequest request) {
        var enabled = request.header(CACHE).flatMap(Callers::flag);
        var clear = request.header(CACHE + "-Clear").flatMap(Callers::flag).orElse(false);
        var ttl = request.header(CACHE + "-TTL").flatMap(Callers::seconds);
        return enabled.isEmpty() && ttl.isEmpty() && !clear ? CacheWish.NONE : new CacheWish(enabled, ttl, clear);
    }

    private static Optional<Boolean> flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The key of who sends a request, for what costs nothing but is not for everybody.
     *
     * @throws io.patchbay.api.failure.FailureException UNAUTHENTICATED if there is none, or no good one
     */
    public static ApiKey key(HttpRequest request, Access access) {
        if (of(request, Optional.empty()) instanceof Caller.KeyHolder holder) {
            return access.authenticate(holder.key(), holder.address());
        }
        throw Failure.of(
                        FailureKind.UNAUTHENTICATED,
                        "No API key. Send it as 'Authorization: Bearer <key>' or as 'x-api-key'.")
                .toException();
    }

    /** Whether the client wants to see the route with the answer. */
    public static boolean wantsMetadata(HttpRequest request) {
        return request.header("X-OpenRouter-Metadata")
                .filter("enabled"::equalsIgnoreCase)
                .isPresent();
    }
}
