package io.patchbay.catalog;

import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one provider's file says, checked.
 *
 * @param provider who, how to reach it and how to speak to it
 * @param enabled whether it is to be used at all
 * @param credentialRequired whether it is of no use without a credential
 * @param models the provider's name of each model; empty if the file names none
 * @param discover whether to ask the provider for its models even if the catalogue knows some
 * @param author of models whose names tell none
 * @param excluded names of models not to offer, of those that the file does not name
 * @param prices of single models
 * @param price of all others, if known
 * @param serviceTiers that it offers beside the usual one
 * @param unknownPrice what becomes of models whose price is not known; null if the file does not say
 * @param contextLength of its models; 0 if unknown
 * @param discoveryInterval how often to ask for its models
 */
record ProviderSettings(
        Provider provider,
        boolean enabled,
        boolean credentialRequired,
        Map<ModelId, String> models,
        boolean discover,
        String author,
        List<Pattern> excluded,
        Map<ModelId, Price> prices,
        @Nullable Price price,
        List<ServiceTier> serviceTiers,
        @Nullable UnknownPrice unknownPrice,
        long contextLength,
        Duration discoveryInterval) {

    String name() {
        return provider.name();
    }

    /** The same for another provider. */
    ProviderSettings with(Provider other) {
        return new ProviderSettings(
                other,
                enabled,
                credentialRequired,
                models,
                discover,
                author,
                excluded,
                prices,
                price,
                serviceTiers,
                unknownPrice,
                contextLength,
                discoveryInterval);
    }

    boolean lacksCredential() {
        return credentialRequired && provider.credential().isEmpty();
    }
}
