package io.patchbay.catalog;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.catalog.Prices.Source;
import io.patchbay.api.catalog.Prices.Version;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every endpoint has cost, a line for each change, added to a file. What was charged does not hang on it: every
 * charge says by which amounts it was reckoned.
 */
final class PriceHistory {
    private static final Logger log = LoggerFactory.getLogger(PriceHistory.class);

    private static final int COLUMNS = 5;

    private final Path file;
    private final Map<String, List<Version>> byEndpoint = new HashMap<>();

    PriceHistory(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            read();
        }
    }

    private void read() {
        try {
            cutOffWhatACrashLeft();
        } catch (IOException failure) {
            log.warn("The history of prices in {} can't be mended: {}", file, failure.toString());
        }
        try (var csv = CsvReader.builder().allowMissingFields(true).ofCsvRecord(file)) {
            csv.forEach(this::read);
        } catch (IOException | CsvParseException unreadable) {
            log.warn("The history of prices in {} can't be read any further: {}", file, unreadable.toString());
        }
    }

    private void read(CsvRecord line) {
        if (line.getFieldCount() != COLUMNS) {
            return;
        }
        try {
            var source = Source.valueOf(line.getField(3).toUpperCase(Locale.ROOT));
            var since = Instant.parse(line.getField(0));
            remember(line.getField(1), new Version(since, line.getField(2), source, line.getField(4)));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            log.warn("Line {} of {} is passed over: {}", line.getStartingLineNumber(), file, unreadable.toString());
        }
    }

    /** Half a line is no loss worth a failure, but what is added must not become a part of it. */
    private void cutOffWhatACrashLeft() throws IOException {
        var bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
            }
        }
    }

    synchronized List<Version> of(String endpoint) {
        var versions = new ArrayList<>(byEndpoint.getOrDefault(endpoint, List.of()));
        Collections.reverse(versions);
        return versions;
    }

    /**
     * Adds what is new.
     *
     * @param source who says what an endpoint costs
     */
    synchronized void note(Collection<Endpoint> endpoints, Instant now, Function<Endpoint, Source> source) {
        var lines = new StringWriter();
        try (var csv = CsvWriter.builder().build(lines)) {
            for (var endpoint : endpoints) {
                if (endpoint.price().isPresent()) {
                    note(endpoint.id(), endpoint.price().get(), now, source.apply(endpoint), csv);
                }
            }
        } catch (IOException impossible) {
            log.warn("Prices could not be noted", impossible);
        }
        append(lines.toString());
    }

    private void note(String id, Price price, Instant now, Source source, CsvWriter csv) {
        var known = byEndpoint.get(id);
        if (known != null) {
            var last = known.get(known.size() - 1);
            if (last.version().equals(price.version()) && last.source() == source) {
                return;
            }
        }
        var version = new Version(now, price.version(), source, describe(price));
        remember(id, version);
        csv.writeRecord(now.toString(), id, version.version(), source.name().toLowerCase(Locale.ROOT), version.price());
    }

    private void remember(String id, Version version) {
        byEndpoint.computeIfAbsent(id, any -> new ArrayList<>()).add(version);
    }

    private void append(String lines) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
        } catch (IOException failure) {
            log.warn("Prices could not be noted in {}: {}", file, failure.toString());
        }
    }

    /** {@code prompt 2.5, completion 10 (above 200000: prompt 5)}: tokens by the million. */
    static String describe(Price price) {
        var units = new HashMap<Unit, BigDecimal>();
        for (var unit : Unit.values()) {
            price.of(unit).ifPresent(amount -> units.put(unit, amount));
        }
        var text = new StringBuilder(price.isCeiling() ? "at most " : "").append(describe(units));
        for (var tier : price.tiers()) {
            text.append(" (above ").append(tier.promptTokens()).append(": ");
            text.append(describe(tier.amounts())).append(')');
        }
        for (var hours : price.hours()) {
            text.append(String.format(
                    " (%02d:%02d to %02d:%02d%s: ",
                    hours.from() / 60,
                    hours.from() % 60,
                    hours.until() / 60,
                    hours.until() % 60,
                    hours.promptTokens() == 0 ? "" : " above " + hours.promptTokens()));
            text.append(describe(hours.amounts())).append(')');
        }
        return text.toString();
    }

    private static String describe(Map<Unit, BigDecimal> amounts) {
        var parts = new ArrayList<String>();
        for (var unit : Unit.values()) {
            var amount = amounts.get(unit);
            if (amount != null && (amount.signum() > 0 || unit == Unit.PROMPT || unit == Unit.COMPLETION)) {
                var shown = unit.isToken() ? amount.movePointRight(6) : amount;
                parts.add(unit.key()
                        + ' '
                        + (shown.signum() == 0
                                ? "0"
                                : shown.stripTrailingZeros().toPlainString()));
            }
        }
        return String.join(", ", parts);
    }
}
