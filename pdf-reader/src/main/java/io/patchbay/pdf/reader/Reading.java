package io.patchbay.pdf.reader;

/**
 * What came of a file.
 *
 * @param pages that it has, as far as that is known; else 0
 * @param text empty if there is none
 */
record Reading(Outcome outcome, int pages, String text) {
    /** How it went. Who reads the output knows them by their names. */
    enum Outcome {
        TEXT,
        /** It can't be opened without a password. */
        ENCRYPTED,
        BROKEN,
        /** There is none on any page: they are pictures. */
        NO_TEXT,
        TOO_MANY_PAGES,
        TOO_MUCH_TEXT
    }

    static Reading failed(Outcome outcome, int pages) {
        return new Reading(outcome, pages, "");
    }
}
