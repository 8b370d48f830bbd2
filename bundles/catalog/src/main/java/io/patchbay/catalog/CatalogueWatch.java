package io.patchbay.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at the folder of the catalogue once a second, and tells when something is new. */
final class CatalogueWatch {
    /** A look costs a few system calls per file; nobody waits longer than this for an edit to count. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Timer timer;
    private final Consumer<Map<String, CatalogueFile>> changed;
    private @Nullable CatalogueDirectory directory;
    private Map<String, CatalogueFile> told = Map.of();
    private Runnable next = () -> {};

    /** @param changed is told what is in force, by provider; no lock of it may be held by who calls this object */
    CatalogueWatch(Timer timer, Consumer<Map<String, CatalogueFile>> changed) {
        this.timer = timer;
        this.changed = changed;
    }

    /** Turns to a folder, which need not exist yet, and reads it before it returns. */
    synchronized void watch(Path folder) {
        next.run();
        directory = new CatalogueDirectory(folder);
        look();
    }

    synchronized void close() {
        next.run();
        directory = null;
    }

    private synchronized void look() {
        var looked = directory;
        if (looked == null) {
            return;
        }
        try {
            var inForce = looked.refresh();
            if (inForce != told) {
                told = inForce;
                changed.accept(inForce);
            }
        } finally {
            next = timer.in(INTERVAL, this::look);
        }
    }
}
