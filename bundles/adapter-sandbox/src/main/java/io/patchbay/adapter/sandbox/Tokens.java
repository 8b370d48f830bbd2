package io.patchbay.adapter.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The sandbox's tokens: a word with the white space before it. One of more than {@value #LONGEST} characters is cut
 * between graphemes, so that no token ends within a surrogate pair, an accent or an emoji. Joined, they are the text.
 */
final class Tokens {
    /** Holds nearly every word of prose, and bounds the chunks of text that has no spaces. */
    private static final int LONGEST = 16;

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private Tokens() {}

    static List<String> of(String text) {
        var tokens = new ArrayList<String>(text.length() / 4 + 1);
        for (int start = 0, end; start < text.length(); start = end) {
            end = end(text, start);
            tokens.add(text.substring(start, end));
        }
        return tokens;
    }

    static int count(String text) {
        int count = 0;
        for (int start = 0; start < text.length(); start = end(text, start)) {
            count++;
        }
        return count;
    }

    private static int end(String text, int start) {
        int limit = Math.min(text.length(), start + LONGEST + 1);
        int end = start;
        while (end < limit && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        while (end < limit && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end - start <= LONGEST ? end : lastGraphemeEnd(text, start);
    }

    /** The end of the last grapheme that fits, or of the first if none does. */
    private static int lastGraphemeEnd(String text, int start) {
        var grapheme = GRAPHEME.matcher(text).region(start, text.length());
        int end = start;
        while (grapheme.find() && (end == start || grapheme.end() - start <= LONGEST)) {
            end = grapheme.end();
        }
        return end;
    }
}
