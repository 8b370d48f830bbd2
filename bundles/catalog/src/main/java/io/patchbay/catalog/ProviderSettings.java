package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one provider's file says, checked.
 *
 * @param provider who, how to reach it and how to speak to it
 * @param enabled whether it is to be used at all
 * @param credentialRequired whether it is of no use without a credential
 * @param models the provider's name of each model; empty to ask the provider
 * @param author of models whose names tell none
 * @param excluded names of models not to offer, where the provider was asked
 * @param prices of single models
 * @param price of all others, if known
 * @param contextLength of its models; 0 if unknown
 * @param discoveryInterval how often to ask for its models
 */
record ProviderSettings(
        Provider provider,
        boolean enabled,
        boolean credentialRequired,
        Map<ModelId, String> models,
        String author,
        List<Pattern> excluded,
        Map<ModelId, Price> prices,
        @Nullable Price price,
        long contextLength,
        Duration discoveryInterval) {

    String name() {
        return provider.name();
    }

    boolean lacksCredential() {
        return credentialRequired && provider.credential().isEmpty();
    }

    /** Whether the provider has to be asked for its models. */
    boolean discovers() {
        return models.isEmpty();
    }

    /** The endpoints of the models that the file names. */
    List<Endpoint> endpoints() {
        return models.entrySet().stream()
                .map(model -> endpoint(model.getKey(), model.getValue()))
                .toList();
    }

    /** The endpoints of the models that the provider named; names that no client could write are left out. */
    List<Endpoint> endpoints(Collection<String> upstreamNames) {
        var endpoints = new LinkedHashMap<ModelId, Endpoint>();
        for (var name : upstreamNames) {
            if (excluded.stream().noneMatch(pattern -> pattern.matcher(name).matches())) {
                modelId(name).ifPresent(model -> endpoints.putIfAbsent(model, endpoint(model, name)));
            }
        }
        return List.copyOf(endpoints.values());
    }

    private Optional<ModelId> modelId(String upstreamName) {
        // Gemini's imitation of OpenAI's API prefixes every name with the kind of resource.
        var name = upstreamName.startsWith("models/") ? upstreamName.substring("models/".length()) : upstreamName;
        return ModelId.tryParse(name.contains("/") ? name : author + '/' + name);
    }

    private Endpoint endpoint(ModelId model, String upstreamName) {
        var endpoint =
                Endpoint.builder(model, provider).upstreamModel(upstreamName).contextLength(contextLength);
        var asked = prices.getOrDefault(model, price);
        if (asked != null) {
            endpoint.price(asked);
        }
        return endpoint.build();
    }
}
