package io.patchbay.api.http;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers the requests to some paths. Register it as a service with the property {@value #ROUTES}; the {@code http}
 * bundle finds it. When the service goes, requests under way go on; requests that arrive before it is back wait a
 * bounded time, so that a bundle can be updated under load.
 */
@ConsumerType
public interface HttpEndpoint {
    /**
     * Service property: the routes served, each {@code "METHOD /path"}, for example
     * {@code "POST /api/v1/chat/completions"}. A path ending in {@code /*} stands for everything below it. Two endpoints
     * with one route: the one with the higher service ranking answers.
     */
    String ROUTES = "patchbay.http.routes";

    /** The routes in a service's properties; none if it has no such property. */
    static List<String> routes(Map<String, ?> properties) {
        var routes = properties.get(ROUTES);
        if (routes instanceof String[] many) {
            return List.of(many);
        }
        return routes instanceof String one ? List.of(one) : List.of();
    }

    /**
     * Answers one request, now or later. Called by an I/O thread: must not block. An exception is answered with 500.
     *
     * @param request with its body, read whole
     * @param response to be used from any thread, by one at a time
     */
    void handle(HttpRequest request, HttpResponse response);
}
