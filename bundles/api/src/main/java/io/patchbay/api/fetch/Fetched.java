package io.patchbay.api.fetch;

import java.util.Optional;

/** A file that was fetched. */
public final class Fetched {
    private final byte[] bytes;
    private final Optional<String> mediaType;

    /**
     * A file.
     *
     * @param bytes not copied
     * @param mediaType what its server says that it is, in lower case and without parameters: {@code application/pdf}
     */
    public Fetched(byte[] bytes, Optional<String> mediaType) {
        this.bytes = bytes;
        this.mediaType = mediaType;
    }

    /** What is in it. The array is the receiver's. */
    public byte[] bytes() {
        return bytes;
    }

    /** What its server says that it is. */
    public Optional<String> mediaType() {
        return mediaType;
    }
}
