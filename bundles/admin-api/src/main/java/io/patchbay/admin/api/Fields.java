package io.patchbay.admin.api;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads fields of bodies and parameters of queries. What is there but wrong is refused by name; a field that is null
 * counts as not there.
 */
final class Fields {
    private Fields() {}

    static boolean isGiven(JsonView body, String name) {
        return body.kind(name).filter(kind -> kind != JsonKind.NULL).isPresent();
    }

    static boolean isNull(JsonView body, String name) {
        return body.kind(name).filter(kind -> kind == JsonKind.NULL).isPresent();
    }

    static Optional<String> text(JsonView body, String name) {
        if (!isGiven(body, name)) {
            return Optional.empty();
        }
        return Optional.of(body.string(name).orElseThrow(() -> wrong(name, "a string")));
    }

    static Optional<Boolean> flag(JsonView body, String name) {
        if (!isGiven(body, name)) {
            return Optional.empty();
        }
        if (body.kind(name).orElseThrow() != JsonKind.BOOLEAN) {
            throw wrong(name, "a boolean");
        }
        return Optional.of(body.isTrue(name));
    }

    /** An amount of dollars that is not below zero. */
    static Optional<Money> dollars(JsonView body, String name) {
        if (!isGiven(body, name)) {
            return Optional.empty();
        }
        var number = body.number(name).orElseThrow(() -> wrong(name, "a number of US dollars"));
        try {
            var amount = Money.ofDollars(number);
            if (!amount.isNegative()) {
                return Optional.of(amount);
            }
        } catch (ArithmeticException tooFineOrLarge) {
            throw withCause(wrong(name, "a number of US dollars with nine decimals at the most"), tooFineOrLarge);
        }
        throw wrong(name, "a number of US dollars that is not below zero");
    }

    /** A number that is not below zero. */
    static Optional<Long> count(JsonView body, String name) {
        if (!isGiven(body, name)) {
            return Optional.empty();
        }
        var count = body.integer(name);
        if (count.isEmpty() || count.getAsLong() < 0) {
            throw wrong(name, "a whole number that is not below zero");
        }
        return Optional.of(count.getAsLong());
    }

    static Optional<List<String>> texts(JsonView body, String name) {
        if (!isGiven(body, name)) {
            return Optional.empty();
        }
        boolean allStrings = body.kind(name).orElseThrow() == JsonKind.ARRAY
                && body.elementKinds(name).stream().allMatch(kind -> kind == JsonKind.STRING);
        if (!allStrings) {
            throw wrong(name, "an array of strings");
        }
        return Optional.of(body.strings(name));
    }

    /** A time in UTC. */
    static Optional<Instant> time(JsonView body, String name) {
        var text = text(body, name);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException unreadable) {
            throw withCause(wrong(name, "a time in UTC such as 2027-12-31T23:59:59Z"), unreadable);
        }
    }

    static Optional<LocalDate> day(HttpRequest request, String name) {
        try {
            return request.query(name).map(LocalDate::parse);
        } catch (DateTimeException unreadable) {
            throw withCause(wrong(name, "a day such as 2026-11-30"), unreadable);
        }
    }

    static OptionalInt number(HttpRequest request, String name, int most) {
        var text = request.query(name).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= 0 && number <= most) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException unreadable) {
            throw withCause(wrong(name, "a whole number from 0 to " + most), unreadable);
        }
        throw wrong(name, "a whole number from 0 to " + most);
    }

    static FailureException wrong(String name, String expected) {
        return Failure.invalid(name, "'" + name + "' must be " + expected + '.').toException();
    }

    private static FailureException withCause(FailureException failure, Exception cause) {
        failure.initCause(cause);
        return failure;
    }
}
