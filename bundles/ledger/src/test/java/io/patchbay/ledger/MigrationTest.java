package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.database.Scripts;
import io.patchbay.api.ledger.Budget.Period;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.TransferQuery;
import io.patchbay.database.DatabaseSettings;
import io.patchbay.database.DatabasesService;
import io.patchbay.database.kit.DatabasePlace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A book that an earlier version wrote. */
class MigrationTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theFirstVersionsBookIsReadAndContinued(DatabaseKind kind) throws SQLException {
        var place = DatabasePlace.fresh(kind, folder);
        try (var databases = databases(place);
                var old = databases.open(
                        "ledger",
                        any -> Scripts.beside(LedgerService.class).apply(any).subList(0, 1));
                var connection = old.connect()) {
            for (var statement : new String[] {
                "insert into ledger_account values (1, 'payments', -100), (2, 'credit/acme', 70), (3, 'cost/groq', 30)",
                "insert into transfer values (1, 'top-up-1', 'TOP_UP', 1795780800000, 2, '', '{}'),"
                        + " (2, 'gen-1', 'CHARGE', 1795780800000, 2, 'key-1', '{}')",
                "insert into entry values (1, 1, -100), (1, 2, 100), (2, 2, -30), (2, 3, 30)",
                "insert into spending values ('key-1', 20784, 30)"
            }) {
                connection.prepareStatement(statement).executeUpdate();
            }
        }

        try (var databases = databases(place)) {
            var ledger = new LedgerService(databases, () -> NOON, Duration.ZERO, Duration.ofSeconds(2));

            assertThat(ledger.verify().differences()).isEmpty();
            assertThat(ledger.balance("acme").credit()).isEqualTo(new Money(70));
            assertThat(ledger.spent("key-1", Period.ALWAYS)).isEqualTo(new Money(30));
            assertThat(ledger.transfers(TransferQuery.latest(10)
                            .of(LedgerAccount.credit("acme"))
                            .withoutCharges()))
                    .hasSize(1);
            ledger.deactivate();
        }
    }

    private static DatabasesService databases(DatabasePlace place) {
        return new DatabasesService(DatabaseSettings.of(place.folder(), place.url(), place.user()));
    }
}
