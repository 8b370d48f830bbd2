package io.patchbay.api.generation;

import io.patchbay.api.json.JsonView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request says of where it comes from. Nobody checks it: it tells people whose a generation was.
 *
 * @param user the app's own name for its user
 * @param session the conversation
 * @param trace by which it is found again in the app's own traces: {@code trace_id}, {@code span_name} and whatever else
 * @param app the app
 */
public record Attribution(Optional<String> user, Optional<String> session, Map<String, String> trace, App app) {
    /** Nothing is said. */
    public static final Attribution NONE = new Attribution(Optional.empty(), Optional.empty(), Map.of(), App.UNKNOWN);

    private static final int LONGEST = 256;
    private static final int MOST = 16;

    /** Cuts what is longer than anybody's name, and leaves out what is more of a trace than a record keeps. */
    public Attribution {
        user = user.flatMap(Attribution::readable);
        session = session.flatMap(Attribution::readable);
        trace = kept(trace);
    }

    private static Map<String, String> kept(Map<String, String> trace) {
        var kept = new LinkedHashMap<String, String>();
        trace.forEach((name, value) -> {
            var key = readable(name);
            var text = readable(value);
            if (kept.size() < MOST && key.isPresent() && text.isPresent()) {
                kept.put(key.get(), text.get());
            }
        });
        return Collections.unmodifiableMap(kept);
    }

    /** What a request says in {@code trace}: texts, numbers, true and false; nothing that is nested. */
    public static Map<String, String> trace(JsonView request) {
        var trace = new LinkedHashMap<String, String>();
        request.object("trace")
                .ifPresent(said -> said.toTree().asMap().forEach((name, value) -> {
                    if (value.isJsonPrimitive()) {
                        trace.put(name, value.getAsString());
                    }
                }));
        return trace;
    }

    /** As much of it as a record keeps, in one line; empty if there is nothing to be seen. */
    private static Optional<String> readable(String text) {
        var kept = new StringBuilder(text.substring(0, Math.min(text.length(), LONGEST)));
        for (int i = 0; i < kept.length(); i++) {
            if (Character.isISOControl(kept.charAt(i))) {
                kept.setCharAt(i, ' ');
            }
        }
        return Optional.of(kept.toString().strip()).filter(line -> !line.isEmpty());
    }

    /**
     * An app that sends requests.
     *
     * @param referer its address
     * @param title what it is called
     * @param userAgent the library that it uses, as that says of itself
     */
    public record App(Optional<String> referer, Optional<String> title, Optional<String> userAgent) {
        /** One that says nothing of itself. */
        public static final App UNKNOWN = new App(Optional.empty(), Optional.empty(), Optional.empty());

        /** Cuts what is longer than anybody's name. */
        public App {
            referer = referer.flatMap(Attribution::readable);
            title = title.flatMap(Attribution::readable);
            userAgent = userAgent.flatMap(Attribution::readable);
        }
    }
}
