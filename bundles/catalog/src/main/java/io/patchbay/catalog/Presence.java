package io.patchbay.catalog;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which adapters are there, and which went only a moment ago. Guarded by the catalog's lock. */
final class Presence {
    private final Object lock;
    private final Timer timer;
    private final Duration retention;
    private final Runnable changed;
    /** How many services of each name: during an update there may be two. */
    private final Map<String, Integer> present = new HashMap<>();

    private final Map<String, Runnable> missed = new HashMap<>();

    Presence(Object lock, Timer timer, Duration retention, Runnable changed) {
        this.lock = lock;
        this.timer = timer;
        this.retention = retention;
        this.changed = changed;
    }

    void came(String name) {
        present.merge(name, 1, Integer::sum);
        var forget = missed.remove(name);
        if (forget != null) {
            forget.run();
        }
    }

    void went(String name) {
        if (present.merge(name, -1, Integer::sum) > 0) {
            return;
        }
        present.remove(name);
        missed.put(name, timer.in(retention, () -> forget(name)));
    }

    private void forget(String name) {
        synchronized (lock) {
            if (missed.remove(name) != null) {
                changed.run();
            }
        }
    }

    boolean has(String name) {
        return present.containsKey(name);
    }

    Set<String> present() {
        return new HashSet<>(present.keySet());
    }

    Set<String> missed() {
        return new HashSet<>(missed.keySet());
    }
}
