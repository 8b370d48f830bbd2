package io.patchbay.generations;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Route;
import java.util.Locale;
import java.util.Optional;

/**
 * A record in the words of OpenRouter's {@code GET /generation}, and beyond them {@code route}. What Patchbay does not
 * know is {@code null} or left out.
 */
final class Description {
    private static final int OK = 200;

    private final JsonObject json = new JsonObject();

    private Description() {}

    static JsonObject of(GenerationRecord record) {
        var description = new Description();
        description.addCourse(record);
        description.addUsage(record.usage().orElseGet(() -> Usage.estimated(0, 0)));
        description.addMoney(record.charge().orElse(Charge.NONE));
        description.addAttempts(record);
        record.route().ifPresent(route -> description.json.add("route", route(route)));
        return description.json;
    }

    private void addCourse(GenerationRecord record) {
        var last = last(record);
        json.addProperty("id", record.id());
        json.addProperty("created_at", record.created().toString());
        json.addProperty(
                "model", last.map(endpoint -> endpoint.model().toString()).orElse(record.requestedModel()));
        add("provider_name", last.map(endpoint -> endpoint.provider().displayName()));
        json.addProperty(
                "api_type",
                switch (record.kind()) {
                    case CHAT -> "completions";
                    case EMBEDDINGS -> "embeddings";
                });
        json.addProperty("streamed", record.streamed());
        json.addProperty("cancelled", record.cancelled());
        json.addProperty("is_byok", record.isOwn());
        add("finish_reason", record.finishReason());
        record.failure().ifPresent(failure -> {
            json.addProperty("error_type", failure.kind().name().toLowerCase(Locale.ROOT));
            json.addProperty("error_message", failure.message());
        });
        json.addProperty("latency", record.timeToFirstToken().toMillis());
        json.addProperty("generation_time", record.total().toMillis());
    }

    private void addUsage(Usage usage) {
        json.addProperty("tokens_prompt", usage.promptTokens());
        json.addProperty("tokens_completion", usage.completionTokens());
        json.addProperty("native_tokens_prompt", usage.promptTokens());
        json.addProperty("native_tokens_completion", usage.completionTokens());
        json.addProperty("native_tokens_reasoning", usage.reasoningTokens());
        json.addProperty("native_tokens_cached", usage.cachedTokens());
    }

    private void addMoney(Charge charge) {
        json.addProperty("usage", charge.charged().dollars());
        json.addProperty("total_cost", charge.charged().dollars());
        json.addProperty("upstream_inference_cost", charge.upstream().dollars());
        json.addProperty("margin", charge.margin().dollars());
    }

    private void addAttempts(GenerationRecord record) {
        var responses = new JsonArray();
        record.attempts().forEach(attempt -> responses.add(attempt(attempt)));
        json.add("provider_responses", responses);
    }

    private static JsonObject attempt(Attempt attempt) {
        var response = new JsonObject();
        response.addProperty("endpoint_id", attempt.endpoint().id());
        response.addProperty("provider_name", attempt.endpoint().provider().displayName());
        response.addProperty("model_permaslug", attempt.endpoint().model().toString());
        response.addProperty("latency", attempt.duration().toMillis());
        response.addProperty("is_byok", attempt.endpoint().isOwn());
        response.addProperty(
                "status",
                attempt.failure()
                        .map(failure -> failure.providerStatus().orElse(0))
                        .orElse(OK));
        attempt.failure()
                .ifPresent(failure ->
                        response.addProperty("failure", failure.kind().name().toLowerCase(Locale.ROOT)));
        if (!attempt.dropped().isEmpty()) {
            var dropped = new JsonArray();
            attempt.dropped().forEach(dropped::add);
            response.add("dropped_parameters", dropped);
        }
        return response;
    }

    private static JsonObject route(Route route) {
        var described = new JsonObject();
        described.addProperty("strategy", route.strategy());
        described.add("candidates", candidates(route.candidates()));
        described.add("dropped", candidates(route.dropped()));
        return described;
    }

    private static JsonArray candidates(Iterable<Candidate> candidates) {
        var described = new JsonArray();
        for (var candidate : candidates) {
            var one = new JsonObject();
            one.addProperty("endpoint_id", candidate.endpoint().id());
            one.addProperty("score", candidate.score());
            one.addProperty("reason", candidate.reason());
            described.add(one);
        }
        return described;
    }

    /** The endpoint that the client heard of, if it came to one. */
    static Optional<Endpoint> last(GenerationRecord record) {
        var attempts = record.attempts();
        return attempts.isEmpty()
                ? Optional.empty()
                : Optional.of(attempts.get(attempts.size() - 1).endpoint());
    }

    private void add(String name, Optional<String> value) {
        json.add(name, JsonNull.INSTANCE);
        value.ifPresent(text -> json.addProperty(name, text));
    }
}
