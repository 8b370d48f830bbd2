package io.patchbay.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A certificate and its key, as certbot and its like write them: PEM (RFC 7468), the certificate first of its chain, the key
 * in PKCS #8 without a password.
 *
 * @param certificate the chain
 * @param key of the first certificate
 */
record CertificateFiles(Path certificate, Path key) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] ANYTHING = {1, 2, 3};
    private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519");

    /** When they were changed; another value once they have been. */
    long changed() throws IOException {
        return Files.getLastModifiedTime(certificate).toMillis() * 31
                + Files.getLastModifiedTime(key).toMillis();
    }

    /**
     * Reads them.
     *
     * @param password protects the key in memory
     * @throws IOException what is wrong with them, for people
     */
    KeyStore read(char[] password) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var chain = chain();
            var own = privateKey();
            requireMatch(own, chain[0]);
            store.setKeyEntry("patchbay", own, password, chain);
            return store;
        } catch (GeneralSecurityException unusable) {
            throw new IOException(certificate + " and " + key + ": " + unusable.getMessage(), unusable);
        }
    }

    /** While they are renewed, one of the files may be newer than the other. */
    private void requireMatch(PrivateKey own, Certificate shown) throws IOException, GeneralSecurityException {
        var signature = Signature.getInstance(
                switch (own.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> own.getAlgorithm();
                });
        signature.initSign(own);
        signature.update(ANYTHING);
        var signed = signature.sign();
        signature.initVerify(shown);
        signature.update(ANYTHING);
        if (!signature.verify(signed)) {
            throw new IOException(key + " is not the key of the certificate in " + certificate);
        }
    }

    private Certificate[] chain() throws IOException, GeneralSecurityException {
        var bytes = Files.readAllBytes(certificate);
        var chain = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        if (chain.isEmpty()) {
            throw new IOException(certificate + " holds no certificate in PEM");
        }
        return chain.toArray(Certificate[]::new);
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        var pem = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException(
                    key + " holds no key in PKCS #8 without a password; 'openssl pkcs8 -topk8 -nocrypt' makes one");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (var kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException another) {
                // The next one, then.
            }
        }
        throw new IOException(key + " is no key of " + String.join(", ", KINDS));
    }
}
