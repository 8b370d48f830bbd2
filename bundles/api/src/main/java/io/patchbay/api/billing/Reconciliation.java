package io.patchbay.api.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Compares what a provider asks for with what was booked as its cost. For any thread; blocks, for long if there is much. */
@ProviderType
public interface Reconciliation {
    /**
     * Compares a provider's export of usage with the ledger, by UTC day and model, from the export's first day to its last.
     * Changes nothing.
     *
     * @param provider the provider's name
     * @param export a table in CSV; its columns: docs/billing.md
     * @param columns the export's names for columns that it calls otherwise than docs/billing.md does, by the name there
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that says in which line and column what is wrong;
     *     UNAVAILABLE if the ledger can't be read
     */
    Comparison compare(String provider, String export, Map<String, String> columns);

    /**
     * What came of it.
     *
     * @param first the export's first day
     * @param last the export's last day
     * @param tellsCost whether the export tells of money
     * @param tellsTokens whether the export tells of tokens
     * @param lines one for each day and model, by day, then model
     */
    record Comparison(LocalDate first, LocalDate last, boolean tellsCost, boolean tellsTokens, List<Line> lines) {
        /** Copies the lines. */
        public Comparison {
            lines = List.copyOf(lines);
        }

        /** All lines together. */
        public Line total() {
            return lines.stream()
                    .reduce(
                            new Line(first, "", Figures.NONE, Figures.NONE),
                            (sum, line) -> new Line(
                                    first,
                                    "",
                                    sum.billed().plus(line.billed()),
                                    sum.booked().plus(line.booked())));
        }
    }

    /**
     * A model on a day.
     *
     * @param day in UTC
     * @param model our names for it, else the provider's; empty if the export names none
     * @param billed what the provider says
     * @param booked what the ledger says
     */
    record Line(LocalDate day, String model, Figures billed, Figures booked) {
        /** Dollars that the provider asks beyond what was booked; below zero if it asks less. */
        public BigDecimal difference() {
            return billed.dollars().subtract(booked.dollars());
        }

        /** Whether both sides count the same tokens. */
        public boolean hasSameTokens() {
            return billed.promptTokens() == booked.promptTokens()
                    && billed.completionTokens() == booked.completionTokens();
        }
    }

    /**
     * What one side says.
     *
     * @param dollars exact, and finer than a billionth where the provider is
     * @param promptTokens tokens of the prompts, cached ones included
     * @param completionTokens tokens of the answers, thoughts included
     */
    record Figures(BigDecimal dollars, long promptTokens, long completionTokens) {
        /** Nothing. */
        public static final Figures NONE = new Figures(BigDecimal.ZERO, 0, 0);

        /** Both together. */
        public Figures plus(Figures other) {
            return new Figures(
                    dollars.add(other.dollars),
                    Math.addExact(promptTokens, other.promptTokens),
                    Math.addExact(completionTokens, other.completionTokens));
        }
    }
}
