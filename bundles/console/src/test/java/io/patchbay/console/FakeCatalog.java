package io.patchbay.console;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;

/** Three endpoints of two models at two providers, and a provider without a credential. */
final class FakeCatalog implements Catalog {
    @Override
    public List<Endpoint> endpoints(ModelId model, String account) {
        return endpoints(model);
    }

    static final Provider ACME = Provider.builder("acme", "openai")
            .displayName("Acme AI")
            .baseUrl(URI.create("https://acme.test/v1"))
            .credential(Secret.of("sk-acme"))
            .build();
    static final Provider SANDBOX =
            Provider.builder("sandbox", "sandbox").displayName("Sandbox").build();
    static final Provider VOID = Provider.builder("void", "openai")
            .displayName("Void")
            .baseUrl(URI.create("https://void.test/v1"))
            .build();
    static final Endpoint BIG_AT_ACME = Endpoint.builder(ModelId.parse("acme/big"), ACME)
            .contextLength(200_000)
            .price(Price.perMillionTokens(new BigDecimal("0.15"), new BigDecimal("0.60")))
            .build();
    static final Endpoint BIG_AT_SANDBOX = Endpoint.builder(ModelId.parse("acme/big"), SANDBOX)
            .contextLength(8_192)
            .price(Price.perMillionTokens(new BigDecimal("3"), new BigDecimal("15")))
            .build();
    static final Endpoint ECHO = Endpoint.builder(ModelId.parse("sandbox/echo"), SANDBOX)
            .price(Price.FREE)
            .build();

    private final List<Endpoint> endpoints;

    FakeCatalog() {
        this(List.of(BIG_AT_ACME, BIG_AT_SANDBOX, ECHO));
    }

    FakeCatalog(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
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
        return List.of(
                new ProviderStatus(ACME, 1, ProviderStatus.State.READY, "1 model from etc"),
                new ProviderStatus(SANDBOX, 2, ProviderStatus.State.READY, "comes with its adapter"),
                new ProviderStatus(VOID, 0, ProviderStatus.State.NO_CREDENTIAL, "VOID_API_KEY is\u001b[2J not set"));
    }
}
