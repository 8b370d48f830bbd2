package io.patchbay.api.adapter;

/** How a provider's answer is cut into {@link Frame}s. The transport does the cutting. */
public enum Framing {
    /** The whole body is one frame. */
    WHOLE,
    /** Server-sent events (WHATWG HTML §9.2): one frame per event that has data; comments are skipped. */
    SSE
}
