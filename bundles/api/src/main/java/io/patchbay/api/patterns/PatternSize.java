package io.patchbay.api.patterns;

import java.util.ArrayDeque;

/**
 * How large a regular expression in RE2's language gets when its repetitions are written out, as they are when it is compiled. RE2
 * needs time in proportion to the text, whatever the pattern, but a pattern that repeats repetitions ({@code ((a{1000}){1000}){1000}})
 * is short, and takes all the memory there is. See <a href="https://github.com/google/re2/wiki/Syntax">the syntax</a>.
 */
public final class PatternSize {
    /** What is larger is this large. */
    public static final long LARGEST = 1_000_000_000;

    /** Times that something is repeated whose number says nothing: RE2 refuses it, or takes it for text. */
    private static final long UNREADABLE = 2;

    private PatternSize() {}

    /** Instructions, about; rather too many than too few. For a pattern that is none, something. */
    public static long of(String pattern) {
        var outer = new ArrayDeque<Long>();
        long group = 0;
        long atom = 0;
        for (int i = 0; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> {
                    group += atom;
                    atom = 1;
                    i = endOfEscape(pattern, i + 1);
                }
                case '[' -> {
                    group += atom;
                    atom = 1;
                    i = endOfClass(pattern, i);
                }
                case '(' -> {
                    outer.push(group + atom);
                    group = 1;
                    atom = 0;
                }
                case ')' -> {
                    atom = group + atom + 1;
                    group = outer.isEmpty() ? 0 : outer.pop();
                }
                case '{' -> {
                    int end = pattern.indexOf('}', i);
                    atom = Math.min(LARGEST, atom * times(pattern, i + 1, end));
                    i = Math.max(i, end);
                }
                default -> {
                    group += atom;
                    atom = 1;
                }
            }
            group = Math.min(LARGEST, group);
        }
        long size = group + atom;
        for (long open : outer) {
            size += open;
        }
        return Math.min(LARGEST, size);
    }

    /** Of {@code \d}, {@code \p{Greek}}, {@code \x{10FFFF}}. */
    private static int endOfEscape(String pattern, int letter) {
        boolean hasName = letter + 1 < pattern.length()
                && "pPx".indexOf(pattern.charAt(letter)) >= 0
                && pattern.charAt(letter + 1) == '{';
        return hasName ? Math.max(letter, pattern.indexOf('}', letter)) : letter;
    }

    private static int endOfClass(String pattern, int start) {
        for (int i = start + 1; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '\\') {
                i++;
            } else if (pattern.charAt(i) == ']' && i > start + 1) {
                return i;
            }
        }
        return pattern.length();
    }

    private static long times(String pattern, int from, int end) {
        if (end < 0) {
            return 1;
        }
        long most = 1;
        for (var number : pattern.substring(from, end).split(",", -1)) {
            most = Math.max(most, number.matches("\\d{1,9}") ? Long.parseLong(number) : UNREADABLE);
        }
        return most + 1;
    }
}
