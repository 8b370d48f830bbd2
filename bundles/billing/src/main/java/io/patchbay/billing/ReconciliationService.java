package io.patchbay.billing;

import io.patchbay.api.billing.Reconciliation;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Entry;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import io.patchbay.api.ledger.TransferQuery;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The component that compares. It has no part in requests. */
@Component(service = Reconciliation.class)
public final class ReconciliationService implements Reconciliation {
    private final Ledger ledger;
    private final Catalog catalog;

    @Activate
    public ReconciliationService(@Reference Ledger ledger, @Reference Catalog catalog) {
        this.ledger = ledger;
        this.catalog = catalog;
    }

    @Override
    public Comparison compare(String provider, String export, Map<String, String> columns) {
        requireKnown(provider);
        var billed = UsageExport.read(export, columns);
        var endpoints = catalog.endpoints().stream()
                .filter(endpoint -> endpoint.provider().name().equals(provider))
                .toList();
        var sheet = new Sheet(new ModelNames(endpoints), billed.namesModels());
        billed.rows().forEach(sheet::bill);
        var days = new TreeSet<LocalDate>();
        billed.rows().forEach(row -> days.add(row.day()));
        book(provider, days.first(), days.last(), sheet);
        return new Comparison(days.first(), days.last(), billed.tellsCost(), billed.tellsTokens(), sheet.lines());
    }

    private void requireKnown(String provider) {
        boolean known = catalog.providers().stream()
                        .anyMatch(status -> status.provider().name().equals(provider))
                || ledger.balances().stream().anyMatch(entry -> isCost(entry, provider));
        if (!known) {
            throw Failure.invalid("provider", "There is no provider '" + provider + "', and nothing is booked for one.")
                    .toException();
        }
    }

    /** Adds what was booked on these days. */
    private void book(String provider, LocalDate first, LocalDate last, Sheet sheet) {
        var query = TransferQuery.latest(TransferQuery.LARGEST_PAGE)
                .of(LedgerAccount.cost(provider))
                .within(
                        first.atStartOfDay().toInstant(ZoneOffset.UTC),
                        last.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        ledger.each(query, transfer -> sheet.book(transfer, provider));
    }

    private static boolean isCost(Entry entry, String provider) {
        return entry.account().equals(LedgerAccount.cost(provider));
    }

    /** Both sides, by day and model. */
    private static final class Sheet {
        private final ModelNames names;
        private final boolean byModel;
        private final Map<Place, Row> rows = new LinkedHashMap<>();

        private record Place(LocalDate day, String key) {}

        /** What stands in a place, and what the sides call the model. */
        private static final class Row {
            private Figures billed = Figures.NONE;
            private Figures booked = Figures.NONE;
            private final TreeSet<String> theirNames = new TreeSet<>();
            private final TreeSet<String> ourNames = new TreeSet<>();
        }

        Sheet(ModelNames names, boolean byModel) {
            this.names = names;
            this.byModel = byModel;
        }

        void bill(UsageExport.Row usage) {
            var row = row(usage.day(), usage.model());
            row.billed = row.billed.plus(usage.figures());
            row.theirNames.add(usage.model());
        }

        void book(Transfer transfer, String provider) {
            var details = JsonView.parse(transfer.details());
            var cost = transfer.entries().stream()
                    .filter(entry -> isCost(entry, provider))
                    .map(Entry::amount)
                    .reduce(Money.ZERO, Money::plus);
            // What is put right by hand names no model.
            var model = byModel ? details.string("model").orElse("") : "";
            var row = row(LocalDate.ofInstant(transfer.created(), ZoneOffset.UTC), model);
            row.booked = row.booked.plus(new Figures(
                    cost.dollars(),
                    details.integer("prompt_tokens").orElse(0),
                    details.integer("completion_tokens").orElse(0)));
            row.ourNames.add(model);
        }

        private Row row(LocalDate day, String model) {
            var key = model.isEmpty() ? "" : names.key(model);
            return rows.computeIfAbsent(new Place(day, key), any -> new Row());
        }

        List<Line> lines() {
            var lines = new ArrayList<Line>();
            rows.forEach((place, row) -> {
                var known = row.ourNames.isEmpty() ? row.theirNames : row.ourNames;
                if (!isNothing(row.billed) || !isNothing(row.booked)) {
                    lines.add(new Line(place.day(), String.join(", ", known), row.billed, row.booked));
                }
            });
            lines.sort(Comparator.comparing(Line::day).thenComparing(Line::model));
            return lines;
        }

        private static boolean isNothing(Figures figures) {
            return figures.dollars().signum() == 0 && figures.promptTokens() == 0 && figures.completionTokens() == 0;
        }
    }
}
