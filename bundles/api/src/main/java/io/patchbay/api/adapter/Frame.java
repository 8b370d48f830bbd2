package io.patchbay.api.adapter;

import java.nio.charset.StandardCharsets;

/** One frame of a provider's answer, never cut in the middle. The array is the receiver's. */
public final class Frame {
    private final String event;
    private final byte[] data;

    /**
     * @param event the event's name, or the empty string where there is none
     * @param data its bytes, not copied
     */
    public Frame(String event, byte[] data) {
        this.event = event;
        this.data = data;
    }

    /** A frame without a name. */
    public static Frame of(byte[] data) {
        return new Frame("", data);
    }

    /** A frame without a name, given as text. */
    public static Frame of(String data) {
        return of(data.getBytes(StandardCharsets.UTF_8));
    }

    /** The event's name, or the empty string. */
    public String event() {
        return event;
    }

    /** The bytes, not copied. */
    public byte[] data() {
        return data;
    }

    /** Tells the size only: the content is the customer's. */
    @Override
    public String toString() {
        return "Frame[" + (event.isEmpty() ? "" : event + ", ") + data.length + " bytes]";
    }
}
