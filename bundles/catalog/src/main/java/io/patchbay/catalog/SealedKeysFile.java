package io.patchbay.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import io.patchbay.api.files.PrivateFile;
import io.patchbay.catalog.MasterKeys.Origin;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All sealed keys in one JSON file. What can't be read in full is refused, never taken for empty. */
final class SealedKeysFile {
    private static final int VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final Gson GSON = new GsonBuilder()
            .setStrictness(Strictness.STRICT)
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create();

    private final Path path;
    private final RandomGenerator random;

    SealedKeysFile(Path path, RandomGenerator random) {
        this.path = path;
        this.random = random;
    }

    /**
     * What the file holds.
     *
     * @param salt of the master key that is derived, in Base64
     * @param keys by the provider's name
     */
    record Content(String salt, Map<String, SealedKey> keys) {
        Content {
            keys = Map.copyOf(keys);
        }

        Content with(SealedKey key) {
            var all = new TreeMap<>(keys);
            all.put(key.provider(), key);
            return new Content(salt, all);
        }

        Content without(String provider) {
            var all = new TreeMap<>(keys);
            all.remove(provider);
            return new Content(salt, all);
        }
    }

    /**
     * Reads the file; no keys, and a fresh salt, if there is none yet.
     *
     * @throws IllegalStateException if the file is broken
     */
    Content read() throws IOException {
        if (!Files.exists(path)) {
            return new Content(newSalt(), Map.of());
        }
        try {
            return content(GSON.fromJson(Files.readString(path), JsonObject.class));
        } catch (JsonParseException | CharacterCodingException broken) {
            throw broken("it is not JSON", broken);
        } catch (IllegalArgumentException | IllegalStateException broken) {
            throw broken(String.valueOf(broken.getMessage()), broken);
        }
    }

    /** A salt that was never used. */
    String newSalt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Base64.getEncoder().encodeToString(salt);
    }

    /** Writes the file; it is on the disk when it returns. */
    void write(Content content) throws IOException {
        var entries = new JsonArray();
        new TreeMap<>(content.keys()).values().forEach(key -> entries.add(entry(key)));
        var root = new JsonObject();
        root.addProperty("version", VERSION);
        root.addProperty("salt", content.salt());
        root.add("keys", entries);
        PrivateFile.write(path, (GSON.toJson(root) + '\n').getBytes(UTF_8));
    }

    private IllegalStateException broken(String reason, Exception cause) {
        return new IllegalStateException(
                path.getFileName() + " is broken and left as it is: " + reason
                        + ". Restore it from a backup, or move it away to begin without stored keys.",
                cause);
    }

    private static Content content(@Nullable JsonObject root) {
        if (root == null) {
            throw new IllegalArgumentException("it is empty");
        }
        var version = root.get("version");
        if (!new JsonPrimitive(VERSION).equals(version)) {
            throw new IllegalArgumentException("its version is " + version + " instead of " + VERSION);
        }
        if (!(root.get("keys") instanceof JsonArray entries)) {
            throw new IllegalArgumentException("it has no list of keys");
        }
        var keys = new TreeMap<String, SealedKey>();
        for (var entry : entries) {
            var key = key(entry);
            if (keys.put(key.provider(), key) != null) {
                throw new IllegalArgumentException("it holds the key of " + key.provider() + " twice");
            }
        }
        var salt = text(root, "salt");
        if (Base64.getDecoder().decode(salt).length < SALT_BYTES) {
            throw new IllegalArgumentException("its salt is too short");
        }
        return new Content(salt, keys);
    }

    private static JsonObject entry(SealedKey key) {
        var entry = new JsonObject();
        entry.addProperty("provider", key.provider());
        entry.addProperty("master", key.origin().name().toLowerCase(Locale.ROOT));
        entry.addProperty("nonce", key.nonce());
        entry.addProperty("key", key.text());
        return entry;
    }

    private static SealedKey key(JsonElement entry) {
        var object = entry.getAsJsonObject();
        return new SealedKey(
                text(object, "provider"),
                Origin.valueOf(text(object, "master").toUpperCase(Locale.ROOT)),
                text(object, "nonce"),
                text(object, "key"));
    }

    private static String text(JsonObject object, String name) {
        if (object.get(name) instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw new IllegalArgumentException("a " + name + " is missing");
    }
}
