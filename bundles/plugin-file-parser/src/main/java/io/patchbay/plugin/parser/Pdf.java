package io.patchbay.plugin.parser;

/**
 * What the program for PDFs says of one.
 *
 * @param pages that it has, if that is known
 * @param text empty if there is none
 */
record Pdf(Outcome outcome, int pages, String text) {
    /** How it went, in the words of the program. */
    enum Outcome {
        TEXT,
        ENCRYPTED,
        BROKEN,
        NO_TEXT,
        TOO_MANY_PAGES,
        TOO_MUCH_TEXT,
        /** The program does not say so: it had neither the time nor the memory for it, or was stopped. */
        DIED
    }

    static final Pdf DIED = new Pdf(Outcome.DIED, 0, "");
}
