package io.patchbay.api.catalog;

import io.patchbay.api.failure.Failure;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a model: {@code author/name} with an optional {@code :variant}.
 *
 * @param author who made the model, {@code openai}
 * @param name the model's own name, which may hold further slashes
 * @param variant what follows the last colon, or the empty string
 */
public record ModelId(String author, String name, String variant) {
    private static final int MAX_LENGTH = 256;
    private static final Pattern FORM =
            Pattern.compile("(?<author>[\\w.~@-]+)/(?<name>[\\w.@/+-]+)(?::(?<variant>[\\w.-]+(?::[\\w.-]+)*))?");

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
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var variant = matcher.group("variant");
        return Optional.of(new ModelId(matcher.group("author"), matcher.group("name"), variant == null ? "" : variant));
    }

    /** The same model without its variant. */
    public ModelId withoutVariant() {
        return variant.isEmpty() ? this : new ModelId(author, name, "");
    }

    @Override
    public String toString() {
        return author + '/' + name + (variant.isEmpty() ? "" : ':' + variant);
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
