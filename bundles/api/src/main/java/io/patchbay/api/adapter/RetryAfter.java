package io.patchbay.api.adapter;

import io.patchbay.api.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider wants to be left alone. It says so in many ways: {@code Retry-After} (RFC 9110 §10.2.3) as seconds
 * or as a date, {@code retry-after-ms}, when a limit that is used up begins anew ({@code x-ratelimit-reset-*},
 * {@code anthropic-ratelimit-*-reset}), or in words.
 */
final class RetryAfter {
    /** Whoever asks for more is better asked again than believed. */
    private static final Duration MOST = Duration.ofHours(1);
    /** For a date where the answer does not say what time the provider thinks it is. */
    private static final Duration FOR_A_DATE = Duration.ofSeconds(1);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,15})?");
    private static final Pattern GO_DURATION =
            Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9})ms)?");
    private static final Pattern IN_TEXT = Pattern.compile(
            "(?:try again in|retry after|retry in) (\\d{1,6}(?:\\.\\d{1,9})?) ?(ms|s|m|sec|min)",
            Pattern.CASE_INSENSITIVE);
    /** Groq's "7m12s". */
    private static final Pattern GO_IN_TEXT = Pattern.compile(
            "(?:try again in|retry after|retry in) (\\d[\\d.]{0,16}[hm]\\d[\\d.hms]{0,24}s)", Pattern.CASE_INSENSITIVE);
    /** Of what there are limits; the last two are Cerebras'. */
    private static final List<String> LIMITED =
            List.of("requests", "tokens", "input-tokens", "output-tokens", "requests-day", "tokens-minute");

    private RetryAfter() {}

    /**
     * Reads it.
     *
     * @param headers of the answer
     * @param message of its body
     */
    static Optional<Duration> of(Headers headers, String message) {
        return milliseconds(headers)
                .or(() -> headers.first("Retry-After").flatMap(value -> wait(value.strip(), headers)))
                .or(() -> reset(headers))
                .or(() -> goInText(message, headers))
                .or(() -> inText(message))
                .map(wait -> wait.compareTo(MOST) > 0 ? MOST : wait);
    }

    /** Azure sends 0 here and means what it says in Retry-After. */
    private static Optional<Duration> milliseconds(Headers headers) {
        return headers.first("retry-after-ms")
                .map(String::strip)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(value -> Duration.ofMillis((long) Double.parseDouble(value)))
                .filter(wait -> !wait.isZero());
    }

    /** When the limits that are used up begin anew: of several, the latest. */
    private static Optional<Duration> reset(Headers headers) {
        Optional<Duration> longest = Optional.empty();
        for (var limited : LIMITED) {
            longest =
                    later(longest, reset(headers, "x-ratelimit-remaining-" + limited, "x-ratelimit-reset-" + limited));
            var anthropic = "anthropic-ratelimit-" + limited;
            longest = later(longest, reset(headers, anthropic + "-remaining", anthropic + "-reset"));
        }
        return longest.or(() -> headers.first("x-ratelimit-reset").flatMap(value -> wait(value.strip(), headers)));
    }

    private static Optional<Duration> reset(Headers headers, String remaining, String reset) {
        return headers.first(remaining)
                .filter(rest -> rest.strip().equals("0"))
                .flatMap(usedUp -> headers.first(reset))
                .flatMap(value -> wait(value.strip(), headers));
    }

    private static Optional<Duration> later(Optional<Duration> one, Optional<Duration> other) {
        return other.isPresent() && other.get().compareTo(one.orElse(Duration.ZERO)) > 0 ? other : one;
    }

    /** Seconds, a Go duration, a date in one of two forms, or seconds or milliseconds of Unix time. */
    private static Optional<Duration> wait(String value, Headers headers) {
        if (NUMBER.matcher(value).matches()) {
            double seconds = Double.parseDouble(value);
            if (seconds < 1e9) {
                return Optional.of(Duration.ofMillis((long) (seconds * 1000)));
            }
            return Optional.of(
                    until(Instant.ofEpochMilli((long) (seconds < 1e11 ? seconds * 1000 : seconds)), headers));
        }
        var go = GO_DURATION.matcher(value);
        if (!value.isEmpty() && go.matches()) {
            return Optional.of(Duration.ofHours(number(go.group(1)))
                    .plusMinutes(number(go.group(2)))
                    .plusMillis((long) (decimal(go.group(3)) * 1000))
                    .plusMillis(number(go.group(4))));
        }
        return date(value).map(date -> until(date, headers));
    }

    /** An adapter has no clock: the provider's own Date says what "now" was. */
    private static Duration until(Instant date, Headers headers) {
        var wait = headers.first("Date").flatMap(RetryAfter::date).map(now -> Duration.between(now, date));
        return wait.orElse(FOR_A_DATE).isNegative() ? Duration.ZERO : wait.orElse(FOR_A_DATE);
    }

    private static Optional<Instant> date(String value) {
        // The day of the week says nothing that the date does not, and some get it wrong.
        int comma = value.indexOf(',');
        try {
            return Optional.of(
                    comma >= 0
                            ? ZonedDateTime.parse(
                                            value.substring(comma + 1).strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant()
                            : Instant.parse(value));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> goInText(String message, Headers headers) {
        var found = GO_IN_TEXT.matcher(message);
        return found.find() ? wait(found.group(1), headers) : Optional.empty();
    }

    private static Optional<Duration> inText(String message) {
        var found = IN_TEXT.matcher(message);
        if (!found.find()) {
            return Optional.empty();
        }
        double unit = switch (found.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> 1;
            case "m", "min" -> 60_000;
            default -> 1000;
        };
        return Optional.of(Duration.ofMillis((long) (Double.parseDouble(found.group(1)) * unit)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static double decimal(@Nullable String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }
}
