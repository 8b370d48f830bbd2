package io.patchbay.adapter.ollama;

import io.patchbay.api.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long the provider, or a proxy before it, wants to be left alone. */
final class RetryAfter {
    /** Whoever asks for more is better asked again than believed. */
    private static final Duration MOST = Duration.ofHours(1);
    /** For a date where the answer does not say what time the provider thinks it is. */
    private static final Duration FOR_A_DATE = Duration.ofSeconds(1);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,15})?");

    private RetryAfter() {}

    static Optional<Duration> of(Headers headers) {
        return number(headers, "retry-after-ms", 1)
                .filter(wait -> !wait.isZero())
                .or(() -> number(headers, "Retry-After", 1000))
                .or(() -> date(headers, "Retry-After").map(date -> until(date, headers)))
                .map(wait -> wait.compareTo(MOST) > 0 ? MOST : wait);
    }

    private static Optional<Duration> number(Headers headers, String name, int milliseconds) {
        return headers.first(name)
                .map(String::strip)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(value -> Duration.ofMillis((long) (Double.parseDouble(value) * milliseconds)));
    }

    /** An adapter has no clock: the provider's own Date says what "now" was. */
    private static Duration until(Instant date, Headers headers) {
        var wait = date(headers, "Date").map(now -> Duration.between(now, date)).orElse(FOR_A_DATE);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Optional<Instant> date(Headers headers, String name) {
        try {
            return headers.first(name)
                    .map(value -> ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
