package io.patchbay.database;

import com.zaxxer.hikari.HikariConfig;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.database.Database;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.database.Databases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component. What it has opened is closed with it, so that whoever comes next can open it. */
@Component(service = Databases.class, configurationPid = "io.patchbay.database")
@Designate(ocd = DatabasesService.Config.class)
public final class DatabasesService implements Databases, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DatabasesService.class);

    /** PostgreSQL's names end there. */
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,63}");

    /** Settings of the databases. The secret begins with a dot, so that it is not among the service's properties. */
    @ObjectClassDefinition(name = "Patchbay databases")
    @interface Config {
        @AttributeDefinition(description = "Folder of SQLite's files, absolute or relative to the data folder")
        String folder() default "db";

        @AttributeDefinition(
                description = "A PostgreSQL server's database: jdbc:postgresql://HOST:PORT/DATABASE; empty for SQLite")
        String url() default "";

        @AttributeDefinition(description = "Who Patchbay is to the server")
        String user() default "";

        @AttributeDefinition(type = AttributeType.PASSWORD, description = "The user's password")
        String _password() default "";

        @AttributeDefinition(
                description =
                        "File with the user's password in its first line, absolute or relative to the data folder;"
                                + " empty for none")
        String password$_$file() default "";

        @AttributeDefinition(description = "Connections to one database at the most")
        int connections() default DatabaseSettings.DEFAULT_CONNECTIONS;

        @AttributeDefinition(description = "Milliseconds that a connection, or SQLite's write lock, is waited for")
        int wait$_$millis() default DatabaseSettings.DEFAULT_PATIENCE_MILLIS;
    }

    private final DatabaseSettings settings;
    private final DatabaseHome home;
    private final Object lock = new Object();
    private final Set<PooledDatabase> open = ConcurrentHashMap.newKeySet();
    /** Guarded by the lock. */
    private boolean isClosed;

    @Activate
    public DatabasesService(Config config) {
        this(checked(config));
    }

    /** Opens nothing yet. */
    public DatabasesService(DatabaseSettings settings) {
        this.settings = settings;
        this.home = settings.url().isEmpty()
                ? new SqliteFolder(settings.folder(), settings.patience())
                : new PostgresServer(settings);
    }

    private static DatabaseSettings checked(Config config) {
        try {
            return settings(config, Path.of(System.getProperty("karaf.data", "data")));
        } catch (IllegalArgumentException | UncheckedIOException wrong) {
            // In one line of its own, because the stack trace that the framework logs is hard to read.
            log.error("No database can be opened: {}. See io.patchbay.database.cfg.", wrong.getMessage());
            throw wrong;
        }
    }

    static DatabaseSettings settings(Config config, Path data) {
        var password = config._password();
        if (password.isEmpty() && !config.password$_$file().isBlank()) {
            password = firstLine(data.resolve(config.password$_$file()));
        }
        return new DatabaseSettings(
                data.resolve(config.folder()),
                config.url().strip(),
                config.user().strip(),
                Secret.of(password),
                config.connections(),
                Duration.ofMillis(config.wait$_$millis()));
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("password-file can't be read", unreadable);
        }
    }

    @Override
    public Database open(String name, Function<DatabaseKind, List<String>> scripts) throws SQLException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("No name of a database: " + name);
        }
        var migrations = new Migrations(scripts.apply(home.kind()));
        synchronized (lock) {
            if (isClosed) {
                throw new SQLException("Database " + name + " can't be opened: this service was stopped");
            }
            try {
                return open(name, migrations, home.claim(name));
            } catch (SQLException e) {
                throw new SQLException("Database " + name + " can't be opened: " + e.getMessage(), e);
            }
        }
    }

    private Database open(String name, Migrations migrations, Claim claim) throws SQLException {
        try {
            int scripts = migrations.run(claim);
            var database = new PooledDatabase(home.kind(), claim, pool(name, claim.pooled()), open::remove);
            open.add(database);
            log.info("Database {} ({}) is open; scripts that ran: {}", name, home.kind(), scripts);
            return database;
        } catch (SQLException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    private HikariConfig pool(String name, HikariConfig pooled) {
        pooled.setPoolName("patchbay-" + name);
        pooled.setMaximumPoolSize(settings.connections());
        pooled.setMinimumIdle(1);
        pooled.setConnectionTimeout(settings.patience().toMillis());
        // One that can't be made is told to whoever asks for it.
        pooled.setInitializationFailTimeout(-1);
        return pooled;
    }

    @Deactivate
    @Override
    public void close() {
        synchronized (lock) {
            isClosed = true;
        }
        open.forEach(PooledDatabase::close);
    }
}
