package io.patchbay.database;

import io.patchbay.api.database.DatabaseKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite files {@code NAME.db} in a folder, with SQLite's own {@code NAME.db-wal} and {@code NAME.db-shm} beside while
 * they are open, and {@code NAME.lock}, an empty database whose lock says that somebody has the other one.
 *
 * <p>It is SQLite that locks, and not {@link java.nio.channels.FileLock}: of that, a vain attempt in the same process
 * would end the lock that is there, since POSIX gives up a file's locks with the first of its descriptors that is closed.
 */
final class SqliteFolder implements DatabaseHome {
    /** The rest of an error's code says more than is needed here. */
    private static final int PRIMARY_CODE = 0xff;

    private final Path folder;
    private final Duration patience;

    /**
     * Does not touch the folder yet.
     *
     * @param patience how long the write lock is waited for
     */
    SqliteFolder(Path folder, Duration patience) {
        this.folder = folder;
        this.patience = patience;
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.SQLITE;
    }

    @Override
    public Claim claim(String name) throws SQLException {
        var file = folder.resolve(name + ".db");
        var lock = folder.resolve(name + ".lock");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, ownersAlone("rwx------"));
            }
            makeIfMissing(lock);
            makeIfMissing(file);
        } catch (IOException unwritable) {
            throw new SQLException(file + " can't be made: " + unwritable, unwritable);
        }
        try {
            return new SqliteClaim(file, hold(lock), patience);
        } catch (SQLException e) {
            throw (e.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_BUSY.code
                    ? new SQLException(file + " is open already, in this process or in another one", e)
                    : e;
        }
    }

    private static Connection hold(Path lock) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(0);
        // Else a crash would leave a journal.
        config.setJournalMode(JournalMode.MEMORY);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + lock);
        var connection = source.getConnection();
        try {
            Sql.run(connection, "begin exclusive");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** SQLite would make it readable for all. It gives the files it makes beside it the same permissions. */
    private void makeIfMissing(Path file) throws IOException {
        try {
            Files.createFile(file, ownersAlone("rw-------"));
        } catch (FileAlreadyExistsException present) {
            // As it should be.
        }
    }

    private FileAttribute<?>[] ownersAlone(String permissions) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
