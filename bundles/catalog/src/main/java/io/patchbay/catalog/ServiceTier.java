package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tier of service that a provider offers, as its file says: {@code service-tier.flex = 0.5: openai/gpt-5*, openai/o3}.
 *
 * @param name what a request says in {@code service_tier}
 * @param factor how many times the usual price of a token it costs
 * @param models patterns of the models that it is offered for; none for all
 */
record ServiceTier(String name, BigDecimal factor, List<Pattern> models) {
    static final String PREFIX = "service-tier.";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final Pattern FACTOR = Pattern.compile("\\d{1,3}(?:\\.\\d{1,6})?");

    /**
     * Reads all of them.
     *
     * @throws BadSetting for the first that is wrong
     */
    static List<ServiceTier> read(Settings settings) {
        var tiers = new ArrayList<ServiceTier>();
        settings.under(PREFIX).forEach((name, value) -> tiers.add(read(name, value)));
        return List.copyOf(tiers);
    }

    private static ServiceTier read(String name, String value) {
        int colon = value.indexOf(':');
        var factor = (colon < 0 ? value : value.substring(0, colon)).strip();
        if (!NAME.matcher(name).matches() || !FACTOR.matcher(factor).matches()) {
            throw new BadSetting(
                    PREFIX + name,
                    "'" + value + "' (expected: times the usual price, and maybe for which models: "
                            + "0.5: openai/gpt-5*, openai/o3)");
        }
        var models = Settings.parts(colon < 0 ? "" : value.substring(colon + 1)).stream()
                .map(ProviderFileReader::glob)
                .toList();
        return new ServiceTier(name, new BigDecimal(factor), models);
    }

    /** An endpoint at this tier; empty if it is not offered for it, or nobody knows the usual price. */
    Optional<Endpoint> of(Endpoint endpoint) {
        boolean isOffered = models.isEmpty()
                || models.stream()
                        .anyMatch(pattern ->
                                pattern.matcher(endpoint.model().toString()).matches());
        return isOffered
                ? endpoint.price().map(usual -> endpoint.atServiceTier(name, usual.times(factor, Unit::isToken)))
                : Optional.empty();
    }
}
