package io.patchbay.adapter.gemini;

import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an error of Google's says ({@code google.rpc.Status}); empty texts where it says nothing, or was not written by
 * Google.
 *
 * @param code the HTTP status; 500 if it says none
 * @param status Google's word for it
 * @param details such as how long to wait
 */
record ErrorBody(int code, String status, String message, List<JsonView> details) {
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");
    private static final Duration MOST = Duration.ofHours(1);
    private static final ErrorBody EMPTY = new ErrorBody(500, "", "", List.of());

    /** An error may stand in an array. */
    static ErrorBody of(byte[] body) {
        try {
            var text = new String(body, StandardCharsets.UTF_8).strip();
            if (!text.startsWith("[")) {
                return of(JsonView.parse(text));
            }
            return JsonView.parse("{\"all\":" + text + "}").objects("all").stream()
                    .findFirst()
                    .map(ErrorBody::of)
                    .orElse(EMPTY);
        } catch (MalformedJson e) {
            return EMPTY;
        }
    }

    static ErrorBody of(JsonView json) {
        var error = json.object("error").orElse(json);
        long code = error.integer("code").orElse(500);
        return new ErrorBody(
                code >= 400 && code < 600 ? (int) code : 500,
                error.string("status").orElse(""),
                error.string("message").or(() -> json.string("error")).orElse(""),
                error.objects("details"));
    }

    /** Google's word for what is behind it, such as {@code API_KEY_INVALID}, or the empty string. */
    String reason() {
        return details.stream()
                .map(detail -> detail.string("reason").orElse(""))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The most that one word tells. */
    String shownCode() {
        return reason().isEmpty() ? status : reason();
    }

    /** How long Google wants to be left alone. */
    Optional<Duration> retryDelay() {
        for (var detail : details) {
            var said = SECONDS.matcher(detail.string("retryDelay").orElse(""));
            if (said.matches()) {
                var wait = Duration.ofMillis(
                        new BigDecimal(said.group(1)).movePointRight(3).longValue());
                return Optional.of(wait.compareTo(MOST) > 0 ? MOST : wait);
            }
        }
        return Optional.empty();
    }

    /** Whether what is used up does not come back within minutes: a day's quota, or one that is nothing. */
    boolean isOutOfQuota() {
        return details.stream()
                .flatMap(detail -> detail.objects("violations").stream())
                .anyMatch(violation -> violation.string("quotaId").orElse("").contains("PerDay")
                        || violation.string("quotaValue").orElse("").equals("0"));
    }
}
