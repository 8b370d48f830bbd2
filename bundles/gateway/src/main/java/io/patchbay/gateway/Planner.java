package io.patchbay.gateway;

import io.patchbay.api.access.Access;
import io.patchbay.api.access.Account;
import io.patchbay.api.access.Admission;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.Rules;
import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Billing;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Window;
import io.patchbay.api.pipeline.Room;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.ProviderPreferences;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.Router;
import io.patchbay.api.routing.RoutingRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The part of a generation that asks other bundles: who is it, who serves the model, in which order, is
 * there credit for it. A component of its
 * own because it comes and goes with any of those bundles, while the gateway stays and parks what arrives meanwhile.
 */
@Component(service = Planner.class)
public final class Planner {
    /** Tokens of an answer whose length the client leaves open. */
    private static final long USUAL_ANSWER = 500;

    private final Access access;
    private final ModelNames names;
    private final Router router;
    private final Billing billing;
    private final Health health;

    @Activate
    public Planner(
            @Reference Access access,
            @Reference Catalog catalog,
            @Reference Router router,
            @Reference Billing billing,
            @Reference Health health) {
        this.access = access;
        this.names = new ModelNames(catalog);
        this.router = router;
        this.billing = billing;
        this.health = health;
    }

    /** Checks that the caller may generate; returns the key, if it is not the operator. */
    Optional<ApiKey> authenticate(Caller caller) {
        if (caller instanceof Caller.Operator) {
            return Optional.empty();
        }
        if (caller instanceof Caller.OnBehalf delegate) {
            return Optional.of(access.require(delegate.key()));
        }
        if (!(caller instanceof Caller.KeyHolder holder)) {
            throw Failure.of(
                            FailureKind.UNAUTHENTICATED,
                            "No API key. Send it as 'Authorization: Bearer <key>'; "
                                    + "the operator makes one with patchbay:key-create.")
                    .toException();
        }
        var key = access.authenticate(holder.key(), holder.address());
        key.requireInference();
        return Optional.of(key);
    }

    /** Counts it against the key's rate limits. */
    Admission admit(Optional<ApiKey> key, long promptTokens) {
        return key.map(limited -> access.admit(limited, promptTokens)).orElse(Admission.UNLIMITED);
    }

    /** Whose request it is, and with which key. */
    static Subject subjectOf(Optional<ApiKey> key) {
        return new Subject(accountOf(key), key.map(ApiKey::id).orElse(""));
    }

    /** Whose request it is. */
    static String accountOf(Optional<ApiKey> key) {
        return key.map(ApiKey::account).orElse(Account.OPERATOR).id();
    }

    /** For each model named, the endpoints that serve it. */
    private List<Choice> find(ModelRequest request, String account) {
        var choices = new ArrayList<Choice>(request.models().size());
        boolean found = false;
        for (var name : request.models()) {
            var choice = names.find(ModelId.parse(name), account);
            found |= !choice.endpoints().isEmpty();
            choices.add(choice);
        }
        if (!found) {
            throw modelNotFound(request).toException();
        }
        return choices;
    }

    /** Says where to try a request, in which order. */
    Route plan(ModelRequest request, Optional<ApiKey> key, Passages passages, Surroundings surroundings) {
        var account = accountOf(key);
        var choices = find(request, account);
        var prompt = surroundings.promptTokens().of(request, choices);
        return router.plan(RoutingRequest.builder(request, choices)
                .preferences(request.provider().map(ProviderPreferences::parse).orElseGet(ProviderPreferences::none))
                .rules(key.map(access::rules).orElse(Rules.NONE).and(passages.permissions()))
                .tokens(prompt.tokens(), expectedTokens(request))
                .counted(prompt.isCounted())
                .load(surroundings.load())
                .warm(surroundings.warmCaches().holding(account, request, choices))
                .time(surroundings.time())
                .build());
    }

    /** What the endpoints of a request's models have room for. To be asked while the planner is there. */
    Room room(ChatRequest request, String account) {
        return new Room() {
            @Override
            public long promptTokens() {
                return UsageEstimate.promptTokens(request);
            }

            @Override
            public OptionalLong longestContext() {
                var contexts = find(request, account).stream()
                        .flatMap(choice -> choice.endpoints().stream())
                        .map(Endpoint::contextLength)
                        .toList();
                return contexts.stream().anyMatch(OptionalLong::isEmpty)
                        ? OptionalLong.empty()
                        : contexts.stream().mapToLong(OptionalLong::getAsLong).max();
            }

            @Override
            public boolean isTaken(String content) {
                return find(request, account).stream()
                        .flatMap(choice -> choice.endpoints().stream())
                        .anyMatch(endpoint -> endpoint.inputModalities().contains(content));
            }
        };
    }

    /** Whether what a request says, and its answer, may be kept by anybody. */
    boolean mayRetain(ModelRequest request, Optional<ApiKey> key, Passages passages) {
        var rules = key.map(access::rules).orElse(Rules.NONE).and(passages.permissions());
        return rules.permissions().dataRetention()
                && request.provider().filter(provider -> provider.isTrue("zdr")).isEmpty();
    }

    /** How long the answer is going to be, as far as one can say beforehand. */
    private static long expectedTokens(ModelRequest request) {
        if (!(request instanceof ChatRequest chat)) {
            return 0;
        }
        return Math.min(USUAL_ANSWER, chat.maxTokens().orElse(USUAL_ANSWER));
    }

    /** Holds what it is expected to cost. */
    Bill hold(Order order) {
        return billing.open(order);
    }

    /** How an endpoint is. */
    EndpointHealth health(Endpoint endpoint) {
        return health.of(endpoint.id());
    }

    /** An endpoint's model can't do something. */
    void refused(Endpoint endpoint, String feature) {
        health.refused(endpoint.id(), feature);
    }

    /** How long until the first of these may be asked again; empty if there are none. */
    Optional<Duration> returnsIn(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> health.of(endpoint.id()).returnsIn())
                .min(Comparator.naturalOrder());
    }

    /** How an endpoint has fared in the last minutes. */
    Window lately(Endpoint endpoint) {
        return Patience.lately(endpoint, health);
    }

    /** Remembers how an attempt went. */
    void record(Outcome outcome) {
        health.record(outcome);
    }

    static Failure modelNotFound(ModelRequest request) {
        var names = String.join(", ", request.models());
        return Failure.builder(
                        FailureKind.MODEL_NOT_FOUND,
                        "No provider here serves the model " + names + ". See GET /api/v1/models for those there are.")
                .field("model")
                .build();
    }
}
