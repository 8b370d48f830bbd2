package io.patchbay.billing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.patchbay.api.billing.Reconciliation.Figures;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider's export of usage. What a column holds is known by its name: the plain names of ours, and those that OpenAI
 * and Anthropic use.
 */
final class UsageExport {
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,12}(\\.\\d{1,30})?([eE]-?\\d{1,2})?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
    private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d\\d:\\d\\d)$");
    private static final Pattern SECONDS = Pattern.compile("\\d{9,11}");

    private final Map<String, String> renamed;
    private final List<Row> rows = new ArrayList<>();
    private boolean tellsCost;
    private boolean tellsTokens;

    private UsageExport(Map<String, String> renamed) {
        this.renamed = renamed;
    }

    /**
     * What the provider says of a model on a day.
     *
     * @param model as the provider names it; empty if it does not
     */
    record Row(LocalDate day, String model, Figures figures) {}

    /** What a column can hold. */
    private enum Column {
        DATE,
        MODEL,
        COST,
        CURRENCY,
        PROMPT,
        UNCACHED,
        CACHE_WRITE_5M,
        CACHE_WRITE_1H,
        CACHE_READ,
        COMPLETION;

        /** What it is called: our name first. Anthropic counts prompt tokens in four columns. */
        List<String> names() {
            return switch (this) {
                case DATE -> List.of("date", "day", "usage_date_utc", "start_time_iso", "start_time");
                case MODEL -> List.of("model", "line_item", "model_version");
                case COST -> List.of("cost", "cost_usd", "amount_value");
                case CURRENCY -> List.of("currency", "amount_currency");
                case PROMPT -> List.of("prompt_tokens", "input_tokens");
                case UNCACHED -> List.of("usage_input_tokens_no_cache");
                case CACHE_WRITE_5M -> List.of("usage_input_tokens_cache_write_5m");
                case CACHE_WRITE_1H -> List.of("usage_input_tokens_cache_write_1h");
                case CACHE_READ -> List.of("usage_input_tokens_cache_read");
                case COMPLETION -> List.of("completion_tokens", "output_tokens", "usage_output_tokens");
            };
        }

        String plainName() {
            return names().get(0);
        }

        static Optional<Column> called(String plainName) {
            return List.of(values()).stream()
                    .filter(column -> column.plainName().equals(plainName))
                    .findFirst();
        }
    }

    /**
     * Reads an export.
     *
     * @param renamed what its columns are called, by our names
     * @throws FailureException INVALID_REQUEST that says in which line and column what is wrong
     */
    static UsageExport read(String text, Map<String, String> renamed) {
        for (var name : renamed.keySet()) {
            if (Column.called(name).isEmpty()) {
                throw Failure.invalid("columns", "There is no column '" + name + "' to be called otherwise.")
                        .toException();
            }
        }
        var export = new UsageExport(renamed);
        try (var csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofNamedCsvRecord(withoutByteOrderMark(text))) {
            csv.forEach(export::add);
        } catch (CsvParseException malformed) {
            throw withCause(invalid("This is no CSV: " + malformed.getMessage() + '.'), malformed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (export.rows.isEmpty()) {
            throw invalid("There is no usage in it.");
        }
        return export;
    }

    /** Spreadsheets begin their tables with one. */
    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Whether it tells of money. */
    boolean tellsCost() {
        return tellsCost;
    }

    /** Whether it tells of tokens. */
    boolean tellsTokens() {
        return tellsTokens;
    }

    /** Whether it tells models apart. */
    boolean namesModels() {
        return rows.stream().anyMatch(row -> !row.model().isEmpty());
    }

    private void add(NamedCsvRecord line) {
        var date = require(line, Column.DATE);
        if (find(line, Column.COST).isEmpty() && find(line, Column.COMPLETION).isEmpty()) {
            throw invalid("There is no column 'cost', nor 'completion_tokens', in it: it has "
                    + String.join(", ", line.getHeader()) + '.');
        }
        tellsCost |= find(line, Column.COST).isPresent();
        tellsTokens |= find(line, Column.COMPLETION).isPresent();
        checkCurrency(line);
        long prompt = count(line, Column.PROMPT)
                + count(line, Column.UNCACHED)
                + count(line, Column.CACHE_WRITE_5M)
                + count(line, Column.CACHE_WRITE_1H)
                + count(line, Column.CACHE_READ);
        var figures = new Figures(dollars(line), prompt, count(line, Column.COMPLETION));
        rows.add(new Row(day(line, date), model(line), figures));
    }

    /** OpenAI's line items are {@code gpt-4o-2024-08-06, input}. */
    private String model(NamedCsvRecord line) {
        var text = value(line, Column.MODEL);
        int comma = text.indexOf(',');
        return comma < 0 ? text : text.substring(0, comma).strip();
    }

    private BigDecimal dollars(NamedCsvRecord line) {
        var text = value(line, Column.COST);
        var amount = text.startsWith("$") ? text.substring(1) : text;
        if (amount.isEmpty()) {
            return BigDecimal.ZERO;
        }
        if (!AMOUNT.matcher(amount).matches()) {
            throw wrong(line, Column.COST, "is no amount of dollars such as 12.50", null);
        }
        return new BigDecimal(amount);
    }

    private void checkCurrency(NamedCsvRecord line) {
        var currency = value(line, Column.CURRENCY);
        if (!currency.isEmpty() && !currency.equalsIgnoreCase("usd")) {
            throw wrong(line, Column.CURRENCY, "is not USD", null);
        }
    }

    private long count(NamedCsvRecord line, Column column) {
        var text = value(line, column);
        if (text.isEmpty()) {
            return 0;
        }
        if (!COUNT.matcher(text).matches()) {
            throw wrong(line, column, "is no number of tokens", null);
        }
        return Long.parseLong(text);
    }

    private LocalDate day(NamedCsvRecord line, String date) {
        try {
            var day = day(line.getField(date).strip());
            if (day.getYear() >= 1970 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException unreadable) {
            throw wrong(line, Column.DATE, "is no day such as 2026-11-27", unreadable);
        }
        throw wrong(line, Column.DATE, "is no day from 1970 to 9999", null);
    }

    /** A day, or a time, which is UTC if it says nothing else, or seconds of Unix time. */
    private static LocalDate day(String text) {
        if (SECONDS.matcher(text).matches()) {
            return LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(text)), ZoneOffset.UTC);
        }
        if (text.length() <= "2026-11-27".length()) {
            return LocalDate.parse(text);
        }
        var time = text.replace(' ', 'T');
        return OFFSET.matcher(time).find()
                ? LocalDate.ofInstant(OffsetDateTime.parse(time).toInstant(), ZoneOffset.UTC)
                : LocalDateTime.parse(time).toLocalDate();
    }

    private String value(NamedCsvRecord line, Column column) {
        return find(line, column).flatMap(line::findField).map(String::strip).orElse("");
    }

    private String require(NamedCsvRecord line, Column column) {
        return find(line, column)
                .orElseThrow(() -> invalid("There is no column '" + column.plainName() + "' in it: it has "
                        + String.join(", ", line.getHeader()) + '.'));
    }

    /** What the export calls a column, if it has it. */
    private Optional<String> find(NamedCsvRecord line, Column column) {
        var given = renamed.get(column.plainName());
        var names = given == null ? column.names() : List.of(given);
        for (var name : names) {
            for (var header : line.getHeader()) {
                if (header.strip().equalsIgnoreCase(name)) {
                    return Optional.of(header);
                }
            }
        }
        return Optional.empty();
    }

    private FailureException wrong(NamedCsvRecord line, Column column, String what, @Nullable Exception cause) {
        var name = find(line, column).orElse(column.plainName());
        var refusal = invalid("Line " + line.getStartingLineNumber() + ": '" + name + "' " + what + '.');
        return cause == null ? refusal : withCause(refusal, cause);
    }

    private static FailureException invalid(String message) {
        return Failure.invalid("csv", message).toException();
    }

    private static FailureException withCause(FailureException refusal, Exception cause) {
        refusal.initCause(cause);
        return refusal;
    }
}
