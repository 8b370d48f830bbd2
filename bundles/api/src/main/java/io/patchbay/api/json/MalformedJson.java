package io.patchbay.api.json;

/** Thrown when bytes are not the JSON they should be. The message names the offset and never quotes the content. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /** @param offset position of the offending byte, from 0 */
    public MalformedJson(String reason, int offset) {
        super(reason + " at byte " + offset);
        this.offset = offset;
    }

    /** Position of the offending byte, from 0. */
    public int offset() {
        return offset;
    }

    /** No stack trace: bad input is an everyday event and must stay cheap. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
