package io.patchbay.launcher;

import java.net.URI;
import java.nio.file.Path;

/** The door through which {@code bin/patchbay} comes in. */
public final class Launcher {

    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "prepare" -> ConsoleAccess.in(Path.of(arguments[1])).prepare(System.out);
            case "ask" -> System.exit(ask(arguments) ? 0 : 1);
            default -> throw new IllegalArgumentException("command: " + arguments[0] + " (expected: prepare or ask)");
        }
    }

    private static boolean ask(String[] arguments) throws Exception {
        return new FirstQuestion(URI.create(arguments[1]), arguments[2]).ask(arguments[3], arguments[4], System.out);
    }
}
