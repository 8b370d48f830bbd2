package io.patchbay.billing;

import io.patchbay.api.catalog.Endpoint;
import java.util.HashMap;
import java.util.Map;

/**
 * Which margin counts: the account's, else the model's, else the provider's, else the installation's.
 *
 * <p>Read from {@code margin = 10%}, {@code margin.account.acme = 5%}, {@code margin.model.openai/gpt-4o = 8%},
 * {@code margin.provider.groq = 12%}.
 */
final class Margins {
    private static final String KEY = "margin";

    private final Map<String, Margin> margins = new HashMap<>();

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException if a margin can't be read: to charge another one would be worse than none
     */
    Margins(Map<String, Object> configuration) {
        configuration.forEach((key, value) -> {
            if (key.equals(KEY) || key.startsWith(KEY + '.')) {
                margins.put(key, parse(key, value.toString()));
            }
        });
    }

    Margin of(String account, Endpoint endpoint) {
        var general = margins.getOrDefault(KEY, Margin.NONE);
        var ofProvider =
                margins.getOrDefault(KEY + ".provider." + endpoint.provider().name(), general);
        var ofModel = margins.getOrDefault(KEY + ".model." + endpoint.model(), ofProvider);
        return margins.getOrDefault(KEY + ".account." + account, ofModel);
    }

    private static Margin parse(String key, String text) {
        try {
            return Margin.parse(text.strip());
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(key + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
