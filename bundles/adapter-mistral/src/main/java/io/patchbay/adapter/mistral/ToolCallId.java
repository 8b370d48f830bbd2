package io.patchbay.adapter.mistral;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Mistral takes no tool call ids but those of nine letters and digits. A conversation that began at another provider has
 * others: each becomes, always, the same id of Mistral's form.
 */
final class ToolCallId {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private ToolCallId() {}

    static String of(String id) {
        if (FORM.matcher(id).matches()) {
            return id;
        }
        var hash = sha256(id);
        var own = new StringBuilder(9);
        for (int i = 0; i < 9; i++) {
            own.append(ALPHABET.charAt(Byte.toUnsignedInt(hash[i]) % ALPHABET.length()));
        }
        return own.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
