package io.patchbay.gateway;

import io.patchbay.api.access.Access;
import io.patchbay.api.access.Admission;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.Rules;
import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.LocalEmbeddings;
import io.patchbay.api.adapter.LocalModel;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Activity;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.Generation;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.generation.KeptGeneration;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.EndpointHealth.Condition;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.Router;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.transport.Transport;
import io.patchbay.testkit.QuietHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.osgi.framework.Version;

/** A gateway with everything around it that a test needs, and nothing that it does not. */
final class Installation implements AutoCloseable {
    static final String GOOD_KEY = "good";
    /** How long a first token is waited for, if an endpoint is known to be fast. */
    static final long PATIENCE_MILLIS = 50;

    static final Duration PREPARE_TIMEOUT = Duration.ofSeconds(2);

    static final int MOST_FETCHED_BYTES = 1_000;

    final List<Endpoint> endpoints = new ArrayList<>();
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final Map<String, EndpointHealth> states = new ConcurrentHashMap<>();
    final Map<String, Set<String>> refusals = new ConcurrentHashMap<>();
    final Map<String, Window> windows = new ConcurrentHashMap<>();
    final Till till = new Till();
    final List<GenerationRecord> records = new CopyOnWriteArrayList<>();
    /** Counts requests against the key's limits. */
    final AtomicInteger admitted = new AtomicInteger();

    final AtomicBoolean uninstalled = new AtomicBoolean();
    final GatewayService gateway;
    final Planner planner = new Planner(new Keys(), new Models(), new InOrder(), till, new Memory());
    private int registrations;
    private Transport network = (provider, request, listener) -> {
        throw new IllegalStateException("no network in this test");
    };

    Installation(String... endpointIds) {
        this(0, endpointIds);
    }

    private Installation(int holdBack, String... endpointIds) {
        this(holdBack, 0, endpointIds);
    }

    private Installation(int holdBack, int hedgePercentile, String... endpointIds) {
        gateway = new GatewayService(
                (provider, request, listener) -> network().send(provider, request, listener),
                new GatewaySettings(
                        3,
                        new AttemptBudget(20, 3),
                        new Patience(hedgePercentile == 0 ? 4 : 0, Duration.ofMillis(PATIENCE_MILLIS)),
                        new Hedging(hedgePercentile, Duration.ofMillis(1), new AttemptBudget(0, 1)),
                        holdBack,
                        Set.of(),
                        PREPARE_TIMEOUT,
                        MOST_FETCHED_BYTES,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        100),
                Clock.systemUTC());
        Arrays.stream(endpointIds).map(Installation::endpoint).forEach(endpoints::add);
        gateway.bindPlanner(planner);
        gateway.bindGenerations(new Shelf());
    }

    /** One that keeps so many tokens of a stream from the client until there are so many. */
    static Installation holdingBack(int tokens, String... endpointIds) {
        return new Installation(tokens, endpointIds);
    }

    /** One that asks a second endpoint beside one that is slower than its 95th percentile. */
    static Installation hedging(String... endpointIds) {
        return new Installation(0, 95, endpointIds);
    }

    Registration<Upstream> install(LocalModel model) {
        var registration = registration((Upstream) new Upstream.Local(model));
        gateway.parts().adapters().add(registration);
        return registration;
    }

    void installChats(ChatAdapter adapter) {
        gateway.parts().adapters().add(registration((Upstream) new Upstream.Remote(adapter)));
    }

    Registration<Embedder> installEmbedder(LocalEmbeddings model) {
        return installed(new Embedder.Local(model));
    }

    void installEmbeddings(EmbeddingsAdapter adapter) {
        installed(new Embedder.Remote(adapter));
    }

    private Registration<Embedder> installed(Embedder embedder) {
        var registration = registration(embedder);
        gateway.parts().embedders().add(registration);
        return registration;
    }

    private <U> Registration<U> registration(U upstream) {
        return new Registration<>(
                "test", upstream, new Rank(0, Version.emptyVersion, registrations++), uninstalled::get);
    }

    void network(Transport answering) {
        network = answering;
    }

    private Transport network() {
        return network;
    }

    void removeEmbedder(Registration<Embedder> registration) {
        gateway.parts().embedders().remove(registration);
    }

    RecordedEmbeddings embed(String body) {
        var heard = new RecordedEmbeddings();
        gateway.embed(
                new Caller.KeyHolder(Secret.of(GOOD_KEY), "::1"), EmbeddingsRequest.of(JsonView.parse(body)), heard);
        return heard;
    }

    /** From now on, health says this of an endpoint. */
    void state(String endpointId, Condition condition, int seconds, int failuresInARow) {
        var returnsIn = Duration.ofSeconds(seconds);
        states.put(endpointId, new EndpointHealth(condition, "", returnsIn, OptionalInt.empty(), failuresInARow, 0, 0));
    }

    void remove(Registration<Upstream> registration) {
        gateway.parts().adapters().remove(registration);
    }

    Generation ask(String body, RecordingListener listener) {
        return gateway.generate(
                new Caller.KeyHolder(Secret.of(GOOD_KEY), "::1"), ChatRequest.of(JsonView.parse(body)), listener);
    }

    RecordingListener ask(String body) {
        var listener = new RecordingListener();
        ask(body, listener);
        return listener;
    }

    @Override
    public void close() {
        gateway.deactivate();
    }

    private static Endpoint endpoint(String id) {
        int colon = id.indexOf(':');
        return Endpoint.builder(
                        ModelId.parse(id.substring(colon + 1)),
                        Provider.builder(id.substring(0, colon), "test").build())
                .build();
    }

    private final class Keys implements Access {
        @Override
        public ApiKey authenticate(Secret secret, String address) {
            return switch (secret.reveal()) {
                case GOOD_KEY -> key(ApiKey.Purpose.INFERENCE);
                case "manager" -> key(ApiKey.Purpose.MANAGEMENT);
                default ->
                    throw Failure.of(FailureKind.UNAUTHENTICATED, "Invalid API key.")
                            .toException();
            };
        }

        private static ApiKey key(ApiKey.Purpose purpose) {
            return ApiKey.builder("id", Instant.EPOCH)
                    .label("label")
                    .name("name")
                    .purpose(purpose)
                    .build();
        }

        @Override
        public ApiKey require(String id) {
            throw new UnsupportedOperationException("no keys by id in this test");
        }

        @Override
        public Rules rules(ApiKey key) {
            return Rules.NONE;
        }

        @Override
        public Admission admit(ApiKey key, long promptTokens) {
            admitted.incrementAndGet();
            return Admission.UNLIMITED;
        }
    }

    private final class Shelf implements Generations {
        @Override
        public void keep(GenerationRecord record) {
            records.add(record);
        }

        @Override
        public Optional<KeptGeneration> find(String id) {
            return Optional.empty();
        }

        @Override
        public void each(Instant from, Instant until, Consumer<KeptGeneration> taker) {}

        @Override
        public List<Activity> activity(LocalDate from, LocalDate to) {
            return List.of();
        }
    }

    private final class Models implements Catalog {
        @Override
        public List<Endpoint> endpoints(ModelId model, String account) {
            return endpoints(model);
        }

        @Override
        public List<Endpoint> endpoints(ModelId model) {
            return endpoints.stream()
                    .filter(endpoint -> endpoint.model().equals(model))
                    .toList();
        }

        @Override
        public List<Endpoint> endpoints() {
            return endpoints;
        }

        @Override
        public List<ProviderStatus> providers() {
            return List.of();
        }
    }

    private static final class InOrder implements Router {
        @Override
        public Route plan(RoutingRequest request) {
            var candidates = request.choices().stream()
                    .flatMap(choice -> choice.endpoints().stream())
                    .map(endpoint -> new Candidate(endpoint, 1, "in order"))
                    .toList();
            return new Route("in-order", candidates, List.of());
        }

        @Override
        public Route plan(RoutingRequest request, Health known) {
            return plan(request);
        }

        @Override
        public List<String> strategies() {
            return List.of("in-order");
        }

        @Override
        public String defaultStrategy() {
            return "in-order";
        }
    }

    private final class Memory extends QuietHealth {
        @Override
        public void record(Outcome outcome) {
            outcomes.add(outcome);
        }

        @Override
        public EndpointHealth of(String endpointId) {
            return states.getOrDefault(endpointId, EndpointHealth.UNKNOWN);
        }

        @Override
        public void refused(String endpointId, String feature) {
            refusals.computeIfAbsent(endpointId, id -> new HashSet<>()).add(feature);
        }

        @Override
        public Set<String> refused(String endpointId) {
            return refusals.getOrDefault(endpointId, Set.of());
        }

        @Override
        public Window window(String endpointId, Span span) {
            return windows.getOrDefault(endpointId, Window.EMPTY);
        }
    }
}
