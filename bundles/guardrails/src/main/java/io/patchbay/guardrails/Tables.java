package io.patchbay.guardrails;

import io.patchbay.api.database.Database;
import io.patchbay.api.guardrails.AccountGuardrail;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables. For any thread. */
final class Tables {
    private final Database database;

    Tables(Database database) {
        this.database = database;
    }

    /** All of them, the oldest first. */
    List<AccountGuardrail> all() throws SQLException {
        var keys = assignments();
        try (var connection = database.connect();
                var select = connection.prepareStatement(
                        "select id, account, created, changed, rules from guardrail order by created, id");
                var rows = select.executeQuery()) {
            var all = new ArrayList<AccountGuardrail>();
            while (rows.next()) {
                var id = rows.getString(1);
                all.add(new AccountGuardrail(
                        id,
                        rows.getString(2),
                        Instant.ofEpochMilli(rows.getLong(3)),
                        Instant.ofEpochMilli(rows.getLong(4)),
                        RulesJson.read(rows.getString(5)),
                        keys.getOrDefault(id, Set.of())));
            }
            return all;
        }
    }

    private Map<String, Set<String>> assignments() throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement("select guardrail, key from assignment");
                var rows = select.executeQuery()) {
            var keys = new HashMap<String, Set<String>>();
            while (rows.next()) {
                keys.computeIfAbsent(rows.getString(1), id -> new HashSet<>()).add(rows.getString(2));
            }
            return keys;
        }
    }

    /** Writes one, whether it is there or not, with its assignments. */
    void write(AccountGuardrail guardrail) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            delete(connection, guardrail.id());
            try (var insert = connection.prepareStatement(
                            "insert into guardrail (id, account, created, changed, rules) values (?, ?, ?, ?, ?)");
                    var assign = connection.prepareStatement("insert into assignment (guardrail, key) values (?, ?)")) {
                insert.setString(1, guardrail.id());
                insert.setString(2, guardrail.account());
                insert.setLong(3, guardrail.created().toEpochMilli());
                insert.setLong(4, guardrail.changed().toEpochMilli());
                insert.setString(5, RulesJson.write(guardrail.rules()));
                insert.executeUpdate();
                for (var key : guardrail.keys()) {
                    assign.setString(1, guardrail.id());
                    assign.setString(2, key);
                    assign.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    void delete(String id) throws SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            delete(connection, id);
            connection.commit();
        }
    }

    private static void delete(Connection connection, String id) throws SQLException {
        for (var sql : List.of("delete from guardrail where id = ?", "delete from assignment where guardrail = ?")) {
            try (var delete = connection.prepareStatement(sql)) {
                delete.setString(1, id);
                delete.executeUpdate();
            }
        }
    }
}
