package io.patchbay.adapter.sandbox;

import com.google.gson.JsonObject;
import java.util.Optional;

/** Makes a text that a schema allows: by its pattern, by its format, or the name of the member it is for. */
final class StringInstance {
    /** Nobody reads more of a made-up text, and a stranger's schema may ask for any length. */
    private static final int MOST_LENGTH = 10_000;

    private StringInstance() {}

    static String of(JsonObject schema, SchemaInstance.Place place) {
        int least = Math.min(SchemaKeywords.count(schema, "minLength", 0), MOST_LENGTH);
        int most = SchemaKeywords.count(schema, "maxLength", MOST_LENGTH);
        return SchemaKeywords.text(schema, "pattern")
                .flatMap(pattern -> PatternText.of(pattern, least, place.variant()))
                .or(() -> SchemaKeywords.text(schema, "format").flatMap(format -> formatted(format, place.variant())))
                .orElseGet(() -> fitted(place, least, most));
    }

    private static Optional<String> formatted(String format, int variant) {
        int day = 10 + variant % 20;
        return switch (format) {
            case "date-time" -> Optional.of("2026-01-" + day + "T12:00:00Z");
            case "date" -> Optional.of("2026-01-" + day);
            case "time" -> Optional.of("12:00:" + day + 'Z');
            case "duration" -> Optional.of("PT" + (variant + 1) + 'H');
            case "email", "idn-email" -> Optional.of("user" + variant + "@example.com");
            case "hostname", "idn-hostname" -> Optional.of("host" + variant + ".example.com");
            case "ipv4" -> Optional.of("192.0.2." + variant % 256);
            case "ipv6" -> Optional.of("2001:db8::" + Integer.toHexString(variant % 65_536));
            case "uri", "iri", "uri-reference", "iri-reference", "uri-template" ->
                Optional.of("https://example.com/" + variant);
            case "uuid" ->
                Optional.of("00000000-0000-4000-8000-"
                        + String.valueOf(1_000_000_000_000L + variant).substring(1));
            case "json-pointer" -> Optional.of("/" + variant);
            case "relative-json-pointer" -> Optional.of(String.valueOf(variant));
            case "regex" -> Optional.of("^" + variant + '$');
            default -> Optional.empty();
        };
    }

    /** The end tells variants apart, so that is what remains when there is little room. */
    private static String fitted(SchemaInstance.Place place, int least, int most) {
        var text = place.variant() == 0 ? place.name() : place.name() + ' ' + (place.variant() + 1);
        var padded = "x".repeat(Math.max(0, least - text.codePointCount(0, text.length()))) + text;
        int length = padded.codePointCount(0, padded.length());
        return padded.substring(padded.offsetByCodePoints(0, Math.max(0, length - most)));
    }
}
