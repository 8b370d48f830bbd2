package io.patchbay.itests.conformance;

/**
 * Something in an answer that is not what a document says.
 *
 * @param document whose
 * @param operation as the document has it, such as {@code GET /keys/{hash}}
 * @param pointer where in the answer, as a JSON pointer, with {@code *} for the places of arrays; in an event of a stream,
 *     from {@code /data} or {@code /event} on. For something that is missing: where it should be.
 * @param keyword of JSON Schema, or {@code status} or {@code content}
 * @param message the validator's
 * @param said the beginning of the answer or of the event
 */
record Mismatch(
        String document, String operation, int status, String pointer, String keyword, String message, String said) {

    @Override
    public String toString() {
        return operation + " " + status + " " + pointer + " " + keyword + ": " + message + " (" + document + ")\n    "
                + said;
    }
}
