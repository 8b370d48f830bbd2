package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/** What a strategy may look at beside the endpoints themselves. Of one request; for one thread. */
@ProviderType
public interface RoutingContext {
    /** What came of the attempts at an endpoint lately. */
    Window window(Endpoint endpoint, Span span);

    /** How many requests an endpoint is answering now, as far as this gateway asked it to. */
    int inFlight(Endpoint endpoint);

    /** How long the prompt is, in tokens, about. */
    long promptTokens();

    /** How long an answer is expected to be, in tokens: shorter than the client allows, as most are. */
    long completionTokens();

    /** When the request came: some prices depend on it. */
    Instant time();

    /** The only source of chance. */
    RandomGenerator die();
}
