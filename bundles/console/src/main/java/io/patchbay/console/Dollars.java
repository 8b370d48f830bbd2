package io.patchbay.console;

import io.patchbay.api.ledger.Money;
import java.math.BigDecimal;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** Reads amounts of dollars. */
final class Dollars {
    private Dollars() {}

    /** An amount above zero. */
    static Money positive(String text) throws CommandException {
        var amount = parse(text, "above zero");
        if (!amount.isPositive()) {
            throw refusal(text, "above zero", null);
        }
        return amount;
    }

    /** An amount that is not below zero. */
    static Money atLeastZero(String text) throws CommandException {
        var amount = parse(text, "not below zero");
        if (amount.isNegative()) {
            throw refusal(text, "not below zero", null);
        }
        return amount;
    }

    private static Money parse(String text, String range) throws CommandException {
        try {
            return Money.ofDollars(new BigDecimal(text));
        } catch (ArithmeticException | NumberFormatException unreadable) {
            throw refusal(text, range, unreadable);
        }
    }

    private static CommandException refusal(String text, String range, @Nullable Exception cause) {
        var refusal = Part.refusal("\"" + text + "\" is no amount of dollars " + range + ", such as 25 or 0.50.");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
