package io.patchbay.api.adapter;

/** How a provider's answer is cut into {@link Frame}s. The transport does the cutting. */
public enum Framing {
    /** The whole body is one frame. */
    WHOLE,
    /** Server-sent events (WHATWG HTML §9.2): one frame per event that has data; comments are skipped. */
    SSE,
    /** JSON texts, one per line (ndjson): one frame per line that is not blank. */
    NDJSON,
    /**
     * Messages of {@code application/vnd.amazon.eventstream}, their checksums verified: one frame per message, named by
     * its {@code :event-type}, or by its {@code :exception-type} or {@code :error-code} with {@code exception/} before it.
     */
    AWS_EVENT_STREAM
}
