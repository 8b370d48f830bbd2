package io.patchbay.api.dialect;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** What a field of a request may hold. A {@code null} always passes: it means absent. */
@ConsumerType
public interface FieldRule {
    /**
     * Checks a field that the request has.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that names the field
     */
    void check(JsonView request, String field);

    /** One of some kinds of JSON values. */
    static FieldRule kind(JsonKind first, JsonKind... others) {
        Set<JsonKind> allowed = EnumSet.of(first, others);
        var described = allowed.stream().map(JsonKind::described).toList();
        return (request, field) -> {
            var kind = request.kind(field).orElse(JsonKind.NULL);
            if (kind != JsonKind.NULL && !allowed.contains(kind)) {
                throw wrong(field, "must be " + String.join(" or ", described) + ", not " + kind.described());
            }
        };
    }

    /** A text, no longer than so many characters. */
    static FieldRule text(int longest) {
        var string = kind(JsonKind.STRING);
        return (request, field) -> {
            string.check(request, field);
            if (request.string(field).orElse("").length() > longest) {
                throw wrong(field, "must not be longer than " + longest + " characters");
            }
        };
    }

    /** One of some words. */
    static FieldRule oneOf(String... words) {
        var allowed = Set.of(words);
        var string = kind(JsonKind.STRING);
        return (request, field) -> {
            string.check(request, field);
            var word = request.string(field);
            if (word.isPresent() && !allowed.contains(word.get())) {
                throw wrong(field, "must be one of " + String.join(", ", words));
            }
        };
    }

    /** A number between two others, both allowed. */
    static FieldRule number(double least, double most) {
        var number = kind(JsonKind.NUMBER);
        return (request, field) -> {
            number.check(request, field);
            if (isAbsent(request, field)) {
                return;
            }
            var value = request.number(field);
            boolean inside = value.isPresent()
                    && value.get().compareTo(BigDecimal.valueOf(least)) >= 0
                    && value.get().compareTo(BigDecimal.valueOf(most)) <= 0;
            if (!inside) {
                throw wrong(field, "must be between " + plain(least) + " and " + plain(most));
            }
        };
    }

    /** A whole number, at least so much. */
    static FieldRule integer(long least) {
        return integer(least, Long.MAX_VALUE);
    }

    /** A whole number between two others, both allowed. */
    static FieldRule integer(long least, long most) {
        var number = kind(JsonKind.NUMBER);
        return (request, field) -> {
            number.check(request, field);
            if (isAbsent(request, field)) {
                return;
            }
            var value = request.integer(field);
            if (value.isEmpty()) {
                throw wrong(field, "must be a whole number");
            }
            if (value.getAsLong() < least || value.getAsLong() > most) {
                throw wrong(
                        field,
                        most == Long.MAX_VALUE
                                ? "must be at least " + least
                                : "must be between " + least + " and " + most);
            }
        };
    }

    /** An array whose elements are of one kind. */
    static FieldRule arrayOf(JsonKind element, int most) {
        var array = kind(JsonKind.ARRAY);
        return (request, field) -> {
            array.check(request, field);
            var kinds = request.elementKinds(field);
            if (kinds.size() > most) {
                throw wrong(field, "must not have more than " + most + " elements");
            }
            int i = 0;
            for (var kind : kinds) {
                if (kind != element) {
                    throw wrong(field + '[' + i + ']', "must be " + element.described() + ", not " + kind.described());
                }
                i++;
            }
        };
    }

    /** An object, with rules for some of its members. */
    static FieldRule object(Map<String, FieldRule> members) {
        var object = kind(JsonKind.OBJECT);
        return (request, field) -> {
            object.check(request, field);
            request.object(field).ifPresent(inner -> members.forEach((name, rule) -> check(inner, name, rule, field)));
        };
    }

    private static void check(JsonView inner, String name, FieldRule rule, String field) {
        if (!inner.has(name)) {
            return;
        }
        try {
            rule.check(inner, name);
        } catch (FailureException wrong) {
            // The rule knows nothing of the object around it.
            var place = field + '.' + name;
            throw Failure.invalid(place, wrong.failure().message().replace("'" + name + "'", "'" + place + "'"))
                    .toException();
        }
    }

    /** A text or an array of texts. */
    static FieldRule textOrTexts(int most) {
        var either = kind(JsonKind.STRING, JsonKind.ARRAY);
        var array = arrayOf(JsonKind.STRING, most);
        return (request, field) -> {
            either.check(request, field);
            if (request.kind(field).orElse(JsonKind.NULL) == JsonKind.ARRAY) {
                array.check(request, field);
            }
        };
    }

    private static boolean isAbsent(JsonView request, String field) {
        return request.kind(field).orElse(JsonKind.NULL) == JsonKind.NULL;
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    /** An error about one field. */
    static RuntimeException wrong(String field, String rule) {
        return Failure.invalid(field, "'" + field + "' " + rule + '.').toException();
    }
}
