package io.patchbay.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.api.catalog.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Session;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;

/** Gets a secret from the operator: typed at a terminal, where it does not show, or as one line of standard input. */
final class KeyPrompt {
    /** To the console's reader this means: show nothing, not even stars. */
    private static final Character NO_ECHO = '\0';

    /** More than any key has; what is longer is refused by whoever is to store it. */
    private static final int MOST_BYTES = 65_536;

    private KeyPrompt() {}

    /**
     * Asks for it.
     *
     * @return what was typed, without the end of the line; empty if nothing was, or the operator thought better of it
     */
    static Optional<Secret> ask(Session session, String prompt) throws IOException {
        var line = isTerminal(session) ? typed(session, prompt) : line(session.getKeyboard());
        return line.filter(text -> !text.isEmpty()).map(Secret::of);
    }

    /** Whether somebody sits there; else the input is a pipe. */
    static boolean isTerminal(Session session) {
        return session.getTerminal() != null;
    }

    private static Optional<String> typed(Session session, String prompt) throws IOException {
        try {
            return Optional.ofNullable(session.readLine(prompt, NO_ECHO));
        } catch (UserInterruptException | EndOfFileException thoughtBetter) {
            return Optional.empty();
        }
    }

    private static Optional<String> line(InputStream in) throws IOException {
        var line = new Line();
        try {
            for (int b = in.read(); b >= 0 && b != '\n' && line.size() < MOST_BYTES; b = in.read()) {
                line.write(b);
            }
            return Optional.of(line.text());
        } finally {
            line.wipe();
        }
    }

    private static final class Line extends ByteArrayOutputStream {
        /** Without the carriage return that some systems put before the end of a line. */
        String text() {
            int length = count > 0 && buf[count - 1] == '\r' ? count - 1 : count;
            return new String(buf, 0, length, UTF_8);
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
