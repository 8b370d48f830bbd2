package io.patchbay.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.api.catalog.Secret;
import io.patchbay.catalog.MasterKeys.Origin;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A provider's key, encrypted by AES-256 in Galois/Counter Mode. It is bound to the provider's name: under another one it
 * can't be opened, so nobody who can write the file can have a key sent elsewhere.
 *
 * @param provider whose it is
 * @param origin of the master key it was sealed with
 * @param nonce 96 random bits, in Base64; each is used once
 * @param text the encrypted key and its tag of 128 bits, in Base64
 */
record SealedKey(String provider, Origin origin, String nonce, String text) {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CONTEXT = "Patchbay, key of a provider: ";

    static SealedKey seal(String provider, Secret key, Origin origin, SecretKey master, RandomGenerator random) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var plain = key.reveal().getBytes(US_ASCII);
        try {
            var text = cipher(Cipher.ENCRYPT_MODE, master, nonce, provider).doFinal(plain);
            var base64 = Base64.getEncoder();
            return new SealedKey(provider, origin, base64.encodeToString(nonce), base64.encodeToString(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java can't encrypt with AES-256-GCM", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * The key itself.
     *
     * @throws IllegalStateException if the master key is not the one it was sealed with, or it was tampered with
     */
    Secret open(SecretKey master) {
        var base64 = Base64.getDecoder();
        try {
            var plain = cipher(Cipher.DECRYPT_MODE, master, base64.decode(nonce), provider)
                    .doFinal(base64.decode(text));
            try {
                return Secret.of(new String(plain, US_ASCII));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (AEADBadTagException another) {
            throw new IllegalStateException(
                    switch (origin) {
                        case ENVIRONMENT -> "it was encrypted with another value of " + MasterKeys.VARIABLE;
                        case FILE -> "it was encrypted with another master key than the one that is there now";
                    },
                    another);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("it is damaged", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey master, byte[] nonce, String provider)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, master, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((CONTEXT + provider).getBytes(UTF_8));
        return cipher;
    }
}
