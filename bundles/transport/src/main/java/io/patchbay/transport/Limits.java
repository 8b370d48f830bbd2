package io.patchbay.transport;

/**
 * How much of an answer is held at once.
 *
 * @param answerBytes of a whole answer
 * @param errorBytes of an error answer; what goes beyond is not read
 * @param eventBytes of one server-sent event
 */
record Limits(int answerBytes, int errorBytes, int eventBytes) {
    /** 32 MiB, 1 MiB, 16 MiB. */
    static final Limits DEFAULT = new Limits(32 << 20, 1 << 20, 16 << 20);
}
