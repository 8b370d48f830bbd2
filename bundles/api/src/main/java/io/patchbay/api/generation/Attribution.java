package io.patchbay.api.generation;

import java.util.Optional;

/**
 * What a request says of where it comes from. Nobody checks it: it tells people whose a generation was.
 *
 * @param user the app's own name for its user
 * @param session the conversation
 * @param app the app
 */
public record Attribution(Optional<String> user, Optional<String> session, App app) {
    /** Nothing is said. */
    public static final Attribution NONE = new Attribution(Optional.empty(), Optional.empty(), App.UNKNOWN);

    private static final int LONGEST = 256;

    /** Cuts what is longer than anybody's name. */
    public Attribution {
        user = user.flatMap(Attribution::readable);
        session = session.flatMap(Attribution::readable);
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
