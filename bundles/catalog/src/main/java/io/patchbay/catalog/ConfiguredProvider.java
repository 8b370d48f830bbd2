package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Prices.Source;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.ProviderStatus.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One provider in force and the endpoints it has by now. Guarded by the catalog's lock. */
final class ConfiguredProvider {
    private static final Logger log = LoggerFactory.getLogger(ConfiguredProvider.class);

    private final ProviderModels models;
    private final ProviderSettings settings;
    private final @Nullable Discovery discovery;
    private List<Endpoint> endpoints = List.of();
    private List<String> endpointsOf = List.of();

    ConfiguredProvider(ProviderModels models, @Nullable Discovery discovery) {
        this.models = models;
        this.settings = models.settings();
        this.discovery = discovery;
        if (!settings.lacksCredential() && discovery == null) {
            offer(models.endpoints());
        }
    }

    ProviderSettings settings() {
        return settings;
    }

    /** Whether it is made of these very files. */
    boolean isMadeOf(ProviderSettings file, CatalogueFile catalogue, PricePolicy prices) {
        return settings.equals(file)
                && models.catalogue() == catalogue
                && models.prices().equals(prices);
    }

    /** What the provider itself has named. */
    List<String> discovered() {
        return discovery == null ? List.of() : discovery.names();
    }

    List<Endpoint> endpoints() {
        if (discovery != null && !settings.lacksCredential() && discovery.names() != endpointsOf) {
            endpointsOf = discovery.names();
            offer(models.endpoints(endpointsOf));
        }
        return endpoints;
    }

    /** What it would offer with a credential, as far as that is known without asking it; nothing if it has one. */
    List<Endpoint> dormant() {
        return settings.lacksCredential() ? models.endpoints() : List.of();
    }

    /** Who says what one of its endpoints costs. */
    Source source(Endpoint endpoint) {
        return models.source(endpoint);
    }

    private void offer(List<Endpoint> found) {
        endpoints = found;
        if (PricePolicy.allLackOne(found)) {
            models.complaint(found).ifPresent(complaint -> log.warn("Provider {}: {}", settings.name(), complaint));
        }
    }

    /** Asks for the models if they are still missing and the way to do so may be new. */
    void wake() {
        if (discovery != null && !discovery.hasAnswered()) {
            discovery.ask();
        }
    }

    void lineLost() {
        if (discovery != null) {
            discovery.lineLost();
        }
    }

    void close() {
        if (discovery != null) {
            discovery.close();
        }
    }

    /** How it is, given whether its adapter is installed. */
    ProviderStatus status(boolean hasAdapter) {
        if (settings.lacksCredential()) {
            return status(
                    State.NO_CREDENTIAL,
                    "Give it a key: patchbay:provider-key " + settings.name() + ", or api-key in its file.");
        }
        if (!hasAdapter) {
            return status(State.NO_ADAPTER, "No adapter '" + settings.provider().adapter() + "' is installed.");
        }
        if (discovery == null) {
            return status(State.READY, whence());
        }
        if (!discovery.problem().isEmpty()) {
            var problem = "Asked for its models: " + discovery.problem();
            return status(endpoints().isEmpty() ? State.UNREACHABLE : State.READY, problem);
        }
        return discovery.hasAnswered()
                ? status(State.READY, "It says itself what its models are.")
                : status(State.DISCOVERING, "It is being asked for its models.");
    }

    private String whence() {
        if (!settings.models().isEmpty()) {
            return "Its file lists its models.";
        }
        var asOf = models.catalogue().asOf();
        return "The catalogue lists its models" + (asOf.isEmpty() ? "." : ", as of " + asOf + ".");
    }

    private ProviderStatus status(State state, String detail) {
        var offered = endpoints();
        var told = models.complaint(offered)
                .map(complaint -> detail + ' ' + complaint)
                .orElse(detail);
        boolean useless = state == State.READY && PricePolicy.allLackOne(offered);
        return new ProviderStatus(settings.provider(), offered.size(), useless ? State.NO_PRICE : state, told);
    }
}
