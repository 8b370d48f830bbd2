package io.patchbay.adapter.sandbox;

import java.util.Optional;

/**
 * Makes a text that matches a regular expression, by writing the shortest way through it. The expression is never run:
 * it is a stranger's, and some take forever. Best effort: look-around and back references are passed over.
 */
final class PatternText {
    private static final int MOST_PATTERN = 1_000;
    private static final int MOST_TEXT = 10_000;
    private static final String CANDIDATES = "aA0_- .,:;/@#bB1cC2";

    private final String pattern;
    private final int variant;
    private int position;
    private int repetitionsToSpend;

    private PatternText(String pattern, int variant, int repetitionsToSpend) {
        this.pattern = pattern;
        this.variant = variant;
        this.repetitionsToSpend = repetitionsToSpend;
    }

    /**
     * A text of at least this length, if the pattern has room for it.
     *
     * @param variant different ones give different texts, as far as the pattern allows
     */
    static Optional<String> of(String pattern, int minLength, int variant) {
        if (pattern.length() > MOST_PATTERN) {
            return Optional.empty();
        }
        var shortest = new PatternText(pattern, variant, 0).alternatives();
        int missing = minLength - shortest.length();
        return Optional.of(missing <= 0 ? shortest : new PatternText(pattern, variant, missing).alternatives());
    }

    /** The first alternative; the others are read only to get past them. */
    private String alternatives() {
        var first = sequence();
        while (at('|')) {
            position++;
            int kept = repetitionsToSpend;
            sequence();
            repetitionsToSpend = kept;
        }
        return first;
    }

    private String sequence() {
        var text = new StringBuilder();
        while (position < pattern.length() && !at('|') && !at(')')) {
            var atom = atom();
            int times = repetitions();
            int room = (MOST_TEXT - text.length()) / Math.max(1, atom.length());
            text.append(atom.repeat(Math.max(0, Math.min(times, room))));
        }
        return text.toString();
    }

    private String atom() {
        char c = pattern.charAt(position++);
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> String.valueOf((char) ('a' + variant % 26));
            case '(' -> group();
            case '[' -> characterClass();
            case '\\' -> escape();
            default -> String.valueOf(c);
        };
    }

    private String group() {
        boolean silent = at('?') && isLookAround();
        if (at('?')) {
            position += 1;
            skipGroupHead();
        }
        var text = alternatives();
        if (at(')')) {
            position++;
        }
        return silent ? "" : text;
    }

    private boolean isLookAround() {
        return pattern.startsWith("?=", position)
                || pattern.startsWith("?!", position)
                || pattern.startsWith("?<=", position)
                || pattern.startsWith("?<!", position);
    }

    private void skipGroupHead() {
        boolean named = at('<') && !pattern.startsWith("<=", position) && !pattern.startsWith("<!", position);
        if (named) {
            int end = pattern.indexOf('>', position);
            position = end < 0 ? pattern.length() : end + 1;
            return;
        }
        while (position < pattern.length() && ":=!<".indexOf(pattern.charAt(position)) >= 0) {
            position++;
        }
    }

    private String escape() {
        if (position >= pattern.length()) {
            return "";
        }
        char c = pattern.charAt(position++);
        return switch (c) {
            case 'd' -> String.valueOf((char) ('0' + variant % 10));
            case 'w' -> String.valueOf((char) ('a' + variant % 26));
            case 's' -> " ";
            case 'D', 'S' -> "a";
            case 'W' -> "-";
            case 'b', 'B', 'A', 'z', 'Z' -> "";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'f' -> "\f";
            case 'u' -> codePoint(4);
            case 'x' -> codePoint(2);
            case 'p', 'P' -> property(c == 'P');
            default -> Character.isDigit(c) ? "" : String.valueOf(c);
        };
    }

    private String codePoint(int digits) {
        int end = Math.min(pattern.length(), position + digits);
        var hex = pattern.substring(position, end);
        if (!hex.matches("[0-9a-fA-F]+")) {
            return "";
        }
        position = end;
        return Character.toString(Integer.parseInt(hex, 16));
    }

    private String property(boolean negated) {
        int end = at('{') ? pattern.indexOf('}', position) : -1;
        var name = end < 0 ? "" : pattern.substring(position + 1, end);
        position = end < 0 ? position : end + 1;
        if (negated) {
            return name.startsWith("L") ? "1" : "a";
        }
        return switch (name) {
            case "Lu", "Upper", "IsUppercase" -> "A";
            case "N", "Nd", "Digit" -> "1";
            case "P", "Punct" -> ".";
            case "Z", "Zs" -> " ";
            default -> String.valueOf((char) ('a' + variant % 26));
        };
    }

    private String characterClass() {
        boolean negated = at('^');
        if (negated) {
            position++;
        }
        var members = new StringBuilder();
        for (boolean first = true; position < pattern.length() && (first || !at(']')); first = false) {
            var from = classMember();
            boolean isRange = at('-') && position + 1 < pattern.length() && pattern.charAt(position + 1) != ']';
            if (!isRange || from.isEmpty()) {
                members.append(from);
                continue;
            }
            position++;
            appendRange(members, from.charAt(0), classMember());
        }
        position++;
        return negated ? outside(members.toString()) : inside(members.toString());
    }

    private String classMember() {
        char c = pattern.charAt(position++);
        if (c != '\\' || position >= pattern.length()) {
            return String.valueOf(c);
        }
        return switch (pattern.charAt(position)) {
            case 'd' -> spell("0123456789");
            case 'w' -> spell("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
            case 's' -> spell(" \t\n");
            default -> escape();
        };
    }

    private String spell(String members) {
        position++;
        return members;
    }

    private static void appendRange(StringBuilder members, char from, String to) {
        char last = to.isEmpty() ? from : to.charAt(0);
        for (int c = from; c <= last && c < from + 256; c++) {
            members.append((char) c);
        }
    }

    private String inside(String members) {
        return members.isEmpty() ? "" : String.valueOf(members.charAt(variant % members.length()));
    }

    private String outside(String members) {
        var allowed = CANDIDATES.chars().filter(c -> members.indexOf(c) < 0).toArray();
        return allowed.length == 0 ? "\u00e9" : String.valueOf((char) allowed[variant % allowed.length]);
    }

    /** How often to write the atom before: as often as it must, and more while the text is too short. */
    private int repetitions() {
        int least;
        int most;
        if (at('*') || at('+') || at('?')) {
            char c = pattern.charAt(position++);
            least = c == '+' ? 1 : 0;
            most = c == '?' ? 1 : MOST_TEXT;
        } else if (at('{') && pattern.indexOf('}', position) > 0) {
            int end = pattern.indexOf('}', position);
            var bounds = pattern.substring(position + 1, end).split(",", -1);
            position = end + 1;
            least = bound(bounds[0]);
            most = bounds.length == 1 ? least : bounds[1].isEmpty() ? MOST_TEXT : bound(bounds[1]);
        } else {
            return 1;
        }
        if (at('?') || at('+')) {
            position++;
        }
        int more = Math.max(0, Math.min(repetitionsToSpend, most - least));
        repetitionsToSpend -= more;
        return least + more;
    }

    private static int bound(String digits) {
        return digits.matches("\\d{1,5}") ? Math.min(Integer.parseInt(digits), MOST_TEXT) : 1;
    }

    private boolean at(char c) {
        return position < pattern.length() && pattern.charAt(position) == c;
    }
}
