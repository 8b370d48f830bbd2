package io.patchbay.api.guardrails;

import java.util.Locale;

/**
 * What is looked for in texts, and what happens then.
 *
 * @param pattern a regular expression in RE2's language, or the name of a builtin one
 * @param isBuiltin which of the two it is
 * @param action what happens
 * @param label how errors and records name it; never the pattern's text alone if it is secret
 * @param side where it is looked for
 */
public record ContentFilter(String pattern, boolean isBuiltin, Action action, String label, Side side) {
    /** What happens to what is found. */
    public enum Action {
        /** It is noted. */
        FLAG,
        /** It is replaced. */
        REDACT,
        /** The request, or the answer, is refused. */
        BLOCK;

        /** Its name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where something is looked for. */
    public enum Side {
        /** In what is asked. */
        INPUT,
        /** In what is answered. */
        OUTPUT,
        /** In both. */
        BOTH;

        /** Its name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is looked for in what is asked. */
        public boolean isInput() {
            return this != OUTPUT;
        }

        /** Whether it is looked for in what is answered. */
        public boolean isOutput() {
            return this != INPUT;
        }
    }
}
