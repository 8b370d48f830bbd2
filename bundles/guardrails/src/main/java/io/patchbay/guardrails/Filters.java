package io.patchbay.guardrails;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.guardrails.ContentFilter;
import io.patchbay.api.patterns.PatternSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Content filters, ready to look at texts. Of what is found where two look for the same, the graver action counts: block,
 * redact, flag. RE2 needs time in proportion to the text, whatever the pattern: nobody's pattern holds up anybody else.
 * Immutable.
 */
final class Filters {
    /** Nothing is looked for. */
    static final Filters NONE = new Filters(List.of());

    private static final int LONGEST_PATTERN = 100_000;
    /** Instructions, about: what repeats repetitions is short, and could take all the memory there is. */
    private static final long LARGEST_PATTERN = 200_000;

    private static final String REDACTED = "[REDACTED]";

    private final List<Filter> filters;

    private Filters(List<Filter> filters) {
        this.filters = filters;
    }

    private record Filter(Pattern pattern, Predicate<String> isMeant, ContentFilter said, String label) {}

    /**
     * A place where something was found.
     *
     * @param end the index behind it
     * @param label stands for it
     */
    record Found(int start, int end, ContentFilter said, String label) {}

    /** @throws FailureException INVALID_REQUEST that names the pattern that is none */
    static Filters of(List<ContentFilter> said) {
        var filters = new ArrayList<Filter>();
        for (int i = 0; i < said.size(); i++) {
            filters.add(filter(said.get(i), i));
        }
        return filters.isEmpty() ? NONE : new Filters(List.copyOf(filters));
    }

    private static Filter filter(ContentFilter said, int i) {
        if (said.isBuiltin()) {
            return Builtins.named(said.pattern())
                    .map(builtin -> new Filter(builtin.pattern(), builtin.isMeant(), said, builtin.label()))
                    .orElseThrow(() -> Failure.invalid(
                                    "content_filter_builtins",
                                    "There is no builtin filter '" + said.pattern() + "' here. There are "
                                            + Builtins.names() + '.')
                            .toException());
        }
        try {
            if (said.pattern().isEmpty() || said.pattern().length() > LONGEST_PATTERN) {
                throw invalid(i, "it must have 1 to " + LONGEST_PATTERN + " characters");
            }
            if (PatternSize.of(said.pattern()) > LARGEST_PATTERN) {
                throw invalid(i, "it repeats too much");
            }
            return new Filter(
                    Pattern.compile(said.pattern()),
                    found -> true,
                    said,
                    said.label().isEmpty() ? REDACTED : said.label());
        } catch (PatternSyntaxException wrong) {
            throw invalid(i, wrong.getDescription());
        }
    }

    private static FailureException invalid(int i, String why) {
        return Failure.builder(
                        FailureKind.INVALID_REQUEST,
                        "invalid_regex_pattern: the pattern is not a regular expression of RE2's language: " + why
                                + '.')
                .field("content_filters[" + i + "].pattern")
                .build()
                .toException();
    }

    /** Those of both. */
    Filters and(Filters others) {
        if (filters.isEmpty() || others.filters.isEmpty()) {
            return filters.isEmpty() ? others : this;
        }
        var all = new ArrayList<>(filters);
        all.addAll(others.filters);
        return new Filters(List.copyOf(all));
    }

    /** Those that look at prompts. */
    Filters ofInput() {
        return new Filters(filters.stream()
                .filter(filter -> filter.said().side().isInput())
                .toList());
    }

    /** Those that look at answers. */
    Filters ofOutput() {
        return new Filters(filters.stream()
                .filter(filter -> filter.said().side().isOutput())
                .toList());
    }

    boolean isEmpty() {
        return filters.isEmpty();
    }

    /** The first place where something is found at or after an index; of several there, the gravest, then the longest. */
    Optional<Found> next(String text, int from) {
        @Nullable Found first = null;
        for (var filter : filters) {
            var found = next(filter, text, from);
            if (found.isPresent() && (first == null || isBefore(found.get(), first))) {
                first = found.get();
            }
        }
        return Optional.ofNullable(first);
    }

    private static boolean isBefore(Found one, Found other) {
        if (one.start() != other.start()) {
            return one.start() < other.start();
        }
        int graver = one.said().action().compareTo(other.said().action());
        return graver != 0 ? graver > 0 : one.end() > other.end();
    }

    private static Optional<Found> next(Filter filter, String text, int from) {
        var matcher = filter.pattern().matcher(text);
        int at = from;
        while (at <= text.length() && matcher.find(at)) {
            if (matcher.end() > matcher.start() && filter.isMeant().test(matcher.group())) {
                return Optional.of(new Found(matcher.start(), matcher.end(), filter.said(), filter.label()));
            }
            at = Math.max(matcher.end(), at + 1);
        }
        return Optional.empty();
    }
}
