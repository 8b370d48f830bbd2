package io.patchbay.api.json;

import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Puts JSON together from pieces, most of them copied from a {@link JsonView}. It trusts its caller for the grammar.
 * For one thread.
 */
public final class JsonAppender {
    private static final byte[] COMMA = {','};

    private byte[] bytes;
    private int length;

    /** @param capacity expected size in bytes; it grows when that is not enough */
    public JsonAppender(int capacity) {
        bytes = new byte[Math.max(capacity, 64)];
    }

    /** Appends bytes that are JSON already. */
    public JsonAppender raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    /** Appends text that is JSON already. */
    public JsonAppender raw(String json) {
        return raw(json.getBytes(StandardCharsets.UTF_8));
    }

    JsonAppender raw(byte[] source, int from, int to) {
        int count = to - from;
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends a text as a JSON string. */
    public JsonAppender string(String text) {
        return raw(quote(text));
    }

    /** Appends {@code ,"name":value} for each member of the object, as written, but for the names given. */
    public JsonAppender membersExcept(JsonView object, Set<String> names) {
        for (int i = 0; i < object.size(); i++) {
            if (!names.contains(object.name(i))) {
                raw(COMMA, 0, 1);
                object.copyMember(i, this);
            }
        }
        return this;
    }

    /** Appends the value of a member as written; nothing if there is no such member. */
    public JsonAppender value(JsonView object, String name) {
        int i = object.find(name);
        if (i >= 0) {
            object.copyValue(i, this);
        }
        return this;
    }

    /** Appends an object as written. */
    public JsonAppender value(JsonView object) {
        object.copy(this);
        return this;
    }

    /** How many bytes there are by now. */
    public int length() {
        return length;
    }

    /** The bytes so far, copied. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The bytes so far, not copied: the appender must not be used any more. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /** The text as a JSON string with its quotes, safe inside HTML too. */
    public static String quote(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || c > 0x7E || c == '<' || c == '>' || c == '&') {
                return new JsonPrimitive(text).toString();
            }
        }
        return '"' + text + '"';
    }
}
