package io.patchbay.access;

import io.patchbay.api.database.DatabaseKind;
import io.patchbay.database.DatabaseSettings;
import io.patchbay.database.DatabasesService;
import io.patchbay.database.kit.DatabasePlace;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An installation's keys, which can be started again and again; a later start ends the one before. */
final class Store implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Path data;
    private final DatabasePlace place;
    private @Nullable DatabasesService databases;
    private @Nullable AccessService access;
    private Instant now = NOON;
    private String bootstrapFile = "bootstrap.json";
    private String bootstrapKey = "";

    Store(DatabaseKind kind, Path data) {
        this.data = data;
        this.place = DatabasePlace.fresh(kind, data.resolve("db"));
    }

    Store bootstrapFile(String name) {
        bootstrapFile = name;
        return this;
    }

    Store bootstrapKey(String secret) {
        bootstrapKey = secret;
        return this;
    }

    void now(Instant time) {
        now = time;
    }

    AccessService start() {
        close();
        var opened = new DatabasesService(DatabaseSettings.of(place.folder(), place.url(), place.user()));
        databases = opened;
        var settings = new Settings("access", bootstrapFile, bootstrapKey, 20);
        var started = new AccessService(opened, settings, data, () -> now, new SecureRandom());
        access = started;
        return started;
    }

    /** The database goes away under the keys. */
    void loseDatabase() {
        if (databases != null) {
            databases.close();
        }
    }

    @Override
    public void close() {
        if (access != null) {
            access.deactivate();
            access = null;
        }
        loseDatabase();
    }

    private record Settings(
            String folder, String bootstrap$_$file, String _bootstrap$_$key, int wrong$_$keys$_$per$_$minute)
            implements AccessService.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return AccessService.Config.class;
        }
    }
}
