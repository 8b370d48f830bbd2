package io.patchbay.http;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Tells load balancers whether to send requests here: {@code /health}, {@code /health/ready}, {@code /health/live}. */
final class HealthEndpoint implements HttpEndpoint {
    static final Map<String, Object> PROPERTIES = Map.of(
            HttpEndpoint.ROUTES,
            new String[] {"GET /health", "GET /health/ready", "GET /health/live"},
            "service.ranking",
            Integer.MIN_VALUE);

    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final Headers JSON_LATER = JSON.and("Retry-After", "1");

    private final BooleanSupplier ready;

    HealthEndpoint(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        if (request.path().endsWith("/live")) {
            response.send(200, JSON, status("live"));
        } else if (ready.getAsBoolean()) {
            response.send(200, JSON, status("ready"));
        } else {
            response.send(503, JSON_LATER, status("starting"));
        }
    }

    private static byte[] status(String word) {
        return ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
