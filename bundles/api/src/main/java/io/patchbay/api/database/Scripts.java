package io.patchbay.api.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Finds the scripts that a bundle brings for {@link Databases#open}. */
public final class Scripts {
    private Scripts() {}

    /** The resources {@code sqlite/1.sql}, {@code sqlite/2.sql}, … and {@code postgresql/1.sql}, … beside a class. */
    public static Function<DatabaseKind, List<String>> beside(Class<?> owner) {
        return kind -> {
            var scripts = new ArrayList<String>();
            var folder = kind.name().toLowerCase(Locale.ROOT);
            while (true) {
                try (var script = owner.getResourceAsStream(folder + '/' + (scripts.size() + 1) + ".sql")) {
                    if (script == null) {
                        return List.copyOf(scripts);
                    }
                    scripts.add(new String(script.readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        };
    }
}
