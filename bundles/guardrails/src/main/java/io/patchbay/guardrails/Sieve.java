package io.patchbay.guardrails;

import io.patchbay.api.guardrails.ContentFilter;
import io.patchbay.api.guardrails.ContentFilter.Action;
import io.patchbay.api.pipeline.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Redacts texts one by one, and remembers what it found. For one request and one thread at a time. */
final class Sieve {
    private final Filters filters;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final TreeSet<String> blocked = new TreeSet<>();

    Sieve(Filters filters) {
        this.filters = filters;
    }

    /** A text as it may be seen. */
    String pass(String text) {
        var passed = new StringBuilder(text.length());
        int from = 0;
        var found = filters.next(text, 0);
        while (found.isPresent()) {
            var one = found.get();
            note(one.said(), one.label());
            passed.append(text, from, one.start());
            passed.append(one.said().action() == Action.FLAG ? text.substring(one.start(), one.end()) : one.label());
            from = one.end();
            found = filters.next(text, from);
        }
        return from == 0 ? text : passed.append(text, from, text.length()).toString();
    }

    /**
     * How much of the beginning of a text can be judged without what follows it.
     *
     * @param margin so many characters at the end may belong to something that is not complete
     */
    int judgeable(String text, int margin) {
        int safe = Math.max(0, text.length() - margin);
        int from = 0;
        for (var found = filters.next(text, from);
                found.isPresent() && found.get().start() < safe;
                found = filters.next(text, from)) {
            // What reaches into the margin may be longer than it looks; beyond all measure it is as it is.
            if (found.get().end() > safe) {
                return text.length() > 10 * margin
                        ? found.get().end()
                        : found.get().start();
            }
            from = found.get().end();
        }
        return betweenWords(text, from, safe);
    }

    /** Cuts no word or number in two, where it can be helped: a part of one may look like something else. */
    private static int betweenWords(String text, int least, int most) {
        int cut = most;
        while (cut > least && !Character.isWhitespace(text.charAt(cut - 1))) {
            cut--;
        }
        return cut > least ? cut : most;
    }

    private void note(ContentFilter said, String label) {
        var name = said.isBuiltin() ? said.pattern() : label;
        counts.merge(name + ' ' + word(said.action()), 1, Integer::sum);
        if (said.action() == Action.BLOCK) {
            blocked.add(name);
        }
    }

    private static String word(Action action) {
        return switch (action) {
            case FLAG -> "flagged";
            case REDACT -> "redacted";
            case BLOCK -> "blocked";
        };
    }

    /** Names of what was found and is not to pass. */
    List<String> blocked() {
        return List.copyOf(blocked);
    }

    /** What was found, how often. */
    List<Note> notes(String where) {
        var notes = new ArrayList<Note>();
        counts.forEach((what, count) ->
                notes.add(new Note("guardrail", "content-filter", what + ' ' + count + "x in the " + where)));
        return notes;
    }
}
