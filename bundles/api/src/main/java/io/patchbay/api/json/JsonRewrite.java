package io.patchbay.api.json;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies a {@link JsonView} with some members set, removed or renamed; all others are copied as they were written, in
 * their place. New members come last. For one thread.
 */
public final class JsonRewrite {
    private final JsonView source;
    /** New value by member name; empty means removed. */
    private final Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();

    JsonRewrite(JsonView source) {
        this.source = source;
    }

    /** Sets a member to a text. */
    public JsonRewrite set(String name, String value) {
        return raw(name, JsonAppender.quote(value));
    }

    /** Sets a member to a whole number. */
    public JsonRewrite set(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /** Sets a member to a tree. */
    public JsonRewrite set(String name, JsonElement value) {
        return raw(name, value.toString());
    }

    /** Sets a member to JSON text, which is trusted. */
    public JsonRewrite raw(String name, String json) {
        return raw(name, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets a member to JSON text in UTF-8, which is trusted and not copied. */
    public JsonRewrite raw(String name, byte[] json) {
        changes.put(name, Optional.of(json));
        return this;
    }

    /** Leaves a member out. */
    public JsonRewrite remove(String name) {
        changes.put(name, Optional.empty());
        return this;
    }

    /** Gives a member another name; nothing happens if there is none. */
    public JsonRewrite rename(String from, String to) {
        int i = source.find(from);
        if (i < 0) {
            return this;
        }
        var value = new JsonAppender(64);
        source.copyValue(i, value);
        changes.put(from, Optional.empty());
        changes.put(to, Optional.of(value.toBytes()));
        return this;
    }

    /** The new object. */
    public byte[] toBytes() {
        return append().toBytes();
    }

    /** The new object, indexed. */
    public JsonView toView() {
        return JsonView.parse(toBytes());
    }

    private JsonAppender append() {
        var to = new JsonAppender(source.length() + 32 * changes.size() + 64);
        var pending = new LinkedHashMap<>(changes);
        char separator = '{';
        for (int i = 0; i < source.size(); i++) {
            var name = source.name(i);
            var change = pending.remove(name);
            if (change == null) {
                to.raw(separator == '{' ? "{" : ",");
                source.copyMember(i, to);
                separator = ',';
            } else if (change.isPresent()) {
                member(to, separator, name, change.get());
                separator = ',';
            }
        }
        for (var added : pending.entrySet()) {
            if (added.getValue().isPresent()) {
                member(to, separator, added.getKey(), added.getValue().get());
                separator = ',';
            }
        }
        return to.raw(separator == '{' ? "{}" : "}");
    }

    private static void member(JsonAppender to, char separator, String name, byte[] value) {
        to.raw(separator == '{' ? "{" : ",").string(name).raw(":").raw(value);
    }
}
