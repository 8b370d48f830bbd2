package io.patchbay.access;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import io.patchbay.api.access.ApiKey;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Where keys were kept before there was a database: all in one JSON file, the oldest first. What can't be read in full
 * is refused, never taken for empty.
 */
final class KeyFile {
    private static final int VERSION = 1;
    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the keys; none if there is no file yet.
     *
     * @throws IllegalStateException if the file is broken
     */
    List<ApiKey> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try {
            return keys(GSON.fromJson(Files.readString(path), JsonObject.class));
        } catch (JsonParseException | CharacterCodingException broken) {
            throw broken("it is not JSON", broken);
        } catch (IllegalArgumentException | DateTimeException broken) {
            throw broken(String.valueOf(broken.getMessage()), broken);
        }
    }

    /** They are in the database now. The file is kept, under another name. */
    void retire() throws IOException {
        Files.move(path, path.resolveSibling(path.getFileName() + ".imported"), StandardCopyOption.ATOMIC_MOVE);
    }

    private IllegalStateException broken(String reason, Exception cause) {
        return new IllegalStateException(
                path + " is broken and left as it is: " + reason
                        + ". Restore it from a backup, or move it away to begin without keys.",
                cause);
    }

    private static List<ApiKey> keys(JsonObject root) {
        if (root == null) {
            throw new IllegalArgumentException("it is empty");
        }
        var version = root.get("version");
        if (version == null || !version.equals(new JsonPrimitive(VERSION))) {
            throw new IllegalArgumentException("its version is " + version + " instead of " + VERSION);
        }
        if (!(root.get("keys") instanceof JsonArray entries)) {
            throw new IllegalArgumentException("it has no list of keys");
        }
        var keys = new ArrayList<ApiKey>(entries.size());
        var ids = new HashSet<String>();
        for (var entry : entries) {
            var key = key(entry.getAsJsonObject());
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException("it holds " + key.label() + " twice");
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    private static ApiKey key(JsonObject entry) {
        return ApiKey.builder(KeyHash.parse(text(entry, "hash")).toString(), Instant.parse(text(entry, "created")))
                .label(text(entry, "label"))
                .name(text(entry, "name"))
                .purpose(ApiKey.Purpose.valueOf(text(entry, "purpose").toUpperCase(Locale.ROOT)))
                .build();
    }

    private static String text(JsonObject entry, String name) {
        var value = entry.get(name);
        if (value == null
                || !value.isJsonPrimitive()
                || !value.getAsJsonPrimitive().isString()) {
            throw new IllegalArgumentException("a key's " + name + " is missing");
        }
        return value.getAsString();
    }
}
