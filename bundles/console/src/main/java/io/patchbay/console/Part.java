package io.patchbay.console;

import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** A part of Patchbay that a command needs and that may be missing. */
final class Part {
    private Part() {}

    /**
     * The service of a part.
     *
     * @param bundle the part's bundle, without {@code io.patchbay.}
     * @throws CommandException if it is not there, with a line for the operator
     */
    static <T> T of(@Nullable T service, String bundle) throws CommandException {
        if (service == null) {
            throw refusal("The part \"" + bundle + "\" is not running just now. \"bundle:list\" and \"scr:list\" show"
                    + " the state of io.patchbay." + bundle + ", \"log:display\" the reason.");
        }
        return service;
    }

    /** Ends a command with one line for the operator, and as failed for scripts. */
    static CommandException refusal(String line) {
        return new CommandException(line, line);
    }
}
