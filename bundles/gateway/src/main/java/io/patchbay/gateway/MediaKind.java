package io.patchbay.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What parts of messages hold beside text, and which media type that is by its first bytes, whatever its server calls it:
 * providers refuse pictures that are called what they are not. The patterns are those of WHATWG's MIME Sniffing standard,
 * section 6, and of the formats that it has none for.
 */
enum MediaKind {
    IMAGE("url", "no picture in a format that is known here (PNG, JPEG, GIF, WebP, BMP, TIFF, HEIC, AVIF)") {
        @Override
        Optional<String> mediaType(byte[] bytes, Optional<String> said) {
            return image(bytes);
        }
    },
    VIDEO("url", "no video") {
        @Override
        Optional<String> mediaType(byte[] bytes, Optional<String> said) {
            return video(bytes).or(() -> said.filter(type -> type.startsWith("video/")));
        }
    },
    FILE("file_data", "nothing") {
        @Override
        Optional<String> mediaType(byte[] bytes, Optional<String> said) {
            return startsWith(bytes, 0, "%PDF-")
                    ? Optional.of("application/pdf")
                    : image(bytes).or(() -> said).or(() -> Optional.of("application/octet-stream"));
        }
    };

    private final String member;
    private final String otherwise;

    MediaKind(String member, String otherwise) {
        this.member = member;
        this.otherwise = otherwise;
    }

    /** What a part of this type holds; empty if that is no content that an address may stand for. */
    static Optional<MediaKind> ofPart(String type) {
        return switch (type) {
            case "image_url" -> Optional.of(IMAGE);
            case "video_url", "input_video" -> Optional.of(VIDEO);
            case "file" -> Optional.of(FILE);
            default -> Optional.empty();
        };
    }

    /** The name of the member that holds the address. */
    String member() {
        return member;
    }

    /** What is there, if it is nothing of this kind. */
    String otherwise() {
        return otherwise;
    }

    /**
     * The media type of a content; empty if it is none of this kind.
     *
     * @param said by its server
     */
    abstract Optional<String> mediaType(byte[] bytes, Optional<String> said);

    private static Optional<String> image(byte[] bytes) {
        if (startsWith(bytes, 0, "\u0089PNG\r\n\u001A\n")) {
            return Optional.of("image/png");
        }
        if (startsWith(bytes, 0, "\u00FF\u00D8\u00FF")) {
            return Optional.of("image/jpeg");
        }
        if (startsWith(bytes, 0, "GIF87a") || startsWith(bytes, 0, "GIF89a")) {
            return Optional.of("image/gif");
        }
        if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBPVP")) {
            return Optional.of("image/webp");
        }
        if (startsWith(bytes, 0, "BM")) {
            return Optional.of("image/bmp");
        }
        if (startsWith(bytes, 0, "II*\u0000") || startsWith(bytes, 0, "MM\u0000*")) {
            return Optional.of("image/tiff");
        }
        return switch (brand(bytes)) {
            case "heic", "heix", "mif1", "heim", "heis" -> Optional.of("image/heic");
            case "avif", "avis" -> Optional.of("image/avif");
            default -> Optional.empty();
        };
    }

    private static Optional<String> video(byte[] bytes) {
        if (startsWith(bytes, 0, "\u001AE\u00DF\u00A3")) {
            return Optional.of("video/webm");
        }
        var brand = brand(bytes);
        if (brand.isEmpty() || image(bytes).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(brand.equals("qt  ") ? "video/quicktime" : "video/mp4");
    }

    /** The brand of a file of ISO's base media format; an empty text if it is none. */
    private static String brand(byte[] bytes) {
        return startsWith(bytes, 4, "ftyp") && bytes.length >= 12
                ? new String(bytes, 8, 4, StandardCharsets.ISO_8859_1)
                : "";
    }

    /** @param pattern one character for each byte */
    private static boolean startsWith(byte[] bytes, int at, String pattern) {
        if (bytes.length < at + pattern.length()) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            if ((bytes[at + i] & 0xFF) != pattern.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
