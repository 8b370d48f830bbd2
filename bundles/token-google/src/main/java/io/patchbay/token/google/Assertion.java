package io.patchbay.token.google;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A service account's word that it is who it is: a JSON Web Token (RFC 7519), signed with RS256 (RFC 7518 §3.3), as
 * Google's "Using OAuth 2.0 for Server to Server Applications" wants it.
 */
final class Assertion {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    /** The longest that Google takes. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private Assertion() {}

    static String sign(JsonView account, String audience, Instant now) {
        var header = new JsonObject();
        header.addProperty("alg", "RS256");
        header.addProperty("typ", "JWT");
        account.string("private_key_id").ifPresent(id -> header.addProperty("kid", id));
        var claims = new JsonObject();
        claims.addProperty("iss", GoogleTokens.required(account, "client_email"));
        claims.addProperty("scope", SCOPE);
        claims.addProperty("aud", audience);
        claims.addProperty("iat", now.getEpochSecond());
        claims.addProperty("exp", now.plus(LIFETIME).getEpochSecond());
        var signed = encode(header) + '.' + encode(claims);
        return signed + '.' + signature(signed, key(GoogleTokens.required(account, "private_key")));
    }

    private static String encode(JsonObject part) {
        return BASE64URL.encodeToString(part.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String signed, PrivateKey key) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException unfit) {
            throw GoogleTokens.unusable("holds a private key that can't sign");
        }
    }

    /** Reads PKCS #8 in PEM (RFC 7468 §10). */
    private static PrivateKey key(String pem) {
        var base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            throw GoogleTokens.unusable("holds no readable private key");
        }
    }
}
