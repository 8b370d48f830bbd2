package io.patchbay.database.kit;

import io.patchbay.api.database.DatabaseKind;
import java.nio.file.Path;

/**
 * Where a test has its databases: for a {@code @ParameterizedTest} with an {@code @EnumSource} of {@link DatabaseKind}.
 *
 * <pre>{@code
 * var place = DatabasePlace.fresh(kind, temporaryFolder);
 * var databases = new DatabasesService(DatabaseSettings.of(place.folder(), place.url(), place.user()));
 * }</pre>
 *
 * @param folder for SQLite's files
 * @param url of a database of a PostgreSQL server; empty for SQLite
 * @param user who may do everything there; empty for SQLite
 */
public record DatabasePlace(Path folder, String url, String user) {
    /**
     * A place in which there is nothing yet. The first one of PostgreSQL starts the server, which takes seconds; it ends
     * with this process. On a machine where it can't be started the test fails, and says why.
     *
     * @param folder of this test alone
     */
    public static DatabasePlace fresh(DatabaseKind kind, Path folder) {
        return switch (kind) {
            case SQLITE -> new DatabasePlace(folder, "", "");
            case POSTGRESQL -> new DatabasePlace(folder, TestServer.freshDatabase(), TestServer.USER);
        };
    }
}
