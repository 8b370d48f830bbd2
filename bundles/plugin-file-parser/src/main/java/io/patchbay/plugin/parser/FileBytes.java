package io.patchbay.plugin.parser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What is in a file. */
final class FileBytes {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";
    /** A PDF begins with it, after a little of anything. */
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private static final int BEFORE_PDF = 1_024;

    private final byte[] bytes;
    private final Optional<String> mediaType;

    /** @param mediaType what somebody says that it is: {@code application/pdf} */
    FileBytes(byte[] bytes, Optional<String> mediaType) {
        this.bytes = bytes;
        this.mediaType = mediaType;
    }

    byte[] bytes() {
        return bytes;
    }

    Optional<String> mediaType() {
        return mediaType;
    }

    /**
     * What a client has sent: a {@code data:} URL, or base64 and nothing else.
     *
     * @throws io.patchbay.api.failure.FailureException if it is neither, or too large
     */
    static FileBytes sent(FilePart part, String data, int mostBytes) {
        var mediaType = Optional.<String>empty();
        int start = 0;
        if (data.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            int comma = data.indexOf(',');
            var head = comma < 0 ? "" : data.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
            if (!head.endsWith(BASE64)) {
                throw part.wrong("has to be a data: URL in base64, base64 alone, or the http(s): address of a file");
            }
            mediaType = Optional.of(head.split(";", 2)[0].strip()).filter(type -> !type.isEmpty());
            start = comma + 1;
        }
        if ((data.length() - start) / 4L * 3 > mostBytes + 2L) {
            throw part.tooLarge(mostBytes);
        }
        try {
            return new FileBytes(
                    Base64.getDecoder().decode(data.substring(start).strip()), mediaType);
        } catch (IllegalArgumentException broken) {
            throw part.wrong("is not valid base64");
        }
    }

    boolean isPdf() {
        for (int i = 0; i <= Math.min(bytes.length - PDF.length, BEFORE_PDF); i++) {
            int k = 0;
            while (k < PDF.length && bytes[i + k] == PDF[k]) {
                k++;
            }
            if (k == PDF.length) {
                return true;
            }
        }
        return false;
    }

    String hash() {
        return hash(bytes);
    }

    /** SHA-256, in hexadecimal digits. */
    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
