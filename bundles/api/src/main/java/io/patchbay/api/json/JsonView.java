package io.patchbay.api.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One JSON object as UTF-8 bytes, with an index of its members found in a single pass that also checks the whole
 * grammar. Reading a member costs what that member costs; what is never asked for is never decoded, and can be copied
 * on byte by byte. Immutable and safe to share between threads, provided nobody writes to the array it was given.
 *
 * <p>Stricter than RFC 8259 for safety: a member name must not occur twice in an object (two readers of one request
 * could disagree about its meaning); nesting ends at 100 levels, and a document at a million values.
 */
public final class JsonView {
    private static final int FIELDS = 4;
    private static final int NAME_START = 0;
    private static final int NAME_END = 1;
    private static final int VALUE_START = 2;
    private static final int VALUE_END = 3;
    private static final int[] NO_MEMBERS = {};

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final int[] index;
    private final int size;
    private final boolean anyNameEscaped;

    private JsonView(byte[] bytes, int start, int end, int[] index, int size, boolean anyNameEscaped) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.index = index;
        this.size = size;
        this.anyNameEscaped = anyNameEscaped;
    }

    /**
     * Indexes an object. White space and a byte order mark around it are tolerated.
     *
     * @throws MalformedJson if the bytes are anything but one JSON object
     */
    public static JsonView parse(byte[] utf8) {
        var scanner = JsonScanner.of(utf8, utf8.length);
        int from = scanner.whitespace(startsWithByteOrderMark(utf8) ? 3 : 0);
        if (from < utf8.length && utf8[from] != '{') {
            throw new MalformedJson("a JSON object expected", from);
        }
        var view = index(scanner, utf8, from);
        int rest = scanner.whitespace(view.end);
        if (rest != utf8.length) {
            throw new MalformedJson("unexpected content after the JSON object", rest);
        }
        return view;
    }

    /** Indexes an object given as text. */
    public static JsonView parse(String json) {
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The view of a tree, for those who build rather than copy. */
    public static JsonView of(JsonObject tree) {
        return parse(tree.toString());
    }

    private static boolean startsWithByteOrderMark(byte[] b) {
        return b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF;
    }

    private static JsonView index(JsonScanner scanner, byte[] bytes, int from) {
        int p = scanner.whitespace(scanner.expect(from, '{'));
        if (scanner.at(p) == '}') {
            return new JsonView(bytes, from, p + 1, NO_MEMBERS, 0, false);
        }
        var index = new int[12 * FIELDS];
        int size = 0;
        var names = scanner.names();
        Set<String> decoded = null;
        boolean anyEscaped = false;
        while (true) {
            if ((size + 1) * FIELDS > index.length) {
                index = Arrays.copyOf(index, index.length * 2);
            }
            int entry = size * FIELDS;
            int escapesBefore = scanner.escapes();
            index[entry + NAME_START] = p + 1;
            p = scanner.name(p);
            index[entry + NAME_END] = p - 1;
            boolean escaped = scanner.escapes() != escapesBefore;
            anyEscaped |= escaped;
            if (names != null) {
                decoded = names.add(0, decoded, index[entry + NAME_START], p - 1, escaped);
            }
            p = scanner.whitespace(scanner.expect(scanner.whitespace(p), ':'));
            index[entry + VALUE_START] = p;
            p = scanner.value(p, 2);
            index[entry + VALUE_END] = p;
            size++;
            p = scanner.whitespace(p);
            if (scanner.at(p) == '}') {
                return new JsonView(bytes, from, p + 1, index, size, anyEscaped);
            }
            p = scanner.whitespace(scanner.expect(p, ','));
        }
    }

    /** Names of the members, in order. */
    public List<String> names() {
        var names = new ArrayList<String>(size);
        for (int i = 0; i < size; i++) {
            names.add(name(i));
        }
        return names;
    }

    /** Whether there is such a member, be its value {@code null} or not. */
    public boolean has(String name) {
        return find(name) >= 0;
    }

    /** What kind of value the member has; empty if there is no such member. */
    public Optional<JsonKind> kind(String name) {
        int i = find(name);
        return i < 0 ? Optional.empty() : Optional.of(kind(i));
    }

    /** The member's text; empty if it is absent or not a string. */
    public Optional<String> string(String name) {
        int i = find(name);
        return i < 0 || kind(i) != JsonKind.STRING ? Optional.empty() : Optional.of(text(i));
    }

    /** The member's number if it is a whole one that fits into a {@code long}. */
    public OptionalLong integer(String name) {
        int i = find(name);
        if (i >= 0 && kind(i) == JsonKind.NUMBER && isShortInteger(valueStart(i), valueEnd(i))) {
            return OptionalLong.of(shortInteger(valueStart(i), valueEnd(i)));
        }
        var number = number(name);
        if (number.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(number.get().longValueExact());
        } catch (ArithmeticException notWholeOrTooLarge) {
            return OptionalLong.empty();
        }
    }

    /** Whether it is nothing but digits, and too few to overflow: as token counts are, of which every answer has many. */
    private boolean isShortInteger(int start, int end) {
        if (end - start > 18) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private long shortInteger(int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    /** The member's exact number; empty if it is absent, not a number or beyond 10^±999. */
    public Optional<BigDecimal> number(String name) {
        int i = find(name);
        if (i < 0 || kind(i) != JsonKind.NUMBER) {
            return Optional.empty();
        }
        int length = valueEnd(i) - valueStart(i);
        if (length > 64) {
            return Optional.empty();
        }
        try {
            var number = new BigDecimal(new String(bytes, valueStart(i), length, StandardCharsets.US_ASCII));
            return Math.abs(number.scale()) > 999 ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException exponentTooLarge) {
            return Optional.empty();
        }
    }

    /** Whether the member is there and {@code true}. */
    public boolean isTrue(String name) {
        int i = find(name);
        return i >= 0 && bytes[valueStart(i)] == 't';
    }

    /** The member as an object; empty if it is absent or anything else. */
    public Optional<JsonView> object(String name) {
        int i = find(name);
        return i < 0 || kind(i) != JsonKind.OBJECT
                ? Optional.empty()
                : Optional.of(index(JsonScanner.ofChecked(bytes, valueEnd(i)), bytes, valueStart(i)));
    }

    /** The objects in the member's array, in order; elements of other kinds are left out, and so is a missing member. */
    public List<JsonView> objects(String name) {
        int i = find(name);
        if (i < 0 || kind(i) != JsonKind.ARRAY) {
            return List.of();
        }
        var objects = new ArrayList<JsonView>(4);
        var scanner = JsonScanner.ofChecked(bytes, end);
        int p = scanner.whitespace(valueStart(i) + 1);
        while (scanner.at(p) != ']') {
            int after;
            if (scanner.at(p) == '{') {
                var object = index(scanner, bytes, p);
                objects.add(object);
                after = object.end;
            } else {
                after = scanner.value(p, 2);
            }
            p = scanner.whitespace(after);
            if (scanner.at(p) == ',') {
                p = scanner.whitespace(p + 1);
            }
        }
        return objects;
    }

    /** The strings in the member's array, in order; elements of other kinds are left out. */
    public List<String> strings(String name) {
        var strings = new ArrayList<String>();
        forEachElement(name, position -> {
            if (bytes[position] == '"') {
                strings.add(
                        decode(position + 1, JsonScanner.ofChecked(bytes, end).string(position) - 1));
            }
        });
        return strings;
    }

    /** The kinds of the elements of the member's array, in order; empty if it is no array. */
    public List<JsonKind> elementKinds(String name) {
        var kinds = new ArrayList<JsonKind>();
        forEachElement(name, position -> kinds.add(JsonKind.of(bytes[position])));
        return kinds;
    }

    private void forEachElement(String name, Consumer<Integer> positions) {
        int i = find(name);
        if (i < 0 || kind(i) != JsonKind.ARRAY) {
            return;
        }
        var scanner = JsonScanner.ofChecked(bytes, end);
        int p = scanner.whitespace(valueStart(i) + 1);
        while (scanner.at(p) != ']') {
            positions.accept(p);
            p = scanner.whitespace(scanner.value(p, 2));
            if (scanner.at(p) == ',') {
                p = scanner.whitespace(p + 1);
            }
        }
    }

    /** The member as a tree, built anew by each call. */
    public Optional<JsonElement> element(String name) {
        int i = find(name);
        return i < 0
                ? Optional.empty()
                : Optional.of(JsonParser.parseString(
                        new String(bytes, valueStart(i), valueEnd(i) - valueStart(i), StandardCharsets.UTF_8)));
    }

    /** Length in bytes of the member's value as written; 0 if absent. */
    public int length(String name) {
        int i = find(name);
        return i < 0 ? 0 : valueEnd(i) - valueStart(i);
    }

    /** Length in bytes of the whole object as written. */
    public int length() {
        return end - start;
    }

    /** The whole object as a tree, built anew by each call. */
    public JsonObject toTree() {
        return JsonParser.parseString(toString()).getAsJsonObject();
    }

    /** A copy of this object with some members replaced. */
    public JsonRewrite rewrite() {
        return new JsonRewrite(this);
    }

    /** The object's own bytes, copied. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** The JSON text. Holds what customers wrote: not for logs. */
    @Override
    public String toString() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    int size() {
        return size;
    }

    boolean isNamed(int i, String name) {
        int from = index[i * FIELDS + NAME_START];
        int length = index[i * FIELDS + NAME_END] - from;
        if (length != name.length()) {
            return anyNameEscaped && length > name.length() && name(i).equals(name);
        }
        for (int c = 0; c < length; c++) {
            if (bytes[from + c] != name.charAt(c)) {
                return false;
            }
        }
        return true;
    }

    String name(int i) {
        return decode(index[i * FIELDS + NAME_START], index[i * FIELDS + NAME_END]);
    }

    /** Appends {@code "name":value} as written. */
    void copyMember(int i, JsonAppender to) {
        to.raw(bytes, index[i * FIELDS + NAME_START] - 1, valueEnd(i));
    }

    /** Appends the object as written. */
    void copy(JsonAppender to) {
        to.raw(bytes, start, end);
    }

    /** Appends the value as written. */
    void copyValue(int i, JsonAppender to) {
        to.raw(bytes, valueStart(i), valueEnd(i));
    }

    int find(String name) {
        for (int i = 0; i < size; i++) {
            if (isNamed(i, name)) {
                return i;
            }
        }
        return -1;
    }

    private JsonKind kind(int i) {
        return JsonKind.of(bytes[valueStart(i)]);
    }

    private String text(int i) {
        return decode(valueStart(i) + 1, valueEnd(i) - 1);
    }

    private String decode(int from, int to) {
        return decode(bytes, from, to);
    }

    /** Decodes the inside of a string literal. */
    static String decode(byte[] bytes, int from, int to) {
        for (int p = from; p < to; p++) {
            if (bytes[p] == '\\') {
                return JsonParser.parseString('"' + new String(bytes, from, to - from, StandardCharsets.UTF_8) + '"')
                        .getAsString();
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private int valueStart(int i) {
        return index[i * FIELDS + VALUE_START];
    }

    private int valueEnd(int i) {
        return index[i * FIELDS + VALUE_END];
    }
}
