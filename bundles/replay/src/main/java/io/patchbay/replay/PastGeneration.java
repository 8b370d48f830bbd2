package io.patchbay.replay;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.KeptGeneration;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a generation's record says of its routing. */
final class PastGeneration {
    private static final String IN_ORDER = "in provider.order";

    private final KeptGeneration kept;
    private final JsonView json;
    private final Instant time;

    PastGeneration(KeptGeneration kept) {
        this.kept = kept;
        this.json = kept.json();
        this.time = Instant.parse(json.string("created_at").orElseThrow());
    }

    /** When it began. */
    Instant time() {
        return time;
    }

    /** Where its latency was that of the first token. */
    boolean isStreamed() {
        return json.isTrue("streamed");
    }

    long promptTokens() {
        return json.integer("tokens_prompt").orElse(0);
    }

    long completionTokens() {
        return json.integer("tokens_completion").orElse(0);
    }

    /** Whether the client had named the order, so that no strategy would have changed it. */
    boolean isInOrder() {
        return candidates().stream()
                .findFirst()
                .flatMap(first -> first.string("reason"))
                .filter(IN_ORDER::equals)
                .isPresent();
    }

    private List<JsonView> candidates() {
        return json.object("route").map(route -> route.objects("candidates")).orElse(List.of());
    }

    private List<JsonView> attempts() {
        return json.objects("provider_responses");
    }

    /** Who was asked first; empty if nobody was, or if it is not in the catalogue any more. */
    Optional<Endpoint> askedFirst(List<Endpoint> endpoints) {
        return attempts().stream()
                .findFirst()
                .flatMap(attempt -> attempt.string("endpoint_id"))
                .flatMap(id -> endpoints.stream()
                        .filter(endpoint -> endpoint.id().equals(id))
                        .findFirst());
    }

    /** Those that could take it, as they are now. */
    List<Endpoint> endpoints(Catalog catalog) {
        var ids = candidates().stream()
                .flatMap(candidate -> candidate.string("endpoint_id").stream())
                .collect(Collectors.toSet());
        return ids.stream()
                .flatMap(id -> ModelId.tryParse(id.substring(id.indexOf(':') + 1)).stream())
                .distinct()
                .flatMap(model -> catalog.endpoints(model, kept.account()).stream())
                .filter(endpoint -> ids.contains(endpoint.id()))
                .toList();
    }

    /** A request for the same model. What was said in it is kept nowhere. */
    ModelRequest request() {
        var model = new JsonAppender(64)
                .raw("{\"model\":")
                .string(json.string("model").orElse(""));
        boolean embeds = json.string("api_type").filter("embeddings"::equals).isPresent();
        return embeds
                ? EmbeddingsRequest.of(
                        JsonView.parse(model.raw(",\"input\":\"\"}").toBytes()))
                : ChatRequest.of(JsonView.parse(model.raw(",\"messages\":[]}").toBytes()));
    }

    /** How its attempts went, in order. */
    List<Outcome> outcomes() {
        var outcomes = new ArrayList<Outcome>();
        var attempts = attempts();
        int heard = isBrokenOff() ? attempts.size() - 1 : attempts.size();
        for (int i = 0; i < heard; i++) {
            outcomes.add(outcome(attempts.get(i), i == attempts.size() - 1));
        }
        return outcomes;
    }

    /** Whether its last attempt neither failed nor came to its end: nothing is said of its endpoint by that. */
    private boolean isBrokenOff() {
        var attempts = attempts();
        return !attempts.isEmpty()
                && !attempts.get(attempts.size() - 1).has("failure")
                && (json.isTrue("cancelled") || json.has("error_type"));
    }

    private Outcome outcome(JsonView attempt, boolean isLast) {
        var id = attempt.string("endpoint_id").orElse("");
        var total = Duration.ofMillis(attempt.integer("latency").orElse(0));
        var failure = attempt.string("failure");
        if (failure.isPresent()) {
            return Outcome.failure(id, total, Failure.of(kind(failure.get()), "It failed."));
        }
        if (!isLast || !isStreamed()) {
            return Outcome.success(id, total, completionTokens());
        }
        var before =
                Duration.ofMillis(json.integer("generation_time").orElse(0)).minus(total);
        var firstToken = Duration.ofMillis(json.integer("latency").orElse(0)).minus(before);
        return Outcome.streamed(id, firstToken.isNegative() ? Duration.ZERO : firstToken, total, completionTokens());
    }

    private static FailureKind kind(String word) {
        try {
            return FailureKind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException ofAnotherVersion) {
            return FailureKind.UPSTREAM_ERROR;
        }
    }
}
