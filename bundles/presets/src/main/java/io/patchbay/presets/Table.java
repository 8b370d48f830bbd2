package io.patchbay.presets;

import io.patchbay.api.database.Database;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.presets.Preset;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table. For any thread. */
final class Table {
    private final Database database;

    Table(Database database) {
        this.database = database;
    }

    /** All of them, in the order of their versions. */
    List<Preset> all() throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement(
                        "select account, slug, version, created, system_prompt, config from preset"
                                + " order by account, slug, version");
                var rows = select.executeQuery()) {
            var all = new ArrayList<Preset>();
            while (rows.next()) {
                all.add(new Preset(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getInt(3),
                        Instant.ofEpochMilli(rows.getLong(4)),
                        rows.getString(5),
                        JsonView.parse(rows.getString(6))));
            }
            return all;
        }
    }

    void insert(Preset preset) throws SQLException {
        try (var connection = database.connect();
                var insert = connection.prepareStatement(
                        "insert into preset (account, slug, version, created, system_prompt, config)"
                                + " values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, preset.account());
            insert.setString(2, preset.slug());
            insert.setInt(3, preset.version());
            insert.setLong(4, preset.created().toEpochMilli());
            insert.setString(5, preset.systemPrompt());
            insert.setString(6, preset.config().toString());
            insert.executeUpdate();
        }
    }

    void delete(String account, String slug) throws SQLException {
        try (var connection = database.connect();
                var delete = connection.prepareStatement("delete from preset where account = ? and slug = ?")) {
            delete.setString(1, account);
            delete.setString(2, slug);
            delete.executeUpdate();
        }
    }
}
