package io.patchbay.catalog;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.EndpointSource;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.ProviderStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** A catalog with the adapter {@code openai} installed, and short ways to do things to it. */
final class CatalogFixture {
    static final Map<String, Object> OPENAI = Map.of(ChatAdapter.NAME, "openai");

    final ManualTimer timer = new ManualTimer();
    final FakeTransport transport = new FakeTransport();
    final PriceBook book =
            new PriceBook(Path.of("target", "prices", UUID.randomUUID().toString()), timer);
    final CatalogService catalog;

    CatalogFixture() {
        this(name -> Optional.empty());
    }

    CatalogFixture(Function<String, Optional<StoredKey>> stored) {
        this(stored, account -> Map.of(), Set::of);
    }

    CatalogFixture(
            Function<String, Optional<StoredKey>> stored,
            Function<String, Map<String, StoredKey>> own,
            Supplier<Set<String>> ownedBy) {
        catalog = new CatalogService(timer, () -> {}, pid -> Map.of(), stored, new OwnEndpoints(own), ownedBy, book);
        book.follow(catalog::pricesChanged);
        catalog.bindChatAdapter(OPENAI);
        catalog.bindListAdapter(FakeTransport.WORDS, OPENAI);
        catalog.bindTransport(transport);
    }

    /** Writes {@code io.patchbay.provider~NAME.cfg}, lines separated by semicolons. */
    void write(String name, String lines) {
        var properties = new HashMap<String, Object>();
        for (var line : lines.split(";", -1)) {
            int equals = line.indexOf('=');
            properties.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        properties.put("service.pid", "io.patchbay.provider~" + name);
        properties.put("felix.fileinstall.filename", "file:/etc/io.patchbay.provider~" + name + ".cfg");
        catalog.updated("io.patchbay.provider~" + name, properties);
        timer.advance(Duration.ZERO);
    }

    /** The same, for a provider that needs neither credential, discovery nor price. */
    void writeOpen(String name, String models) {
        write(name, "base-url=http://127.0.0.1:1/v1;credential-required=false;unknown-price=free;models=" + models);
    }

    void delete(String name) {
        catalog.deleted("io.patchbay.provider~" + name);
    }

    List<String> listed() {
        return catalog.endpoints().stream().map(Endpoint::id).toList();
    }

    List<String> found(String model) {
        return catalog.endpoints(ModelId.parse(model)).stream()
                .map(Endpoint::id)
                .sorted()
                .toList();
    }

    Endpoint endpoint(String model) {
        return catalog.endpoints(ModelId.parse(model)).get(0);
    }

    ProviderStatus status(String provider) {
        return catalog.providers().stream()
                .filter(status -> status.provider().name().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    static EndpointSource source(String provider, String adapter, String... models) {
        var from = Provider.builder(provider, adapter).build();
        var endpoints = Arrays.stream(models)
                .map(model -> Endpoint.builder(ModelId.parse(model), from)
                        .price(Price.FREE)
                        .build())
                .toList();
        return () -> endpoints;
    }
}
