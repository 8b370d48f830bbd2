package io.patchbay.dialect.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.Route;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a request went where it went, as OpenRouter's {@code openrouter_metadata}, with what Patchbay knows beyond it:
 * each candidate's score or the reason it was dropped for, each attempt's time and failure.
 */
final class RouterMetadata {
    private static final int OK = 200;

    private RouterMetadata() {}

    /** Empty if the request never came to a route. */
    static Optional<JsonObject> of(GenerationRecord record) {
        return record.route().map(route -> of(record, route));
    }

    private static JsonObject of(GenerationRecord record, Route route) {
        var metadata = new JsonObject();
        metadata.addProperty("requested", record.requestedModel());
        metadata.addProperty("strategy", route.strategy());
        // Where it is, a gateway does not know; strict clients want the field.
        metadata.add("region", JsonNull.INSTANCE);
        metadata.addProperty("attempt", record.attempts().size());
        metadata.addProperty("is_byok", record.isOwn());
        metadata.addProperty("summary", summary(record, route));
        metadata.add("endpoints", endpoints(record, route));
        metadata.add("attempts", attempts(record));
        if (!record.pipeline().isEmpty()) {
            metadata.add("pipeline", pipeline(record));
        }
        metadata.addProperty("first_token_ms", record.timeToFirstToken().toMillis());
        metadata.addProperty("total_ms", record.total().toMillis());
        return metadata;
    }

    private static String summary(GenerationRecord record, Route route) {
        var selected = winner(record)
                .map(attempt -> attempt.endpoint().provider().displayName())
                .orElse("none");
        return "available=" + route.candidates().size() + ", selected=" + selected;
    }

    private static Optional<Attempt> winner(GenerationRecord record) {
        return record.attempts().stream()
                .filter(attempt -> attempt.failure().isEmpty())
                .findFirst();
    }

    private static JsonObject endpoints(GenerationRecord record, Route route) {
        var selected = winner(record).map(Attempt::endpoint);
        var available = new JsonArray();
        for (var candidate : route.candidates()) {
            var described = describe(candidate.endpoint(), candidate.reason());
            described.addProperty(
                    "selected", selected.isPresent() && selected.get().equals(candidate.endpoint()));
            described.addProperty("score", candidate.score());
            available.add(described);
        }
        var dropped = new JsonArray();
        route.dropped().forEach(excluded -> dropped.add(describe(excluded)));
        var endpoints = new JsonObject();
        endpoints.addProperty("total", available.size() + dropped.size());
        endpoints.add("available", available);
        endpoints.add("dropped", dropped);
        return endpoints;
    }

    /** What is out, and by which rule. */
    static JsonObject describe(Exclusion excluded) {
        var described = describe(excluded.endpoint(), excluded.reason());
        described.addProperty("excluded_by", excluded.rule().word());
        return described;
    }

    /** An endpoint, and why it stands where it stands. */
    static JsonObject describe(Endpoint endpoint, String reason) {
        var described = new JsonObject();
        described.addProperty("provider", endpoint.provider().displayName());
        described.addProperty("model", endpoint.model().toString());
        described.addProperty("reason", reason);
        return described;
    }

    private static JsonArray pipeline(GenerationRecord record) {
        var pipeline = new JsonArray();
        for (var note : record.pipeline()) {
            var stage = new JsonObject();
            stage.addProperty("type", note.type());
            stage.addProperty("name", note.name());
            stage.addProperty("summary", note.summary());
            pipeline.add(stage);
        }
        return pipeline;
    }

    private static JsonArray attempts(GenerationRecord record) {
        var attempts = new JsonArray();
        for (var attempt : record.attempts()) {
            var described = new JsonObject();
            described.addProperty("provider", attempt.endpoint().provider().displayName());
            described.addProperty("model", attempt.endpoint().model().toString());
            described.addProperty(
                    "status",
                    attempt.failure().map(f -> f.providerStatus().orElse(0)).orElse(OK));
            attempt.failure()
                    .ifPresent(f ->
                            described.addProperty("failure", f.kind().name().toLowerCase(Locale.ROOT)));
            if (!attempt.dropped().isEmpty()) {
                var dropped = new JsonArray();
                attempt.dropped().forEach(dropped::add);
                described.add("dropped_parameters", dropped);
            }
            described.addProperty("duration_ms", attempt.duration().toMillis());
            attempts.add(described);
        }
        return attempts;
    }
}
