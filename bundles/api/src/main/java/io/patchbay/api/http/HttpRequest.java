package io.patchbay.api.http;

import io.patchbay.api.generation.Caller;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A request that has arrived whole, within the limits set for the listener. Immutable. */
@ProviderType
public interface HttpRequest {
    /** Begins an {@code Authorization} header that shows a token. */
    String BEARER = "Bearer ";

    /** Unique id of this request; also the {@code X-Request-Id} of the answer and of log lines. */
    String id();

    /** The method in capitals. */
    String method();

    /** The decoded path without the query, beginning with a slash. */
    String path();

    /** First value of a query parameter. */
    Optional<String> query(String name);

    /** First value of a header. */
    Optional<String> header(String name);

    /** The token of {@code Authorization: Bearer}, if there is one. */
    default Optional<String> bearerToken() {
        return header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(token -> !token.isEmpty());
    }

    /** The network address that it came from, without a port: a proxy's, if there is one in between. */
    String remoteAddress();

    /** On whose behalf the gateway itself makes this request; empty for all that come over the network. */
    default Optional<Caller> onBehalf() {
        return Optional.empty();
    }

    /** The body; empty if there is none. The array is the caller's from now on. */
    byte[] body();

    /** When the request's first byte was there, by {@link System#nanoTime()}. */
    long arrivedNanos();
}
