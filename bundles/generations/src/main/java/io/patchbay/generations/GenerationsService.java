package io.patchbay.generations;

import io.patchbay.api.database.Database;
import io.patchbay.api.database.Databases;
import io.patchbay.api.database.Scripts;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Activity;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.generation.KeptGeneration;
import io.patchbay.api.json.JsonView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The component: a thread of its own writes what has been handed in, many records with one commit. Until then they are
 * found in memory. If the database stays away, the oldest are given up.
 */
@Component(service = Generations.class, immediate = true, configurationPid = "io.patchbay.generations")
@Designate(ocd = GenerationsService.Config.class)
public final class GenerationsService implements Generations {
    private static final Logger log = LoggerFactory.getLogger(GenerationsService.class);
    /** How many are gathered. Few: to write hundreds at once would keep a core from the answers for milliseconds. */
    private static final int ENOUGH = 100;
    /** For how long they are gathered. */
    private static final long PAUSE_MILLIS = 200;
    /** How many of those that have come meanwhile are written with one commit. */
    private static final int LARGEST_BATCH = 500;
    /** How many may wait. */
    private static final int MOST = 20_000;
    /** How long whoever closes it waits for the last ones to be written. */
    private static final long PATIENCE_MILLIS = 10_000;

    /** Settings of what is remembered. */
    @ObjectClassDefinition(name = "Patchbay generations")
    @interface Config {
        @AttributeDefinition(description = "Days that the record of a generation is kept; 0 for ever", min = "0")
        int keep$_$days() default 0;
    }

    private final Database database;
    private final Tables tables;
    private final Optional<Retention> retention;
    private final Map<String, GenerationRecord> waiting = new LinkedHashMap<>();
    private final Thread writer;
    private boolean closing;

    /** Opens the database. */
    @Activate
    public GenerationsService(@Reference Databases databases, Config config) {
        this(databases, InstantSource.system(), Duration.ofDays(Math.max(0, config.keep$_$days())));
    }

    /** @param kept how long; zero is for ever */
    GenerationsService(Databases databases, InstantSource clock, Duration kept) {
        try {
            database = databases.open("generations", Scripts.beside(GenerationsService.class));
        } catch (SQLException unusable) {
            log.error("Generations can't be remembered: {}", unusable.getMessage());
            throw new IllegalStateException("Generations can't be remembered: " + unusable.getMessage(), unusable);
        }
        tables = new Tables(database);
        writer = new Thread(this::write, "patchbay-generations");
        writer.setDaemon(true);
        writer.start();
        retention = kept.isZero() ? Optional.empty() : Optional.of(new Retention(tables, clock, kept));
    }

    @Override
    public void keep(GenerationRecord record) {
        synchronized (waiting) {
            if (waiting.size() == MOST) {
                var oldest = waiting.keySet().iterator().next();
                waiting.remove(oldest);
                log.warn("Generation {} is forgotten: the database does not keep up", oldest);
            }
            waiting.put(record.id(), record);
            if (waiting.size() == ENOUGH) {
                waiting.notifyAll();
            }
        }
    }

    @Override
    public Optional<KeptGeneration> find(String id) {
        synchronized (waiting) {
            var record = waiting.get(id);
            if (record != null) {
                var json = JsonView.parse(Description.of(record));
                return Optional.of(new KeptGeneration(id, record.account(), record.key(), json));
            }
        }
        try {
            return tables.find(id);
        } catch (SQLException failure) {
            throw unreadable(failure);
        }
    }

    @Override
    public void each(Instant from, Instant until, Consumer<KeptGeneration> taker) {
        try {
            tables.each(from, until, taker);
        } catch (SQLException failure) {
            throw unreadable(failure);
        }
    }

    @Override
    public List<Activity> activity(LocalDate from, LocalDate to) {
        try {
            return tables.activity(from, to);
        } catch (SQLException failure) {
            throw unreadable(failure);
        }
    }

    private void write() {
        try {
            for (var batch = gather(); !batch.isEmpty(); batch = gather()) {
                if (tryWrite(batch)) {
                    forget(batch);
                } else if (isClosing()) {
                    return;
                } else {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException nobodyDoesThat) {
            log.error("Generations are written no more", nobodyDoesThat);
        }
    }

    /** Returns whether they need not be written again. */
    private boolean tryWrite(List<GenerationRecord> batch) {
        try {
            tables.insert(batch);
            return true;
        } catch (SQLException failure) {
            log.warn("Generations can't be written; trying again: {}", failure.toString());
            return false;
        } catch (RuntimeException defect) {
            log.error("{} generations can't be written, and are forgotten", batch.size(), defect);
            return true;
        }
    }

    /** Waits until there is something to write; nothing if there never will be again. */
    private List<GenerationRecord> gather() throws InterruptedException {
        synchronized (waiting) {
            do {
                if (!closing && waiting.size() < ENOUGH) {
                    waiting.wait(PAUSE_MILLIS);
                }
            } while (!closing && waiting.isEmpty());
            var batch = new ArrayList<GenerationRecord>();
            for (var record : waiting.values()) {
                if (batch.size() == LARGEST_BATCH) {
                    break;
                }
                batch.add(record);
            }
            return batch;
        }
    }

    private void forget(List<GenerationRecord> written) {
        synchronized (waiting) {
            // A named request that failed and is tried again has a second record of the same id.
            written.forEach(record -> waiting.remove(record.id(), record));
        }
    }

    private boolean isClosing() {
        synchronized (waiting) {
            return closing;
        }
    }

    private static FailureException unreadable(SQLException failure) {
        log.warn("Generations can't be read", failure);
        return Failure.of(FailureKind.UNAVAILABLE, "Generations can't be read at the moment. Try again in a moment.")
                .toException();
    }

    /** Writes what is waiting, and closes the database. */
    @Deactivate
    public void deactivate() {
        retention.ifPresent(Retention::close);
        synchronized (waiting) {
            closing = true;
            waiting.notifyAll();
        }
        try {
            writer.join(PATIENCE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}
