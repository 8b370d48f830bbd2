package io.patchbay.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Unpacks bodies. */
final class Gunzip {
    private Gunzip() {}

    /**
     * Unpacks a body.
     *
     * @return empty if it would be larger than allowed
     * @throws IOException if it is not gzip
     */
    static Optional<byte[]> unpack(byte[] packed, int maxBytes) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            var unpacked = in.readNBytes(maxBytes);
            return in.read() < 0 ? Optional.of(unpacked) : Optional.empty();
        }
    }
}
