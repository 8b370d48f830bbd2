package io.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A certificate for localhost that nobody has signed, as files. */
final class TestCertificate {
    private static final char[] PASSWORD = "password".toCharArray();

    private TestCertificate() {}

    /** Writes a new one, with this name, in place of what is there. */
    static CertificateFiles write(Path folder, String name, String algorithm) throws Exception {
        var store = folder.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "one",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "password",
                "-keypass",
                "password");
        var made = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var said = made.getInputStream()) {
            var text = new String(said.readAllBytes(), StandardCharsets.US_ASCII);
            if (made.waitFor() != 0) {
                throw new IOException("keytool: " + text);
            }
        }
        return write(folder, store);
    }

    private static CertificateFiles write(Path folder, Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        var certificate = folder.resolve("fullchain.pem");
        var key = folder.resolve("privkey.pem");
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey("one", PASSWORD).getEncoded()));
        Files.writeString(
                certificate,
                "a comment\n" + pem("CERTIFICATE", keys.getCertificate("one").getEncoded()));
        return new CertificateFiles(certificate, key);
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }

    /** Trusts anybody. */
    static SSLContext trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        return context;
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
