package io.patchbay.admin.api;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.ApiKeys;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.ledger.Ledger;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /statements}: what came and went on an account in a month or some days, as JSON or CSV. */
@Component(service = HttpEndpoint.class, property = HttpEndpoint.ROUTES + "=GET /api/v1/statements")
public final class StatementsEndpoint implements HttpEndpoint {
    private final Desk desk;
    private final Ledger ledger;
    private final ApiKeys keys;
    private final Clock clock;

    @Activate
    public StatementsEndpoint(@Reference Desk desk, @Reference Ledger ledger, @Reference ApiKeys keys) {
        this(desk, ledger, keys, Clock.systemUTC());
    }

    StatementsEndpoint(Desk desk, Ledger ledger, ApiKeys keys, Clock clock) {
        this.desk = desk;
        this.ledger = ledger;
        this.keys = keys;
        this.clock = clock;
    }

    private record Days(LocalDate from, LocalDate to) {}

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            var account = asker.account(request.query("account"));
            var days = days(request);
            var statement = Statement.of(ledger, account, days.from(), days.to(), this::keyName);
            return wantsCsv(request)
                    ? Answer.csv(
                            "statement-" + account + '-' + days.from() + '-' + days.to() + ".csv", statement.toCsv())
                    : Answer.data(statement.toJson());
        });
    }

    /** A deleted key has its id alone. */
    private String keyName(String id) {
        return keys.findKey(id).map(ApiKey::name).orElse(id);
    }

    /** This month if nothing is said. */
    private Days days(HttpRequest request) {
        var month = month(request);
        var from = Fields.day(request, "from").orElse(month.atDay(1));
        var to = Fields.day(request, "to").orElse(month.atEndOfMonth());
        if (to.isBefore(from)) {
            throw Fields.wrong("to", "no day before 'from'");
        }
        return new Days(from, to);
    }

    private YearMonth month(HttpRequest request) {
        try {
            return request.query("month").map(YearMonth::parse).orElseGet(() -> YearMonth.now(clock));
        } catch (DateTimeException unreadable) {
            var refusal = Fields.wrong("month", "a month such as 2026-11");
            refusal.initCause(unreadable);
            throw refusal;
        }
    }

    private static boolean wantsCsv(HttpRequest request) {
        return request.query("format").filter("csv"::equals).isPresent()
                || request.header("Accept")
                        .filter(accept -> accept.startsWith("text/csv"))
                        .isPresent();
    }
}
