package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import java.util.List;
import java.util.Set;

/** The catalog as it is looked up, without what fills it. */
public final class SimulatedCatalog {
    private final Snapshot snapshot;

    /** Of endpoints whose adapter is there. */
    public SimulatedCatalog(List<Endpoint> endpoints, String adapter) {
        this.snapshot = Snapshot.of(endpoints, List.of(), List.of(), Set.of(adapter), Set.of(), List.of());
    }

    /** Who serves a model. */
    public List<Endpoint> endpoints(ModelId model) {
        return snapshot.endpoints(model);
    }
}
