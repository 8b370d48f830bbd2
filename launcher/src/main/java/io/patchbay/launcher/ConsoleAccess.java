package io.patchbay.launcher;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** The owner's way into the console of a running instance: a free port on loopback and a key made at the first start. */
final class ConsoleAccess {

    /** Large enough for years, and made in a fraction of a second. */
    private static final int KEY_BITS = 2048;

    private final Path privateKey;
    private final Path acceptedKeys;

    private ConsoleAccess(Path etc) {
        privateKey = etc.resolve("console.key");
        acceptedKeys = etc.resolve("keys.properties");
    }

    static ConsoleAccess in(Path home) {
        return new ConsoleAccess(home.resolve("etc"));
    }

    /** Makes the key where there is none, and prints a port that is free now. */
    void prepare(PrintStream out) throws IOException, GeneralSecurityException {
        if (Files.notExists(privateKey)) {
            makeKey();
        }
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            out.println(probe.getLocalPort());
        }
    }

    private void makeKey() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        KeyPair pair = generator.generateKeyPair();
        writeForOwner(acceptedKeys, """
                # Who may open the console from outside, with which public key. Written at the first start.
                karaf = %s,_g_:admingroup
                _g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh
                """.formatted(
                        Base64.getEncoder().encodeToString(sshForm((RSAPublicKey) pair.getPublic()))));
        writeForOwner(
                privateKey,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private static byte[] sshForm(RSAPublicKey key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (byte[] part : new byte[][] {
            "ssh-rsa".getBytes(StandardCharsets.US_ASCII),
            key.getPublicExponent().toByteArray(),
            key.getModulus().toByteArray()
        }) {
            out.writeInt(part.length);
            out.write(part);
        }
        return bytes.toByteArray();
    }

    private static void writeForOwner(Path file, String content) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.deleteIfExists(file);
        Files.createFile(file, ownerOnly);
        Files.writeString(file, content);
    }
}
