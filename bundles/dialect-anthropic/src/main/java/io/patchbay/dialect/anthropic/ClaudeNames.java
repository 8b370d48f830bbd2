package io.patchbay.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Claude's models as Anthropic's clients name them, without an author: {@code claude-sonnet-4-5-20250929}. Here their names
 * are {@code anthropic/claude-sonnet-4-5-20250929}, and {@code anthropic/claude-sonnet-4.5} wherever it is served.
 */
final class ClaudeNames {
    private static final String CLAUDE = "claude-";
    private static final String AUTHOR = "anthropic/";
    private static final Pattern DATE = Pattern.compile("-(?:\\d{8}|latest)$");
    private static final Pattern VERSION = Pattern.compile("(?<=-\\d)-(\\d)(?!\\d)");
    private static final Pattern ZERO = Pattern.compile("\\.0(?=$|-)");

    private ClaudeNames() {}

    /** The names to look for, the nearest first; the name itself if it is no such one. */
    static List<String> of(String name) {
        if (!name.startsWith(CLAUDE) || name.indexOf('/') >= 0) {
            return List.of(name);
        }
        var undated = DATE.matcher(name).replaceFirst("");
        var known = ZERO.matcher(VERSION.matcher(undated).replaceFirst(".$1")).replaceFirst("");
        var names = new ArrayList<String>();
        if (!undated.equals(name)) {
            names.add(AUTHOR + name);
        }
        names.add(AUTHOR + known);
        return names;
    }
}
