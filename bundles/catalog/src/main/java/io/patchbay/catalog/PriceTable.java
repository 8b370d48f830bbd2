package io.patchbay.catalog;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.catalog.Prices.Imported;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Prices as a table in CSV, one endpoint and time a line; further lines of the same endpoint and time say what changes for
 * longer prompts or at some hours.
 */
final class PriceTable {
    private static final String ENDPOINT = "endpoint";
    private static final String PROVIDER = "provider";
    private static final String MODEL = "model";
    private static final String FROM = "valid_from";
    private static final String ABOVE = "min_prompt_tokens";
    private static final String START = "utc_start";
    private static final String END = "utc_end";
    private static final String PER_MILLION = "_per_million";
    private static final int MILLION = 6;
    /** Finer and larger amounts are mistakes. */
    private static final int MOST_DECIMALS = 15;

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,30})?");

    private static final Pattern CLOCK = Pattern.compile("([01]\\d|2[0-3]):?([0-5]\\d)|24:?00");

    /** What comes later can't be waited for. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private PriceTable() {}

    private record Key(String endpoint, Instant from) {}

    /**
     * Reads a table.
     *
     * @param now from when on prices count whose line names no time
     * @throws FailureException INVALID_REQUEST that says in which line and column what is wrong
     */
    static List<Imported> read(String text, Instant now) {
        var prices = new LinkedHashMap<Key, Price.Builder>();
        try (var csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofNamedCsvRecord(withoutByteOrderMark(text))) {
            for (var line : csv) {
                checkColumns(line);
                if (line.getFieldCount() > line.getHeader().size()) {
                    throw wrong(line, ENDPOINT, "begins a line that is longer than the first one");
                }
                var key = new Key(endpoint(line), from(line, now));
                var price = prices.get(key);
                if (!isConditional(line)) {
                    if (price != null) {
                        throw wrong(line, ENDPOINT, "has a price from that time on already");
                    }
                    prices.put(key, price(line));
                } else if (price == null) {
                    throw wrong(line, condition(line), "comes before the line without a condition");
                } else {
                    addCondition(line, price);
                }
            }
        } catch (CsvParseException malformed) {
            throw Failure.invalid("csv", "This is no CSV: " + malformed.getMessage() + '.')
                    .toException();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        var imported = new ArrayList<Imported>();
        prices.forEach((key, price) -> imported.add(new Imported(key.endpoint(), key.from(), built(key, price))));
        if (imported.isEmpty()) {
            throw Failure.invalid("csv", "There are no prices in it.").toException();
        }
        return imported;
    }

    /** Spreadsheets begin their tables with one. */
    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Price built(Key key, Price.Builder price) {
        try {
            return price.build();
        } catch (IllegalArgumentException contradicts) {
            var refusal = Failure.invalid(
                            "csv", "The price of " + key.endpoint() + " has " + contradicts.getMessage() + '.')
                    .toException();
            refusal.initCause(contradicts);
            throw refusal;
        }
    }

    private static Price.Builder price(NamedCsvRecord line) {
        var amounts = amounts(line);
        for (var unit : List.of(Unit.PROMPT, Unit.COMPLETION)) {
            if (!amounts.containsKey(unit)) {
                throw wrong(line, unit.key(), "is missing");
            }
        }
        var price = Price.builder();
        amounts.forEach(price::each);
        return price;
    }

    private static void addCondition(NamedCsvRecord line, Price.Builder price) {
        var amounts = amounts(line);
        if (amounts.isEmpty()) {
            throw wrong(line, Unit.PROMPT.key(), "is missing, and so is every other amount");
        }
        try {
            if (isGiven(line, START) || isGiven(line, END)) {
                long size = isGiven(line, ABOVE) ? size(line) : 0;
                price.during(minute(line, START), minute(line, END), size, amounts);
            } else {
                price.above(size(line), amounts);
            }
        } catch (IllegalArgumentException unusable) {
            var refusal = wrong(line, condition(line), "is no condition: " + unusable.getMessage());
            refusal.initCause(unusable);
            throw refusal;
        }
    }

    private static String condition(NamedCsvRecord line) {
        return isGiven(line, ABOVE) ? ABOVE : START;
    }

    private static boolean isConditional(NamedCsvRecord line) {
        return isGiven(line, ABOVE) || isGiven(line, START) || isGiven(line, END);
    }

    private static Map<Unit, BigDecimal> amounts(NamedCsvRecord line) {
        var amounts = new EnumMap<Unit, BigDecimal>(Unit.class);
        for (var unit : Unit.values()) {
            var perMillion = unit.key() + PER_MILLION;
            amount(line, unit.key(), MOST_DECIMALS).ifPresent(amount -> amounts.put(unit, amount));
            amount(line, perMillion, MOST_DECIMALS - MILLION).ifPresent(amount -> {
                if (amounts.put(unit, amount.movePointLeft(MILLION)) != null) {
                    throw wrong(line, perMillion, "says again what '" + unit.key() + "' says");
                }
            });
        }
        return amounts;
    }

    private static Optional<BigDecimal> amount(NamedCsvRecord line, String column, int decimals) {
        var text = value(line, column);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var amount = AMOUNT.matcher(text).matches() ? new BigDecimal(text).stripTrailingZeros() : null;
        if (amount == null || amount.scale() > decimals) {
            throw wrong(
                    line,
                    column,
                    "is no amount of dollars such as 0.0000025, with " + decimals + " decimals at the most");
        }
        return Optional.of(amount);
    }

    private static String endpoint(NamedCsvRecord line) {
        var provider = value(line, PROVIDER);
        var model = value(line, MODEL);
        var named = value(line, ENDPOINT);
        int colon = named.indexOf(':');
        if (!named.isEmpty()) {
            if (!provider.isEmpty() || !model.isEmpty()) {
                throw wrong(line, ENDPOINT, "can't stand beside '" + PROVIDER + "' and '" + MODEL + "'");
            }
            provider = colon < 0 ? "" : named.substring(0, colon);
            model = named.substring(colon + 1);
        }
        if (provider.isEmpty() || ModelId.tryParse(model).isEmpty()) {
            throw wrong(
                    line, named.isEmpty() ? MODEL : ENDPOINT, "is no endpoint such as groq:meta-llama/llama-3.1-8b");
        }
        return provider + ':' + model;
    }

    private static Instant from(NamedCsvRecord line, Instant now) {
        var text = value(line, FROM);
        if (text.isEmpty()) {
            return now;
        }
        try {
            var time = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
                throw new DateTimeException("before 1970, or after 9999");
            }
            return time;
        } catch (DateTimeException unreadable) {
            var refusal = wrong(line, FROM, "is no time such as 2027-01-31 or 2027-01-31T12:00:00Z");
            refusal.initCause(unreadable);
            throw refusal;
        }
    }

    private static long size(NamedCsvRecord line) {
        try {
            return Long.parseLong(value(line, ABOVE));
        } catch (NumberFormatException unreadable) {
            var refusal = wrong(line, ABOVE, "is no number of tokens");
            refusal.initCause(unreadable);
            throw refusal;
        }
    }

    private static int minute(NamedCsvRecord line, String column) {
        var text = value(line, column);
        if (!CLOCK.matcher(text).matches()) {
            throw wrong(line, column, "is no time of day such as 16:30");
        }
        var digits = text.replace(":", "");
        return Integer.parseInt(digits.substring(0, 2)) * 60 + Integer.parseInt(digits.substring(2));
    }

    private static void checkColumns(NamedCsvRecord line) {
        for (var column : line.getHeader()) {
            var unit =
                    column.endsWith(PER_MILLION) ? column.substring(0, column.length() - PER_MILLION.length()) : column;
            boolean known =
                    List.of(ENDPOINT, PROVIDER, MODEL, FROM, ABOVE, START, END).contains(column);
            for (var one : Unit.values()) {
                known |= one.key().equals(unit);
            }
            if (!known) {
                throw Failure.invalid("csv", "There is no column '" + column + "' in a table of prices.")
                        .toException();
            }
        }
    }

    private static boolean isGiven(NamedCsvRecord line, String column) {
        return !value(line, column).isEmpty();
    }

    private static String value(NamedCsvRecord line, String column) {
        return line.findField(column).map(String::strip).orElse("");
    }

    private static FailureException wrong(NamedCsvRecord line, String column, String what) {
        return Failure.invalid("csv", "Line " + line.getStartingLineNumber() + ": '" + column + "' " + what + '.')
                .toException();
    }

    /** Writes a table that {@link #read} reads. */
    static String write(List<Imported> prices) {
        var table = new StringWriter();
        try (var csv = CsvWriter.builder().build(table)) {
            var header = new ArrayList<>(List.of(ENDPOINT, FROM, ABOVE, START, END));
            for (var unit : Unit.values()) {
                header.add(unit.key());
            }
            csv.writeRecord(header);
            for (var one : prices) {
                csv.writeRecord(line(one, "", "", "", units(one.price())));
                for (var tier : one.price().tiers()) {
                    csv.writeRecord(line(one, Long.toString(tier.promptTokens()), "", "", tier.amounts()));
                }
                for (var hours : one.price().hours()) {
                    var above = hours.promptTokens() == 0 ? "" : Long.toString(hours.promptTokens());
                    csv.writeRecord(line(one, above, clock(hours.from()), clock(hours.until()), hours.amounts()));
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return table.toString();
    }

    private static Map<Unit, BigDecimal> units(Price price) {
        var units = new EnumMap<Unit, BigDecimal>(Unit.class);
        for (var unit : Unit.values()) {
            price.of(unit).ifPresent(amount -> units.put(unit, amount));
        }
        return units;
    }

    private static List<String> line(
            Imported one, String above, String start, String end, Map<Unit, BigDecimal> amounts) {
        var line = new ArrayList<>(List.of(one.endpoint(), one.from().toString(), above, start, end));
        for (var unit : Unit.values()) {
            var amount = amounts.get(unit);
            line.add(amount == null ? "" : amount.toPlainString());
        }
        return line;
    }

    private static String clock(int minute) {
        return String.format("%02d:%02d", minute / 60, minute % 60);
    }
}
