package io.patchbay.database;

import io.patchbay.api.catalog.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.postgresql.Driver;

/**
 * Where the databases are.
 *
 * @param folder of SQLite files; made when it is needed
 * @param url of a PostgreSQL server's database, {@code jdbc:postgresql://…}; empty for SQLite
 * @param user of the server; empty for the one in the address, or whom the process runs as
 * @param password of the user; empty for none
 * @param connections to one database at the most, 1 or more
 * @param patience how long a connection, or SQLite's write lock, is waited for
 */
public record DatabaseSettings(
        Path folder, String url, String user, Secret password, int connections, Duration patience) {
    /** Less is not waited for: the pool's own limit. */
    private static final Duration MIN_PATIENCE = Duration.ofMillis(250);

    private static final Duration MAX_PATIENCE = Duration.ofMinutes(1);

    static final int DEFAULT_CONNECTIONS = 8;
    static final int DEFAULT_PATIENCE_MILLIS = 5_000;

    public DatabaseSettings {
        if (!url.isEmpty() && !new Driver().acceptsURL(url)) {
            // The address is not repeated: there may be a password in it.
            throw new IllegalArgumentException("url must be jdbc:postgresql://HOST:PORT/DATABASE, or empty for SQLite");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be 1 or more, not " + connections);
        }
        if (patience.compareTo(MIN_PATIENCE) < 0 || patience.compareTo(MAX_PATIENCE) > 0) {
            throw new IllegalArgumentException("wait-millis must be " + MIN_PATIENCE.toMillis() + " to "
                    + MAX_PATIENCE.toMillis() + ", not " + patience.toMillis());
        }
    }

    /** With the defaults for all that is not given, and without a password. */
    public static DatabaseSettings of(Path folder, String url, String user) {
        return new DatabaseSettings(
                folder, url, user, Secret.of(""), DEFAULT_CONNECTIONS, Duration.ofMillis(DEFAULT_PATIENCE_MILLIS));
    }
}
