package io.patchbay.console;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.RateLimits;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;

/** A command that says what an API key may do. What it is not told stays as it is. */
abstract class KeySettings extends RuleSettings {
    @Option(name = "--limit", description = "US dollars that may be spent with it, or none: all that the account has.")
    String limit = UNSAID;

    @Option(
            name = "--reset",
            description = "When the limit begins anew, at midnight UTC: daily, weekly (on Mondays), monthly or never.")
    String reset = UNSAID;

    @Option(
            name = "--include-byok",
            description = "Whether what is paid to providers directly counts for the limit: yes or no.")
    String includeByok = UNSAID;

    @Option(name = "--expires", description = "When it ends: 2027-01-31, 2027-01-31T12:00:00Z, or never.")
    String expires = UNSAID;

    @Option(name = "--rpm", description = "Requests per minute, or none.")
    String requests = UNSAID;

    @Option(name = "--tpm", description = "Tokens per minute, of prompts and answers together, or none.")
    String tokens = UNSAID;

    /** What is to become of a key, once everything has been read. */
    final Change change() throws CommandException {
        var money = limit.isEmpty() || limit.equals(NONE)
                ? Optional.<Money>empty()
                : Optional.of(Dollars.atLeastZero(limit));
        var period = period();
        var countsOwn = yesOrNo("--include-byok", includeByok);
        var end = end();
        var permissions = permissionsChange();
        var perMinute = count("--rpm", requests);
        var tokensPerMinute = count("--tpm", tokens);
        return (key, builder) -> {
            if (limit.equals(NONE)) {
                builder.unlimited();
            } else if (money.isPresent() || period.isPresent()) {
                var most = money.or(() -> key.budget().map(Budget::limit));
                var renewed = period.or(() -> key.budget().map(Budget::period)).orElse(Budget.Period.ALWAYS);
                most.ifPresent(dollars -> builder.limit(dollars, renewed));
            }
            countsOwn.ifPresent(builder::countsOwnCredentials);
            if (expires.equals("never")) {
                builder.neverExpires();
            }
            end.ifPresent(builder::expires);
            builder.permissions(permissions.apply(key.permissions()));
            builder.strategy(strategyAfter(key.strategy()));
            builder.rateLimits(new RateLimits(
                    perMinute.orElse(key.rateLimits().requests()),
                    tokensPerMinute.orElse(key.rateLimits().tokens())));
            return builder;
        };
    }

    private static Optional<Boolean> yesOrNo(String option, String text) throws CommandException {
        return switch (text) {
            case UNSAID -> Optional.empty();
            case "yes" -> Optional.of(true);
            case "no" -> Optional.of(false);
            default -> throw Part.refusal(option + " is yes or no, not \"" + text + "\".");
        };
    }

    private Optional<Budget.Period> period() throws CommandException {
        return switch (reset) {
            case UNSAID -> Optional.empty();
            case "daily" -> Optional.of(Budget.Period.DAY);
            case "weekly" -> Optional.of(Budget.Period.WEEK);
            case "monthly" -> Optional.of(Budget.Period.MONTH);
            case "never" -> Optional.of(Budget.Period.ALWAYS);
            default -> throw Part.refusal("--reset is daily, weekly, monthly or never, not \"" + reset + "\".");
        };
    }

    private Optional<Instant> end() throws CommandException {
        if (expires.isEmpty() || expires.equals("never")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    expires.indexOf('T') < 0
                            ? LocalDate.parse(expires).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : Instant.parse(expires));
        } catch (DateTimeException unreadable) {
            var refusal = Part.refusal("\"" + expires + "\" is no time, such as 2027-01-31 or 2027-01-31T12:00:00Z.");
            refusal.initCause(unreadable);
            throw refusal;
        }
    }

    private static Optional<Long> count(String option, String text) throws CommandException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.equals(NONE)) {
            return Optional.of(0L);
        }
        try {
            long count = Long.parseLong(text);
            if (count > 0) {
                return Optional.of(count);
            }
        } catch (NumberFormatException unreadable) {
            var refusal = noCount(option, text);
            refusal.initCause(unreadable);
            throw refusal;
        }
        throw noCount(option, text);
    }

    private static CommandException noCount(String option, String text) {
        return Part.refusal(option + " is a number above zero, or none; not \"" + text + "\".");
    }

    /** Changes a key. */
    interface Change {
        /**
         * Makes the change.
         *
         * @param key as it was
         * @param builder of what it becomes
         */
        ApiKey.Builder apply(ApiKey key, ApiKey.Builder builder);
    }
}
