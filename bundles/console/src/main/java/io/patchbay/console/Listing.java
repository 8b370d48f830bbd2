package io.patchbay.console;

import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** A command that prints a table. */
abstract class Listing implements Action {
    @Option(name = "--no-format", description = "Prints bare rows, columns separated by tabs: for scripts.")
    boolean bare;

    @Override
    public final @Nullable Object execute() throws CommandException {
        // Not the session's console: this is what a pipe redirects.
        print(System.out);
        return null;
    }

    final void print(PrintStream out) throws CommandException {
        table().print(out, !bare);
        if (!bare) {
            footnote().ifPresent(out::println);
        }
    }

    /** A line below the table. */
    Optional<String> footnote() {
        return Optional.empty();
    }

    abstract ShellTable table() throws CommandException;
}
