package io.patchbay.catalog;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Prices;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.files.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prices that were imported, in a table in the data folder, and what every endpoint has cost, in another one beside
 * it.
 */
@Component(service = {Prices.class, PriceBook.class})
public final class PriceBook implements Prices {
    static final String IMPORTED = "imported.csv";
    static final String HISTORY = "history.csv";

    private static final Logger log = LoggerFactory.getLogger(PriceBook.class);

    private final Path table;
    private final PriceHistory history;
    private final InstantSource clock;
    private final Object lock = new Object();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    /** By endpoint, then by time. Copied when it changes. */
    private volatile Map<String, NavigableMap<Instant, Imported>> byEndpoint = Map.of();

    @Activate
    public PriceBook() {
        this(Path.of(System.getProperty("karaf.data", "data")).resolve("prices"), InstantSource.system());
    }

    PriceBook(Path folder, InstantSource clock) {
        this.table = folder.resolve(IMPORTED);
        this.history = new PriceHistory(folder.resolve(HISTORY));
        this.clock = clock;
        try {
            if (Files.exists(table)) {
                byEndpoint = index(PriceTable.read(Files.readString(table), clock.instant()));
            }
        } catch (IOException | RuntimeException unreadable) {
            // Nobody is charged by guesswork: without its prices there is no catalog.
            log.error("The imported prices in {} can't be read: {}", table, unreadable.toString());
            throw new IllegalStateException("The imported prices in " + table + " can't be read", unreadable);
        }
    }

    /**
     * Has the catalog told of every change, after it.
     *
     * @return ends that
     */
    Runnable follow(Runnable changed) {
        followers.add(changed);
        return () -> followers.remove(changed);
    }

    /** The endpoint with its imported price, if one stands now. Does not block. */
    Endpoint priced(Endpoint endpoint) {
        var imported = byEndpoint.get(endpoint.id());
        var now = imported == null ? null : imported.floorEntry(clock.instant());
        if (now == null) {
            return endpoint;
        }
        var from = now.getKey().atZone(ZoneOffset.UTC).toLocalDate();
        var price = now.getValue().price().toBuilder().asOf(from).build();
        return endpoint.toBuilder().price(price).build();
    }

    /** How long it takes until the next imported price begins to stand, if one will. */
    Optional<Duration> untilNextChange() {
        var now = clock.instant();
        return byEndpoint.values().stream()
                .flatMap(prices -> prices.tailMap(now, false).keySet().stream())
                .min(Comparator.naturalOrder())
                .map(time -> Duration.between(now, time));
    }

    /**
     * Remembers what endpoints cost now, where that is new.
     *
     * @param source who says what an endpoint costs whose price is not imported
     */
    void note(Collection<Endpoint> endpoints, Function<Endpoint, Source> source) {
        history.note(
                endpoints,
                clock.instant(),
                endpoint -> isImported(endpoint.id()) ? Source.IMPORT : source.apply(endpoint));
    }

    private boolean isImported(String endpoint) {
        var imported = byEndpoint.get(endpoint);
        return imported != null && imported.floorKey(clock.instant()) != null;
    }

    @Override
    public List<Version> history(String endpoint) {
        return history.of(endpoint);
    }

    @Override
    public List<Imported> imported() {
        return byEndpoint.values().stream()
                .flatMap(prices -> prices.values().stream())
                .toList();
    }

    @Override
    public Version describe(Imported imported) {
        var price = imported.price();
        return new Version(imported.from(), price.version(), Source.IMPORT, PriceHistory.describe(price));
    }

    @Override
    public List<Imported> importCsv(String text) {
        var read = PriceTable.read(text, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        synchronized (lock) {
            var all = new ArrayList<>(imported());
            all.removeIf(old -> read.stream()
                    .anyMatch(one ->
                            one.endpoint().equals(old.endpoint()) && one.from().equals(old.from())));
            all.addAll(read);
            store(all);
        }
        log.info("{} prices were imported", read.size());
        followers.forEach(Runnable::run);
        return read;
    }

    @Override
    public int withdraw(String endpoint) {
        int withdrawn;
        synchronized (lock) {
            var rest = new ArrayList<>(imported());
            int before = rest.size();
            rest.removeIf(one -> one.endpoint().equals(endpoint));
            withdrawn = before - rest.size();
            if (withdrawn > 0) {
                store(rest);
            }
        }
        followers.forEach(Runnable::run);
        return withdrawn;
    }

    private void store(List<Imported> all) {
        try {
            if (all.isEmpty()) {
                Files.deleteIfExists(table);
            } else {
                PrivateFile.write(table, PriceTable.write(all).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            log.error("The prices could not be stored in {}: {}", table, failure.toString());
            throw Failure.of(FailureKind.UNAVAILABLE, "The prices could not be stored. The log says why.")
                    .toException();
        }
        byEndpoint = index(all);
    }

    private static Map<String, NavigableMap<Instant, Imported>> index(List<Imported> all) {
        var index = new TreeMap<String, NavigableMap<Instant, Imported>>();
        all.forEach(one ->
                index.computeIfAbsent(one.endpoint(), id -> new TreeMap<>()).put(one.from(), one));
        return index;
    }
}
