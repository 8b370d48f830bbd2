package io.patchbay.http;

import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.swap.Leases;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An endpoint that is bound, with the routes it claims and the exchanges it has under way. */
final class BoundEndpoint {
    /** Higher service ranking first, then the one that has been there longer. */
    static final Comparator<BoundEndpoint> PREFERRED_FIRST =
            Comparator.comparingInt((BoundEndpoint e) -> -e.ranking).thenComparingLong(e -> e.serviceId);

    private static final Logger log = LoggerFactory.getLogger(BoundEndpoint.class);

    private final HttpEndpoint endpoint;
    private final List<Route> routes;
    private final int ranking;
    private final long serviceId;
    private final Leases leases = new Leases();

    BoundEndpoint(HttpEndpoint endpoint, Map<String, ?> properties) {
        this.endpoint = endpoint;
        this.routes = HttpEndpoint.routes(properties).stream().map(Route::parse).toList();
        this.ranking = properties.get("service.ranking") instanceof Integer number ? number : 0;
        this.serviceId = properties.get("service.id") instanceof Long number ? number : 0;
    }

    List<Route> routes() {
        return routes;
    }

    boolean isFor(HttpEndpoint service) {
        return endpoint == service;
    }

    /**
     * Takes an exchange on, unless this endpoint is leaving: one lease until {@link #handle} has returned, one until the
     * exchange has ended.
     */
    boolean lease(Exchange exchange) {
        if (!leases.acquire()) {
            return false;
        }
        if (leases.acquire()) {
            exchange.hold(leases);
        }
        return true;
    }

    /** Answers an exchange that was taken on. */
    void handle(Exchange exchange) {
        try {
            endpoint.handle(exchange.request(), exchange);
        } catch (Throwable e) {
            log.error(
                    "{} failed on request {}",
                    endpoint.getClass().getName(),
                    exchange.request().id(),
                    e);
            exchange.fail();
        } finally {
            leases.release();
        }
    }

    /** Takes no more exchanges and waits for those under way; returns whether they ended in time. */
    boolean drain(Duration patience) {
        return leases.drain(patience);
    }

    @Override
    public String toString() {
        return endpoint.getClass().getSimpleName();
    }
}
