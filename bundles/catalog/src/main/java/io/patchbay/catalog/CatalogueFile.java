package io.patchbay.catalog;

import io.patchbay.api.catalog.ModelId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the catalogue knows of one provider's models. Immutable. */
final class CatalogueFile {
    static final CatalogueFile NONE = new CatalogueFile("", List.of());

    private final String asOf;
    private final Map<ModelId, CatalogueModel> byId = new LinkedHashMap<>();
    private final Map<String, CatalogueModel> byUpstream = new LinkedHashMap<>();

    /**
     * Gathers models.
     *
     * @param asOf the day the data is of; may be empty
     * @param models no two of the same id; the first of two of the same upstream name counts for that name
     */
    CatalogueFile(String asOf, List<CatalogueModel> models) {
        this.asOf = asOf;
        for (var model : models) {
            byId.put(model.id(), model);
            byUpstream.putIfAbsent(model.upstream(), model);
        }
    }

    String asOf() {
        return asOf;
    }

    Collection<CatalogueModel> models() {
        return byId.values();
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** What is known of a model, by the provider's name of it first: that is the more exact one. */
    Optional<CatalogueModel> find(ModelId id, String upstream) {
        return find(upstream).or(() -> Optional.ofNullable(byId.get(id)));
    }

    /** What is known of the model that the provider names so. */
    Optional<CatalogueModel> find(String upstream) {
        return Optional.ofNullable(byUpstream.get(upstream));
    }
}
