package io.patchbay.plugin.parser;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Files that are text: prose, Markdown, JSON, CSV, code. */
final class PlainText {
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private PlainText() {}

    /** The text; empty if it is none. */
    static Optional<String> of(FileBytes file) {
        var unicode = decoded(file.bytes(), charset(file.bytes()));
        if (unicode.isPresent()) {
            return unicode.filter(PlainText::isReadable);
        }
        // Spreadsheets still write it.
        return file.mediaType().filter(type -> type.startsWith("text/")).isPresent()
                ? decoded(file.bytes(), WESTERN).filter(PlainText::isReadable)
                : Optional.empty();
    }

    private static Charset charset(byte[] bytes) {
        if (bytes.length < 2) {
            return StandardCharsets.UTF_8;
        }
        int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return first == 0xFEFF || first == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text);
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    private static boolean isReadable(String text) {
        return text.chars().noneMatch(PlainText::isControl);
    }

    /** What models are shown: without what nobody can read. */
    static String clean(String text) {
        if (isReadable(text)) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.chars().filter(one -> !isControl(one)).forEach(one -> clean.append((char) one));
        return clean.toString();
    }

    private static boolean isControl(int character) {
        return character < ' ' && character != '\n' && character != '\r' && character != '\t' && character != '\f'
                || character == 0x7F;
    }
}
