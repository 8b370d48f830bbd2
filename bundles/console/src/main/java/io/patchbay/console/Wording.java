package io.patchbay.console;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.ledger.Budget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How values read in the console. */
final class Wording {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    /** More digits than any provider prints. */
    private static final int PRICE_DIGITS = 6;

    private Wording() {}

    /** {@code NO_CREDENTIAL} as "no credential". */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Dollars for a million prompt tokens and a million completion tokens: "0.15 / 0.6". */
    static String perMillion(Price price) {
        if (price.isFree()) {
            return "free";
        }
        var amounts = perMillion(price.prompt()) + " / " + perMillion(price.completion());
        return price.isCeiling() ? "at most " + amounts : amounts;
    }

    /** "85 ms", "1.2 s", "7 s", "3 min 5 s". */
    static String of(Duration time) {
        long millis = time.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000 && millis % 1_000 == 0) {
            return millis / 1_000 + " s";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    /** What an API key may not do: "$10 a month, until 2027-01-31, 60 requests a minute". */
    static String limits(ApiKey key) {
        var limits = new ArrayList<String>();
        key.budget().ifPresent(budget -> limits.add("$" + budget.limit() + perPeriod(budget.period())));
        key.budget().filter(Budget::countsOwnCost).ifPresent(all -> limits.add("own keys of providers included"));
        key.expires().ifPresent(end -> limits.add("until " + end));
        if (key.rateLimits().requests() > 0) {
            limits.add(counted(key.rateLimits().requests(), "request") + " a minute");
        }
        if (key.rateLimits().tokens() > 0) {
            limits.add(counted(key.rateLimits().tokens(), "token") + " a minute");
        }
        limits.addAll(ruleWords(key.permissions(), key.strategy()));
        return limits.isEmpty() ? "none" : String.join(", ", limits);
    }

    /** What may be used, and how requests are routed. */
    static String rules(Permissions permissions, Optional<String> strategy) {
        var words = ruleWords(permissions, strategy);
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static List<String> ruleWords(Permissions permissions, Optional<String> strategy) {
        var words = new ArrayList<String>();
        if (!permissions.models().isEmpty()) {
            words.add("models " + String.join(" ", permissions.models()));
        }
        if (!permissions.providers().isEmpty()) {
            words.add("providers " + String.join(" ", permissions.providers()));
        }
        if (!permissions.regions().isEmpty()) {
            words.add("regions " + String.join(" ", permissions.regions()));
        }
        if (!permissions.dataCollection()) {
            words.add("no data collection");
        }
        if (!permissions.dataRetention()) {
            words.add("no data retention");
        }
        strategy.ifPresent(name -> words.add("strategy " + harmless(name)));
        return words;
    }

    /** " a day"; nothing if it never begins anew. */
    static String perPeriod(Budget.Period period) {
        return switch (period) {
            case ALWAYS -> "";
            case DAY -> " a day";
            case WEEK -> " a week";
            case MONTH -> " a month";
        };
    }

    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Text from outside, without the control characters that could drive the operator's terminal. */
    static String harmless(String text) {
        boolean clean = text.chars().noneMatch(Wording::drivesTerminal);
        if (clean) {
            return text;
        }
        var cleaned = new StringBuilder(text.length());
        text.chars().forEach(c -> cleaned.append(drivesTerminal(c) ? '?' : (char) c));
        return cleaned.toString();
    }

    private static boolean drivesTerminal(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    private static String perMillion(BigDecimal perToken) {
        var rounded = perToken.multiply(MILLION).setScale(PRICE_DIGITS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
