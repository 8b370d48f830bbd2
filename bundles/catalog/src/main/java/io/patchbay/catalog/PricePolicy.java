package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What models cost whose price nobody has told.
 *
 * @param usual what becomes of them where the provider's file says nothing
 * @param ceiling the most that the operator reckons with, if that is configured
 */
record PricePolicy(UnknownPrice usual, @Nullable Price ceiling) {
    /** Nobody is charged by guesswork unless the operator says so. */
    static final PricePolicy REFUSE = new PricePolicy(UnknownPrice.REFUSE, null);

    private static final String PROMPT = "unknown-price-prompt";
    private static final String COMPLETION = "unknown-price-completion";

    /** @throws BadSetting for the first thing that is wrong */
    static PricePolicy read(Settings settings) {
        var usual = UnknownPrice.read(settings).orElse(UnknownPrice.REFUSE);
        var prompt = settings.amount(PROMPT);
        var completion = settings.amount(COMPLETION);
        if (prompt.isPresent() && completion.isPresent()) {
            var ceiling = Price.builder()
                    .perMillion(Unit.PROMPT, prompt.get())
                    .perMillion(Unit.COMPLETION, completion.get())
                    .ceiling()
                    .build();
            return new PricePolicy(usual, ceiling);
        }
        if (usual == UnknownPrice.CEILING || prompt.isPresent() || completion.isPresent()) {
            throw new BadSetting(
                    prompt.isEmpty() ? PROMPT : COMPLETION, "missing (expected: US dollars for a million tokens)");
        }
        return new PricePolicy(usual, null);
    }

    /** The endpoint with a price, be it known or not; without one if it is to be refused. */
    Endpoint applied(Endpoint endpoint, @Nullable UnknownPrice own) {
        if (endpoint.price().isPresent()) {
            return endpoint;
        }
        return switch (own == null ? usual : own) {
            case REFUSE -> endpoint;
            case CEILING ->
                ceiling == null ? endpoint : endpoint.toBuilder().price(ceiling).build();
            case FREE -> endpoint.toBuilder().price(Price.FREE).build();
        };
    }

    List<Endpoint> applied(List<Endpoint> endpoints, @Nullable UnknownPrice own) {
        return endpoints.stream().map(endpoint -> applied(endpoint, own)).toList();
    }

    /** A sentence about those without a price, for the operator: how many, and what to do; empty if there are none. */
    static Optional<String> complaint(List<Endpoint> endpoints, String whatToDo) {
        long lacking = lacking(endpoints);
        return lacking == 0
                ? Optional.empty()
                : Optional.of(lacking + " of " + endpoints.size() + " models have no price and get no requests: "
                        + whatToDo + '.');
    }

    /** Whether there are models, and none has a price. */
    static boolean allLackOne(List<Endpoint> endpoints) {
        return !endpoints.isEmpty() && lacking(endpoints) == endpoints.size();
    }

    private static long lacking(List<Endpoint> endpoints) {
        return endpoints.stream().filter(endpoint -> endpoint.price().isEmpty()).count();
    }

    /** What the operator can do about models without a price of a provider that has a file. */
    String advice(List<Endpoint> endpoints, @Nullable UnknownPrice own) {
        if ((own == null ? usual : own) == UnknownPrice.CEILING) {
            return "unknown-price = ceiling needs " + PROMPT + " and " + COMPLETION + " in io.patchbay.catalog.cfg";
        }
        // A price for all models would take the place of those that are known.
        var setting = allLackOne(endpoints) ? "price-prompt and price-completion" : "price.author/name of each";
        return "set " + setting + ", or unknown-price = free, in its file";
    }
}
