package io.patchbay.plugin.healing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads what a model meant to be JSON: text and Markdown around it, comments, names without quotes, single and typographic
 * quotes, raw line ends in texts, Python's words, commas too many or too few, brackets that are never closed. What breaks off
 * in the middle of a text is not mended: nobody knows how it goes on. For one text.
 */
final class JsonMender {
    private static final int DEEPEST = 500;

    private final String text;
    private int at;
    private int depth;

    private JsonMender(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** What can't be read with the best of will. */
    private static final class Hopeless extends Exception {
        private static final long serialVersionUID = 1;

        Hopeless(String why) {
            super(why, null, false, false);
        }
    }

    /** The text as JSON; empty if it holds none. */
    static Optional<String> mended(String text) {
        int start = start(text);
        if (start < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonMender(text, start).value().toString());
        } catch (Hopeless broken) {
            return Optional.empty();
        }
    }

    /** Where it begins: the first bracket, that of a block of code if there is one. */
    private static int start(String text) {
        int fence = text.indexOf("```");
        int from = fence < 0 ? 0 : fence;
        int object = text.indexOf('{', from);
        int array = text.indexOf('[', from);
        if (object < 0 || array < 0) {
            return Math.max(object, array);
        }
        return Math.min(object, array);
    }

    private JsonElement value() throws Hopeless {
        skip();
        if (isAtEnd()) {
            return JsonNull.INSTANCE;
        }
        char c = text.charAt(at);
        if (c == '{' || c == '[') {
            if (++depth > DEEPEST) {
                throw new Hopeless("too deep");
            }
            var value = c == '{' ? object() : array();
            depth--;
            return value;
        }
        return closing(c) != 0 ? new JsonPrimitive(quoted()) : word();
    }

    private JsonObject object() throws Hopeless {
        var object = new JsonObject();
        at++;
        while (true) {
            skipWithCommas();
            if (isAtEnd() || endsWith(']')) {
                return object;
            }
            if (text.charAt(at) == '}') {
                at++;
                return object;
            }
            var name = closing(text.charAt(at)) != 0 ? quoted() : name();
            skip();
            if (!isAtEnd() && (text.charAt(at) == ':' || text.charAt(at) == '=')) {
                at++;
            } else if (isAtEnd()) {
                throw new Hopeless("a name without a value");
            }
            skip();
            boolean isMissing = !isAtEnd() && (text.charAt(at) == ',' || text.charAt(at) == '}');
            object.add(name, isMissing ? JsonNull.INSTANCE : value());
        }
    }

    private JsonArray array() throws Hopeless {
        var array = new JsonArray();
        at++;
        while (true) {
            skipWithCommas();
            if (isAtEnd() || endsWith('}')) {
                return array;
            }
            if (text.charAt(at) == ']') {
                at++;
                return array;
            }
            array.add(value());
        }
    }

    /** Whether what is around this one ends before it was closed; whose bracket it is stays to be read. */
    private boolean endsWith(char closing) {
        return text.charAt(at) == closing && depth > 1;
    }

    private String quoted() throws Hopeless {
        char closing = closing(text.charAt(at));
        var said = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == closing) {
                at++;
                return said.toString();
            }
            said.append(c == '\\' ? escaped() : c);
        }
        throw new Hopeless("a text that does not end");
    }

    private char escaped() throws Hopeless {
        at++;
        if (isAtEnd()) {
            throw new Hopeless("a text that does not end");
        }
        char c = text.charAt(at);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() throws Hopeless {
        try {
            var code = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
            at += 4;
            return code;
        } catch (NumberFormatException | StringIndexOutOfBoundsException noNumber) {
            throw new Hopeless("an escape that is none");
        }
    }

    private static char closing(char opening) {
        return switch (opening) {
            case '"' -> '"';
            case '\'' -> '\'';
            case '\u201C', '\u201D', '\u201E' -> '\u201D';
            case '\u2018', '\u2019' -> '\u2019';
            case '`' -> '`';
            default -> 0;
        };
    }

    private String name() throws Hopeless {
        int start = at;
        while (!isAtEnd() && ":={}[],\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var name = text.substring(start, at).strip();
        if (name.isEmpty()) {
            throw new Hopeless("a value without a name");
        }
        return name;
    }

    private JsonElement word() throws Hopeless {
        int start = at;
        while (!isAtEnd() && ",{}[]\n".indexOf(text.charAt(at)) < 0 && !isRemark()) {
            at++;
        }
        var word = text.substring(start, at).strip();
        return switch (word) {
            case "" -> throw new Hopeless("no value");
            case "true", "True", "TRUE" -> new JsonPrimitive(true);
            case "false", "False", "FALSE" -> new JsonPrimitive(false);
            case "null", "None", "undefined", "NaN" -> JsonNull.INSTANCE;
            default -> number(word).<JsonElement>map(JsonPrimitive::new).orElseGet(() -> new JsonPrimitive(word));
        };
    }

    private static Optional<BigDecimal> number(String word) {
        try {
            return Optional.of(new BigDecimal(word));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private void skipWithCommas() {
        skip();
        while (!isAtEnd() && (text.charAt(at) == ',' || text.charAt(at) == ';')) {
            at++;
            skip();
        }
    }

    /** Passes white space and comments; a fence ends everything. */
    private void skip() {
        while (!isAtEnd()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (isComment()) {
                boolean isBlock = text.charAt(at + 1) == '*';
                int end = text.indexOf(isBlock ? "*/" : "\n", at + 2);
                at = end < 0 ? text.length() : end + (isBlock ? 2 : 1);
            } else if (text.startsWith("```", at)) {
                at = text.length();
            } else {
                return;
            }
        }
    }

    /** A comment behind a word; not what is in the middle of an address. */
    private boolean isRemark() {
        return isComment() && Character.isWhitespace(text.charAt(at - 1));
    }

    private boolean isComment() {
        return text.startsWith("//", at) || text.startsWith("/*", at);
    }

    private boolean isAtEnd() {
        return at >= text.length();
    }
}
