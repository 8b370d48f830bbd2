package io.patchbay.access;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.files.PrivateFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first keys: one for whoever has this machine, one that the operator brought along. */
final class Bootstrap {
    private static final Logger log = LoggerFactory.getLogger(Bootstrap.class);
    /** With fewer characters a secret can be guessed. */
    private static final int MIN_SECRET_LENGTH = 20;

    private final KeyRing keys;

    Bootstrap(KeyRing keys) {
        this.keys = keys;
    }

    /** Sees to it that the file holds the secret of an inference key. */
    void inferenceKeyIn(Path file) throws IOException {
        boolean there = secretIn(file)
                .flatMap(keys::find)
                .filter(key -> key.purpose() == ApiKey.Purpose.INFERENCE)
                .isPresent();
        if (there) {
            return;
        }
        var secret = keys.draw();
        var content = new JsonObject();
        content.addProperty("key", secret.reveal());
        // In this order a crash in between leaves a secret without a key, which the next start replaces.
        PrivateFile.write(file, (content.toString() + '\n').getBytes(StandardCharsets.UTF_8));
        keys.add(secret, Account.OPERATOR, key -> key.name("local"));
        log.info("The secret of \"local\" is in {}", file);
    }

    /** Sees to it that the operator's own secret is a management key. */
    void managementKey(Secret secret) {
        var known = keys.find(secret);
        if (known.isPresent()) {
            if (known.get().purpose() != ApiKey.Purpose.MANAGEMENT) {
                log.warn(
                        "The bootstrap key is the inference key {} already: it can't manage",
                        known.get().label());
            }
            return;
        }
        var text = secret.reveal();
        if (text.length() < MIN_SECRET_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            log.error(
                    "The bootstrap key is ignored: it needs {} characters at least, all of them printable ASCII",
                    MIN_SECRET_LENGTH);
        } else if (KeyFormat.isMistyped(text)) {
            log.error("The bootstrap key is ignored: it looks like one of ours, but its checksum is wrong");
        } else {
            keys.add(secret, Account.OPERATOR, key -> key.name("bootstrap").purpose(ApiKey.Purpose.MANAGEMENT));
        }
    }

    private static Optional<Secret> secretIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var content = JsonParser.parseString(Files.readString(file));
            if (content.isJsonObject() && content.getAsJsonObject().get("key") instanceof JsonPrimitive key) {
                return Optional.of(Secret.of(key.getAsString()));
            }
        } catch (JsonParseException | CharacterCodingException e) {
            log.debug("{} holds no JSON", file, e);
        }
        log.warn("{} holds no key and will be replaced", file);
        return Optional.empty();
    }
}
