package io.patchbay.batches;

import com.google.gson.JsonObject;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.database.Database;
import io.patchbay.api.database.Databases;
import io.patchbay.api.database.Scripts;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.HttpEndpoint;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component: takes files and batches, and has them worked on. For any thread; all of it blocks. */
@Component(service = BatchesService.class, immediate = true, configurationPid = "io.patchbay.batches")
@Designate(ocd = BatchesService.Config.class)
public final class BatchesService {
    /** Settings of batches. */
    @ObjectClassDefinition(name = "Patchbay batches")
    @interface Config {
        @AttributeDefinition(description = "Requests of batches under way at once", min = "1")
        int concurrency() default 4;

        @AttributeDefinition(description = "How often a request is sent before its failure counts", min = "1")
        int attempts() default 5;

        @AttributeDefinition(description = "Days after which files are deleted", min = "1")
        int retention$_$days() default 30;

        @AttributeDefinition(description = "MiB of all files of an account", min = "1")
        int account$_$mib() default 1_024;
    }

    private static final Logger log = LoggerFactory.getLogger(BatchesService.class);
    private static final long MIB = 1_048_576;
    private static final long LARGEST_FILE = 32 * MIB;

    /** Where requests of batches can go. */
    private static final Set<String> ENDPOINTS =
            Set.of("/v1/chat/completions", "/v1/embeddings", "/v1/responses", "/v1/completions", "/v1/messages");

    private final Database database;
    private final BatchStore store;
    private final BatchWorker worker;
    private final InstantSource clock;
    private final Keeping keeping;
    private final ScheduledExecutorService executor;
    private final Map<String, HttpEndpoint> endpoints = new ConcurrentHashMap<>();

    /** Opens the database, and goes on with what was not over. */
    @Activate
    public BatchesService(@Reference Databases databases, Config config) {
        this(
                databases,
                new BatchWorker.Settings(config.concurrency(), config.attempts()),
                new Keeping(Duration.ofDays(config.retention$_$days()), config.account$_$mib() * MIB),
                InstantSource.system());
    }

    /**
     * How files are kept.
     *
     * @param retention after which they are deleted
     * @param mostBytes of all files of an account
     */
    record Keeping(Duration retention, long mostBytes) {}

    BatchesService(Databases databases, BatchWorker.Settings settings, Keeping keeping, InstantSource clock) {
        this.clock = clock;
        this.keeping = keeping;
        this.executor = executor();
        try {
            database = databases.open("batches", Scripts.beside(BatchesService.class));
            store = new BatchStore(database);
            worker = new BatchWorker(
                    store, executor, route -> Optional.ofNullable(endpoints.get(route)), settings, clock);
            worker.start();
        } catch (SQLException unusable) {
            executor.shutdownNow();
            log.error("Batches can't be read: {}", unusable.getMessage());
            throw new IllegalStateException("Batches can't be read: " + unusable.getMessage(), unusable);
        }
        var unused = executor.scheduleWithFixedDelay(this::forget, 1, 60, TimeUnit.MINUTES);
    }

    private static ScheduledExecutorService executor() {
        var executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "patchbay-batches");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    private void forget() {
        try {
            store.deleteFilesBefore(clock.instant().minus(keeping.retention()));
        } catch (SQLException failure) {
            log.warn("Old files can't be deleted now: {}", failure.toString());
        }
    }

    /** Those of this bundle are none that a batch could be sent to. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(patchbay.batches=own))")
    void bindEndpoint(HttpEndpoint endpoint, Map<String, Object> properties) {
        HttpEndpoint.routes(properties).forEach(route -> endpoints.put(route, endpoint));
    }

    void unbindEndpoint(HttpEndpoint endpoint, Map<String, Object> properties) {
        HttpEndpoint.routes(properties).forEach(route -> endpoints.remove(route, endpoint));
    }

    BatchFile upload(String account, String name, String purpose, String text) {
        if (!purpose.equals("batch")) {
            throw Failure.invalid("purpose", "'purpose' must be \"batch\".").toException();
        }
        long size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST_FILE) {
            throw Failure.invalid("file", "A file has " + LARGEST_FILE / MIB + " MiB at the most.")
                    .toException();
        }
        if (asked(() -> store.size(account)) + size > keeping.mostBytes()) {
            throw Failure.of(
                            FailureKind.PAYLOAD_TOO_LARGE,
                            "The account's files have " + keeping.mostBytes() / MIB
                                    + " MiB together at the most. Delete some.")
                    .toException();
        }
        return asked(() -> {
            var file = new BatchFile(Ids.next("file-"), account, clock.instant(), name, purpose, size);
            store.write(file, text);
            return file;
        });
    }

    List<BatchFile> files(String account) {
        return asked(() -> store.files(account));
    }

    BatchFile file(String account, String id) {
        return asked(() -> store.file(account, id)).orElseThrow(() -> notFound("file '" + id + "'"));
    }

    String content(String account, String id) {
        var file = file(account, id);
        return asked(() -> store.content(file.id())).orElse("");
    }

    void deleteFile(String account, String id) {
        var file = file(account, id);
        asked(() -> {
            store.deleteFile(file.id());
            return file;
        });
    }

    /** Makes a batch of a file; one whose lines are wrong has failed, and says which. */
    Batch create(ApiKey key, String input, String endpoint, Optional<JsonObject> metadata) {
        if (!ENDPOINTS.contains(endpoint)) {
            throw Failure.invalid(
                            "endpoint",
                            "'endpoint' must be one of "
                                    + String.join(
                                            ", ", ENDPOINTS.stream().sorted().toList()) + '.')
                    .toException();
        }
        var account = key.account().id();
        var text = content(account, input);
        var now = clock.instant();
        var details = new JsonObject();
        details.addProperty("in_progress_at", now.getEpochSecond());
        metadata.ifPresent(said -> details.add("metadata", said));
        var batch = new Batch(
                Ids.next("batch_"),
                account,
                key.id(),
                now,
                now.plus(BatchWorker.window()),
                endpoint,
                input,
                Batch.Status.IN_PROGRESS,
                details);
        try {
            int total = InputLine.all(text, endpoint).size();
            batch = batch.telling("total", Integer.toString(total));
        } catch (FailureException wrong) {
            batch = batch.telling("error", wrong.failure().message())
                    .telling("error_field", wrong.failure().field().orElse(""))
                    .at(Batch.Status.FAILED, now);
        }
        var made = batch;
        asked(() -> {
            store.insert(made);
            return made;
        });
        if (made.status() == Batch.Status.IN_PROGRESS) {
            worker.add(made);
        }
        return made;
    }

    List<Batch> batches(String account) {
        return asked(() -> store.batches(account));
    }

    Batch batch(String account, String id) {
        return asked(() -> store.batch(account, id)).orElseThrow(() -> notFound("batch '" + id + "'"));
    }

    /** How many requests came out well, and how many did not, so far. */
    long[] counts(Batch batch) {
        if (batch.status().isOver()) {
            return new long[] {
                batch.told("completed").map(Long::parseLong).orElse(0L),
                batch.told("failed").map(Long::parseLong).orElse(0L)
            };
        }
        return asked(() -> new long[] {store.count(batch.id(), true), store.count(batch.id(), false)});
    }

    /** Sends no more; what is under way is still answered. */
    Batch cancel(String account, String id) {
        var batch = batch(account, id);
        if (batch.status() != Batch.Status.IN_PROGRESS) {
            throw Failure.of(
                            FailureKind.CONFLICT,
                            "The batch is " + batch.status().word() + " already.")
                    .toException();
        }
        var cancelling = batch.at(Batch.Status.CANCELLING, clock.instant());
        asked(() -> {
            store.update(cancelling);
            return cancelling;
        });
        worker.cancel(cancelling);
        return cancelling;
    }

    private static <T> T asked(Callable<T> question) {
        try {
            return question.call();
        } catch (SQLException failure) {
            log.warn("Batches can't be reached: {}", failure.toString());
            throw Failure.of(FailureKind.UNAVAILABLE, "Batches can't be reached now. Try again in a moment.")
                    .toException();
        } catch (RuntimeException told) {
            throw told;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static FailureException notFound(String what) {
        return Failure.of(FailureKind.NOT_FOUND, "There is no " + what + '.').toException();
    }

    @Deactivate
    void deactivate() {
        executor.shutdownNow();
        database.close();
    }
}
