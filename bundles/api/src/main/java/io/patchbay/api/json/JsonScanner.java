package io.patchbay.api.json;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks over UTF-8 JSON and checks its grammar (RFC 8259). Every method takes the position of the first byte of a
 * construct and returns the position after its last one.
 */
final class JsonScanner {
    /** Deep enough for any real request; shallow enough that recursion can't exhaust a thread's stack. */
    static final int MAX_DEPTH = 100;
    /** More than any real request has; what is built for each value stays bounded by it. */
    private static final int MAX_VALUES = 1_000_000;

    private final byte[] bytes;
    private final int end;
    /** Nothing where the names have been checked before. */
    private final @Nullable MemberNames names;

    private int escapes;
    private int values;

    private JsonScanner(byte[] bytes, int end, @Nullable MemberNames names) {
        this.bytes = bytes;
        this.end = end;
        this.names = names;
    }

    /** For bytes that nobody has looked at yet. */
    static JsonScanner of(byte[] bytes, int end) {
        return new JsonScanner(bytes, end, new MemberNames(bytes));
    }

    /** For bytes that a scanner has been over before. */
    static JsonScanner ofChecked(byte[] bytes, int end) {
        return new JsonScanner(bytes, end, null);
    }

    /** How many escapes it has come across so far. */
    int escapes() {
        return escapes;
    }

    /** The names of the objects it is inside of, if they are to be checked. */
    @Nullable
    MemberNames names() {
        return names;
    }

    int value(int position, int depth) {
        if (depth > MAX_DEPTH) {
            throw new MalformedJson("JSON nested deeper than " + MAX_DEPTH + " levels", position);
        }
        if (++values > MAX_VALUES) {
            throw new MalformedJson("more than " + MAX_VALUES + " values", position);
        }
        return switch (at(position)) {
            case '{' -> object(position, depth);
            case '[' -> array(position, depth);
            case '"' -> string(position);
            case 't' -> literal(position, "true");
            case 'f' -> literal(position, "false");
            case 'n' -> literal(position, "null");
            default -> number(position);
        };
    }

    int whitespace(int position) {
        int p = position;
        while (p < end) {
            var b = bytes[p];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                break;
            }
            p++;
        }
        return p;
    }

    byte at(int position) {
        if (position >= end) {
            throw new MalformedJson("JSON ends too early", end);
        }
        return bytes[position];
    }

    int expect(int position, char expected) {
        if (at(position) != expected) {
            throw new MalformedJson("'" + expected + "' expected", position);
        }
        return position + 1;
    }

    private int object(int position, int depth) {
        int p = whitespace(position + 1);
        if (at(p) == '}') {
            return p + 1;
        }
        int mark = names == null ? 0 : names.open();
        Set<String> decoded = null;
        while (true) {
            int start = p + 1;
            int before = escapes;
            p = name(p);
            if (names != null) {
                decoded = names.add(mark, decoded, start, p - 1, escapes != before);
            }
            p = whitespace(expect(whitespace(p), ':'));
            p = whitespace(value(p, depth + 1));
            if (at(p) == '}') {
                if (names != null) {
                    names.close(mark, decoded);
                }
                return p + 1;
            }
            p = whitespace(expect(p, ','));
        }
    }

    int name(int position) {
        if (at(position) != '"') {
            throw new MalformedJson("a member name in double quotes expected", position);
        }
        return string(position);
    }

    private int array(int position, int depth) {
        int p = whitespace(position + 1);
        if (at(p) == ']') {
            return p + 1;
        }
        while (true) {
            p = whitespace(value(p, depth + 1));
            if (at(p) == ']') {
                return p + 1;
            }
            p = whitespace(expect(p, ','));
        }
    }

    int string(int position) {
        int p = position + 1;
        while (p < end) {
            int b = bytes[p];
            if (b >= 0x20 && b != '"' && b != '\\') {
                p++;
            } else if (b == '"') {
                return p + 1;
            } else if (b == '\\') {
                p = escape(p);
            } else if (b < 0) {
                p = multiByte(p);
            } else {
                throw new MalformedJson("control character in a string", p);
            }
        }
        throw new MalformedJson("string without an end", position);
    }

    private int escape(int position) {
        escapes++;
        return switch (at(position + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> position + 2;
            case 'u' -> unicodeEscape(position);
            default -> throw new MalformedJson("unknown escape in a string", position);
        };
    }

    private int unicodeEscape(int position) {
        for (int p = position + 2; p < position + 6; p++) {
            if (Character.digit(at(p), 16) < 0) {
                throw new MalformedJson("four hexadecimal digits expected", p);
            }
        }
        return position + 6;
    }

    /** One UTF-8 sequence of 2 to 4 bytes (RFC 3629), refusing overlong forms and surrogates. */
    private int multiByte(int position) {
        int lead = bytes[position] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || position + length > end) {
            throw new MalformedJson("invalid UTF-8", position);
        }
        int second = bytes[position + 1] & 0xFF;
        boolean overlongOrSurrogate = lead == 0xE0 && second < 0xA0
                || lead == 0xED && second > 0x9F
                || lead == 0xF0 && second < 0x90
                || lead == 0xF4 && second > 0x8F;
        if (overlongOrSurrogate) {
            throw new MalformedJson("invalid UTF-8", position);
        }
        for (int p = position + 1; p < position + length; p++) {
            if ((bytes[p] & 0xC0) != 0x80) {
                throw new MalformedJson("invalid UTF-8", p);
            }
        }
        return position + length;
    }

    private int literal(int position, String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (at(position + i) != literal.charAt(i)) {
                throw new MalformedJson("a JSON value expected", position);
            }
        }
        return position + literal.length();
    }

    private int number(int position) {
        int p = at(position) == '-' ? position + 1 : position;
        if (p >= end || !isDigit(bytes[p])) {
            throw new MalformedJson("a JSON value expected", position);
        }
        p = bytes[p] == '0' ? p + 1 : digits(p);
        if (p < end && bytes[p] == '.') {
            p = digits(p + 1);
        }
        if (p < end && (bytes[p] == 'e' || bytes[p] == 'E')) {
            p++;
            if (p < end && (bytes[p] == '+' || bytes[p] == '-')) {
                p++;
            }
            p = digits(p);
        }
        return p;
    }

    private int digits(int position) {
        int p = position;
        while (p < end && isDigit(bytes[p])) {
            p++;
        }
        if (p == position) {
            throw new MalformedJson("a digit expected", position);
        }
        return p;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
