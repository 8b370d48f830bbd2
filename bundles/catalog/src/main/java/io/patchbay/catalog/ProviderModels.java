package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Prices.Source;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Makes a provider's endpoints out of what its file says and, where that says nothing, of what the catalogue knows.
 *
 * @param settings the provider's file
 * @param catalogue its file in the catalogue, {@link CatalogueFile#NONE} if it has none
 * @param prices what models cost whose price neither knows
 */
record ProviderModels(ProviderSettings settings, CatalogueFile catalogue, PricePolicy prices) {

    /** Whether the provider has to be asked for its models. */
    boolean areAskedFor() {
        return settings.models().isEmpty() && (settings.discover() || catalogue.isEmpty());
    }

    /** The endpoints of the models that the file names; if it names none, of those that the catalogue knows. */
    List<Endpoint> endpoints() {
        if (!settings.models().isEmpty()) {
            return settings.models().entrySet().stream()
                    .map(model -> endpoint(
                            model.getKey(), model.getValue(), catalogue.find(model.getKey(), model.getValue())))
                    .toList();
        }
        return catalogue.models().stream()
                .filter(model -> model.isOffered() && !isExcluded(model.upstream()))
                .map(model -> endpoint(model.id(), model.upstream(), Optional.of(model)))
                .toList();
    }

    /** The endpoints of the models that the provider named; names that no client could write are left out. */
    List<Endpoint> endpoints(Collection<String> upstreamNames) {
        var endpoints = new LinkedHashMap<ModelId, Endpoint>();
        for (var name : upstreamNames) {
            var known = catalogue.find(name);
            if (!isExcluded(name) && known.map(CatalogueModel::isOffered).orElse(true)) {
                known.map(CatalogueModel::id)
                        .or(() -> modelId(name))
                        .ifPresent(model -> endpoints.putIfAbsent(model, endpoint(model, name, known)));
            }
        }
        return List.copyOf(endpoints.values());
    }

    /** A sentence about those of its endpoints that have no price; empty if there are none. */
    Optional<String> complaint(List<Endpoint> endpoints) {
        return PricePolicy.complaint(endpoints, prices.advice(endpoints, settings.unknownPrice()));
    }

    /** Who says what one of its endpoints costs. */
    Source source(Endpoint endpoint) {
        if (settings.price() != null || settings.prices().containsKey(endpoint.model())) {
            return Source.FILE;
        }
        boolean known = catalogue
                .find(endpoint.model(), endpoint.upstreamModel())
                .flatMap(CatalogueModel::price)
                .isPresent();
        return known ? Source.CATALOGUE : Source.POLICY;
    }

    private boolean isExcluded(String upstreamName) {
        return settings.excluded().stream()
                .anyMatch(pattern -> pattern.matcher(upstreamName).matches());
    }

    private Optional<ModelId> modelId(String upstreamName) {
        // Gemini's imitation of OpenAI's API prefixes every name with the kind of resource.
        var name = upstreamName.startsWith("models/") ? upstreamName.substring("models/".length()) : upstreamName;
        return ModelId.tryParse(name.contains("/") ? name : settings.author() + '/' + name);
    }

    private Endpoint endpoint(ModelId model, String upstreamName, Optional<CatalogueModel> known) {
        var endpoint = Endpoint.builder(model, settings.provider()).upstreamModel(upstreamName);
        known.ifPresent(data -> {
            endpoint.modelDisplayName(data.name())
                    .contextLength(data.contextLength())
                    .maxCompletionTokens(data.maxCompletionTokens())
                    .supportedParameters(data.parameters())
                    .inputModalities(data.inputs())
                    .outputModalities(data.outputs())
                    .quantization(data.quantization())
                    .tokenizer(data.tokenizer())
                    .knowledgeCutoff(data.knowledgeCutoff())
                    .created(data.created());
            data.price().ifPresent(endpoint::price);
        });
        if (settings.contextLength() > 0) {
            endpoint.contextLength(settings.contextLength());
        }
        var asked = settings.prices().getOrDefault(model, settings.price());
        if (asked != null) {
            endpoint.price(asked);
        }
        return prices.applied(endpoint.build(), settings.unknownPrice());
    }
}
