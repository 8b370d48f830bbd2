package io.patchbay.router;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.routing.Exclusion;
import io.patchbay.api.routing.Exclusion.Rule;
import io.patchbay.api.routing.Forbidden;
import io.patchbay.api.routing.ProviderPreferences;
import io.patchbay.api.routing.RoutingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says who can and may serve one request, and of the others why not. For one thread. */
final class EndpointFilter {
    private static final String UNKNOWN_QUANTIZATION = "unknown";

    private final RoutingRequest request;
    private final RequestNeeds needs;
    private final List<Exclusion> dropped;

    /** @param dropped gets those that are out */
    EndpointFilter(RoutingRequest request, List<Exclusion> dropped) {
        this.request = request;
        this.needs = new RequestNeeds(request);
        this.dropped = dropped;
    }

    /** What the request needs. */
    RequestNeeds needs() {
        return needs;
    }

    /** What can serve the request, of the endpoints of one model. */
    List<Endpoint> able(List<Endpoint> endpoints, ServiceTiers tiers) {
        var able = new ArrayList<Endpoint>(endpoints.size());
        for (var endpoint : endpoints) {
            refusal(endpoint, tiers)
                    .ifPresentOrElse(refusal -> dropped.add(refusal.of(endpoint)), () -> able.add(endpoint));
        }
        if (able.size() > 1) {
            dropTheShort(able);
            for (var parameter : needs.preferred()) {
                dropThoseWithout(parameter, able);
            }
        }
        return able;
    }

    private Optional<Refusal> refusal(Endpoint endpoint, ServiceTiers tiers) {
        var ofAnotherTier = tiers.refusal(endpoint);
        return ofAnotherTier.isPresent()
                ? ofAnotherTier
                : forbidden(endpoint, request.rules().permissions())
                        .or(() -> unwanted(endpoint, request.preferences()))
                        .or(() -> tooDear(endpoint))
                        .or(() -> needs.unmet(endpoint));
    }

    /** Those whose context the prompt may not fit into lose against those where it does, if there are any. */
    private void dropTheShort(List<Endpoint> able) {
        if (able.stream().noneMatch(needs::mayBeTooLongFor) || able.stream().allMatch(needs::mayBeTooLongFor)) {
            return;
        }
        able.removeIf(endpoint -> {
            boolean isShort = needs.mayBeTooLongFor(endpoint);
            if (isShort) {
                dropped.add(
                        new Exclusion(endpoint, Rule.CONTEXT_LENGTH, "its context may be too short, others' is not"));
            }
            return isShort;
        });
    }

    /** Of a parameter that matters, those that are known not to honour it lose against those that do, if any does. */
    private void dropThoseWithout(String parameter, List<Endpoint> able) {
        boolean anyHonoursIt = false;
        for (var endpoint : able) {
            anyHonoursIt |= Parameters.honours(endpoint, parameter);
        }
        if (!anyHonoursIt) {
            return;
        }
        for (var endpoints = able.iterator(); endpoints.hasNext(); ) {
            var endpoint = endpoints.next();
            if (Parameters.lacks(endpoint, parameter)) {
                dropped.add(new Exclusion(
                        endpoint, Rule.REQUIRE_PARAMETERS, "does not support " + parameter + ", others do"));
                endpoints.remove();
            }
        }
    }

    /** Why the API key may not use the endpoint; empty if it may. */
    private static Optional<Refusal> forbidden(Endpoint endpoint, Permissions permissions) {
        return Forbidden.by(permissions, endpoint)
                .map(rule -> new Refusal(rule, "this API key may not use " + forbidden(rule, permissions)));
    }

    private static String forbidden(Rule rule, Permissions permissions) {
        return switch (rule) {
            case ALLOWED_MODELS -> "the model";
            case TRAINING -> "providers that collect data";
            case ZERO_DATA_RETENTION -> "providers that retain prompts";
            case REGION -> "providers outside " + list(permissions.regions());
            default -> "the provider";
        };
    }

    private static String list(List<String> regions) {
        return String.join(", ", regions);
    }

    /** Which of the client's rules is against the endpoint; empty if none is. */
    private static Optional<Refusal> unwanted(Endpoint endpoint, ProviderPreferences rules) {
        if (!rules.only().isEmpty() && !isAmong(rules.only(), endpoint)) {
            return Refusal.by(Rule.ALLOWED_PROVIDERS, "not in provider.only");
        }
        if (isAmong(rules.ignore(), endpoint)) {
            return Refusal.by(Rule.ALLOWED_PROVIDERS, "in provider.ignore");
        }
        if (!rules.allowFallbacks() && !rules.order().isEmpty() && !isAmong(rules.order(), endpoint)) {
            return Refusal.by(Rule.ALLOWED_PROVIDERS, "not in provider.order, and fallbacks are not allowed");
        }
        var policy = againstDataPolicy(endpoint, rules);
        if (policy.isPresent()) {
            return policy;
        }
        if (!rules.quantizations().isEmpty()) {
            var quantization =
                    endpoint.quantization().orElse(UNKNOWN_QUANTIZATION).toLowerCase(Locale.ROOT);
            if (!rules.quantizations().contains(quantization)) {
                return Refusal.by(
                        Rule.QUANTIZATION, "its quantization, " + quantization + ", is not in provider.quantizations");
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> againstDataPolicy(Endpoint endpoint, ProviderPreferences rules) {
        if (!rules.dataCollection() && endpoint.provider().collectsData()) {
            return Refusal.by(Rule.TRAINING, "it may collect data, and provider.data_collection is deny");
        }
        if (rules.zeroDataRetention() && endpoint.provider().retainsPrompts()) {
            return Refusal.by(Rule.ZERO_DATA_RETENTION, "it may retain prompts, and provider.zdr is set");
        }
        if (!endpoint.provider().isIn(rules.regions())) {
            return Refusal.by(Rule.REGION, "it is not known to be in " + list(rules.regions()) + " (provider.regions)");
        }
        if (rules.distillableText()) {
            return Refusal.by(
                    Rule.DISTILLABLE_TEXT,
                    "it is not known whether its author allows distillation, and provider.enforce_distillable_text is set");
        }
        return Optional.empty();
    }

    private Optional<Refusal> tooDear(Endpoint endpoint) {
        if (endpoint.price().isEmpty()) {
            return Refusal.by(Rule.UNKNOWN_PRICE, "its price is unknown");
        }
        var limits = request.preferences().maxPrice();
        if (limits.isEmpty()) {
            return Optional.empty();
        }
        var price = endpoint.price().get().at(request.time()).forPromptOf(request.promptTokens());
        for (var limit : limits.entrySet()) {
            var unit = limit.getKey();
            if (price.of(unit)
                    .filter(asked -> asked.compareTo(limit.getValue()) > 0)
                    .isPresent()) {
                return Refusal.by(Rule.MAX_PRICE, "it costs more than provider.max_price." + unit.key());
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a list names the endpoint: its provider, or one quantization or tier of service there, {@code
     * deepinfra/fp8}, {@code openai/flex}.
     */
    static boolean isAmong(List<String> names, Endpoint endpoint) {
        for (var name : names) {
            if (isNamed(name, endpoint)) {
                return true;
            }
        }
        return false;
    }

    static boolean isNamed(String name, Endpoint endpoint) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return endpoint.provider().name().equalsIgnoreCase(name);
        }
        var word = name.substring(slash + 1);
        return endpoint.provider().name().equalsIgnoreCase(name.substring(0, slash))
                && (endpoint.quantization().filter(word::equalsIgnoreCase).isPresent()
                        || endpoint.serviceTier().filter(word::equalsIgnoreCase).isPresent());
    }
}
