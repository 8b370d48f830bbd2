package io.patchbay.api.catalog;

import io.patchbay.api.failure.Failure;
import java.util.Optional;

/**
 * The name of a model: {@code author/name} with an optional {@code :variant}.
 *
 * @param author who made the model, {@code openai}
 * @param name the model's own name, which may hold further slashes
 * @param variant what follows the last colon, or the empty string
 */
public record ModelId(String author, String name, String variant) {
    private static final int MAX_LENGTH = 256;
    /**
     * Reads a name.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if it is none
     */
    public static ModelId parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> Failure.invalid(
                                "model",
                                "'" + shorten(text) + "' is not a valid model ID. "
                                        + "A model is named author/name, see GET /api/v1/models.")
                        .toException());
    }

    /** Reads a name; empty if it is none. */
    public static Optional<ModelId> tryParse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        int colon = text.indexOf(':', slash + 1);
        int end = colon < 0 ? text.length() : colon;
        if (slash < 0
                || !consistsOf("_.~@-", text, 0, slash)
                || !consistsOf("_.@/+-", text, slash + 1, end)
                || (colon >= 0 && !isVariant(text, colon + 1))) {
            return Optional.empty();
        }
        var variant = colon < 0 ? "" : text.substring(colon + 1);
        return Optional.of(new ModelId(text.substring(0, slash), text.substring(slash + 1, end), variant));
    }

    /** Names, separated by colons. */
    private static boolean isVariant(String text, int start) {
        int colon = text.indexOf(':', start);
        if (colon < 0) {
            return consistsOf("_.-", text, start, text.length());
        }
        return consistsOf("_.-", text, start, colon) && isVariant(text, colon + 1);
    }

    /** Whether there is something, and nothing but letters and digits of ASCII and those marks. */
    private static boolean consistsOf(String marks, String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return start < end;
    }

    @Override
    public String toString() {
        return author + '/' + name + (variant.isEmpty() ? "" : ':' + variant);
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
