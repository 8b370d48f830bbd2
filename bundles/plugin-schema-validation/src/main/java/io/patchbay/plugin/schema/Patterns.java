package io.patchbay.plugin.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.api.patterns.PatternSize;

/**
 * Compiles the patterns of one schema with RE2, which needs time in proportion to the text, whatever the pattern. A pattern
 * that repeats repetitions is short and large for all that, so how large they get is reckoned before: it is bounded for all of
 * a schema together. For one thread.
 */
final class Patterns {
    /** Instructions, about, of all patterns of a schema. */
    private static final long MOST = 20_000;

    private long left = MOST;

    /** @throws PatternSyntaxException if it is none, or not one of RE2's */
    Pattern compile(String pattern) {
        left -= PatternSize.of(pattern);
        if (left < 0) {
            throw new PatternSyntaxException("the schema's patterns repeat too much");
        }
        return Pattern.compile(withHexadecimals(pattern));
    }

    /** JavaScript's way to write a character by its number. */
    private static String withHexadecimals(String pattern) {
        return pattern.replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\u([0-9a-fA-F]{4})", "$1\\\\x{$2}");
    }
}
