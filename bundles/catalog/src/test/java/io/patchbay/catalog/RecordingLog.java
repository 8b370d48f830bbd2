package io.patchbay.catalog;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A log that keeps all it is given, at every level, stack traces included. */
final class RecordingLog {
    private final StringBuilder text = new StringBuilder();

    Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    text.append(method.getName())
                            .append(' ')
                            .append(rendered(arguments))
                            .append('\n');
                    return null;
                });
    }

    String text() {
        return text.toString();
    }

    private static String rendered(@Nullable Object @Nullable [] arguments) {
        return arguments == null
                ? ""
                : Arrays.stream(arguments).map(RecordingLog::rendered).collect(Collectors.joining(" "));
    }

    private static String rendered(@Nullable Object argument) {
        if (argument instanceof Object[] more) {
            return rendered(more);
        }
        if (argument instanceof Throwable thrown) {
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
        return String.valueOf(argument);
    }
}
