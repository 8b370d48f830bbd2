package io.patchbay.adapter.bedrock;

import io.patchbay.api.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long to leave the provider alone. Bedrock itself seldom says so; what stands before it may. */
final class RetryAfter {
    /** Whoever asks for more is better asked again than believed. */
    private static final Duration MOST = Duration.ofHours(1);
    /** For a date where the answer does not say what time the provider thinks it is. */
    private static final Duration FOR_A_DATE = Duration.ofSeconds(1);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,15})?");

    private RetryAfter() {}

    static Optional<Duration> of(Headers headers) {
        return milliseconds(headers)
                .or(() -> headers.first("Retry-After").flatMap(value -> wait(value.strip(), headers)))
                .map(wait -> wait.compareTo(MOST) > 0 ? MOST : wait);
    }

    private static Optional<Duration> milliseconds(Headers headers) {
        return headers.first("retry-after-ms")
                .map(String::strip)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(value -> Duration.ofMillis((long) Double.parseDouble(value)))
                .filter(wait -> !wait.isZero());
    }

    private static Optional<Duration> wait(String value, Headers headers) {
        return NUMBER.matcher(value).matches()
                ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(value) * 1000)))
                : date(value).map(date -> until(date, headers));
    }

    /** An adapter has no clock: the provider's own Date says what "now" was. */
    private static Duration until(Instant date, Headers headers) {
        var wait = headers.first("Date")
                .flatMap(RetryAfter::date)
                .map(now -> Duration.between(now, date))
                .orElse(FOR_A_DATE);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
