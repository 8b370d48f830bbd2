package io.patchbay.batches;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the requests of all batches, a few at a time and one batch after the other, and writes down what comes back. A line's
 * generation has an id that follows from its batch and its number, so that one that is sent again after a crash is charged
 * once. Everything but {@link #add} and {@link #cancel} is done by one thread, the executor's.
 */
final class BatchWorker {
    private static final Logger log = LoggerFactory.getLogger(BatchWorker.class);

    /** Statuses of those who have too much to do, or are being replaced. */
    private static final Set<Integer> LATER = Set.of(408, 429, 500, 502, 503, 504, 529);

    /** A limit of so many in a minute is nobody's failure: who waits is let in. */
    private static final int RATE_LIMITED = 429;

    private static final long LONGEST_PAUSE_SECONDS = 60;
    private static final long NOBODY_THERE_SECONDS = 1;
    private static final long TICK_SECONDS = 5;

    private final BatchStore store;
    private final ScheduledExecutorService executor;
    private final Function<String, Optional<HttpEndpoint>> endpoints;
    private final Settings settings;
    private final InstantSource clock;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private int underWay;

    /**
     * What the operator has set.
     *
     * @param concurrency requests under way at once, of all batches
     * @param attempts how often a request is sent before its failure counts
     */
    record Settings(int concurrency, int attempts) {}

    /** A batch whose requests are being sent. */
    private static final class Running {
        private Batch batch;
        private final Queue<InputLine> waiting = new ArrayDeque<>();
        private int pending;

        Running(Batch batch) {
            this.batch = batch;
        }

        boolean isDone() {
            return waiting.isEmpty() && pending == 0;
        }
    }

    BatchWorker(
            BatchStore store,
            ScheduledExecutorService executor,
            Function<String, Optional<HttpEndpoint>> endpoints,
            Settings settings,
            InstantSource clock) {
        this.store = store;
        this.executor = executor;
        this.endpoints = endpoints;
        this.settings = settings;
        this.clock = clock;
    }

    /** Goes on with what was not over. */
    void start() throws SQLException {
        for (var batch : store.open()) {
            add(batch);
        }
        var unused = executor.scheduleWithFixedDelay(guarded(this::pump), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    /** Begins with a batch that is in the store. */
    void add(Batch batch) {
        executor.execute(guarded(() -> {
            begin(batch);
            pump();
        }));
    }

    /** Sends no more of a batch, which is marked in the store. */
    void cancel(Batch batch) {
        executor.execute(guarded(() -> {
            var one = running.get(batch.id());
            if (one != null) {
                one.batch = batch;
                one.waiting.clear();
                finishIfDone(one);
            }
        }));
    }

    private void begin(Batch batch) throws SQLException {
        var one = new Running(batch);
        running.put(batch.id(), one);
        if (batch.status() == Batch.Status.IN_PROGRESS) {
            var answered = store.answered(batch.id());
            var text = store.content(batch.input()).orElse("");
            for (var line : InputLine.all(text, batch.endpoint())) {
                if (!answered.contains(line.number())) {
                    one.waiting.add(line);
                }
            }
        }
        finishIfDone(one);
    }

    /** Sends as many as may be under way, those of the oldest batch first. */
    private void pump() throws SQLException {
        for (var one : Map.copyOf(running).values()) {
            if (isExpired(one.batch) && !one.waiting.isEmpty()) {
                expire(one);
            }
        }
        for (var one : running.values()) {
            while (underWay < settings.concurrency() && !one.waiting.isEmpty()) {
                send(one, one.waiting.remove(), 1);
            }
        }
    }

    private void send(Running one, InputLine line, int attempt) {
        one.pending++;
        var endpoint = endpoints.apply("POST /api" + one.batch.endpoint());
        if (endpoint.isEmpty()) {
            later(one, line, attempt, NOBODY_THERE_SECONDS);
            return;
        }
        underWay++;
        var caller = new Caller.OnBehalf(one.batch.key(), generation(one.batch, line));
        var sent = new SentLine(
                requestId(one.batch, line),
                "/api" + one.batch.endpoint(),
                caller,
                line.body().toBytes());
        sent.reply()
                .whenComplete((reply, failure) -> onExecutor(() -> {
                    underWay--;
                    replied(one, line, attempt, reply);
                    pump();
                }));
        try {
            endpoint.get().handle(sent, sent);
        } catch (RuntimeException | LinkageError defect) {
            // It may have been replaced that very moment.
            log.debug("Line {} of {} was not taken", line.number(), one.batch.id(), defect);
            sent.abort();
        }
    }

    private void onExecutor(Step step) {
        try {
            executor.execute(guarded(step));
        } catch (RejectedExecutionException leaving) {
            log.debug("What comes now is asked for again by the next one", leaving);
        }
    }

    static String generation(Batch batch, InputLine line) {
        return "gen-batch-" + batch.id().substring(batch.id().indexOf('_') + 1) + '-' + line.number();
    }

    private static String requestId(Batch batch, InputLine line) {
        return "batch_req_" + batch.id().substring(batch.id().indexOf('_') + 1) + '_' + line.number();
    }

    private void replied(Running one, InputLine line, int attempt, SentLine.@Nullable Reply reply) throws SQLException {
        one.pending--;
        int status = reply == null ? 500 : reply.status();
        boolean isCancelled = one.batch.status() == Batch.Status.CANCELLING;
        boolean isTriedOften = attempt >= settings.attempts() && status != RATE_LIMITED;
        if (LATER.contains(status) && !isTriedOften && !isCancelled && !isExpired(one.batch)) {
            one.pending++;
            later(one, line, attempt + 1, pause(reply, attempt));
            return;
        }
        store.result(one.batch.id(), line.number(), status, output(one.batch, line, reply));
        finishIfDone(one);
    }

    /** Counts as pending until it is sent again. */
    private void later(Running one, InputLine line, int attempt, long seconds) {
        var unused = executor.schedule(
                guarded(() -> {
                    one.pending--;
                    if (one.batch.status() != Batch.Status.IN_PROGRESS || !running.containsKey(one.batch.id())) {
                        finishIfDone(one);
                    } else {
                        send(one, line, attempt);
                    }
                }),
                seconds,
                TimeUnit.SECONDS);
    }

    private static long pause(SentLine.@Nullable Reply reply, int attempt) {
        long doubled = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(attempt, 6));
        var said = (reply == null ? Headers.none() : reply.headers()).first("Retry-After");
        try {
            return said.map(Long::parseLong)
                    .map(seconds -> Math.max(1, Math.min(LONGEST_PAUSE_SECONDS, seconds)))
                    .orElse(doubled);
        } catch (NumberFormatException unreadable) {
            return doubled;
        }
    }

    /** A line of the output, as OpenAI has it. */
    private static String output(Batch batch, InputLine line, SentLine.@Nullable Reply reply) {
        if (reply == null) {
            return unanswered(batch, line, "server_error", "The request was not answered.");
        }
        var response = new JsonObject();
        response.addProperty("status_code", reply.status());
        response.addProperty(
                "request_id", reply.headers().first("X-Generation-Id").orElseGet(() -> generation(batch, line)));
        try {
            response.add("body", JsonView.parse(reply.body()).toTree());
        } catch (MalformedJson noObject) {
            response.add("body", new JsonPrimitive(reply.body()));
        }
        return output(batch, line, response, JsonNull.INSTANCE);
    }

    private static String unanswered(Batch batch, InputLine line, String code, String message) {
        var error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        return output(batch, line, JsonNull.INSTANCE, error);
    }

    private static String output(Batch batch, InputLine line, JsonElement response, JsonElement error) {
        var json = new JsonObject();
        json.addProperty("id", requestId(batch, line));
        json.addProperty("custom_id", line.customId());
        json.add("response", response);
        json.add("error", error);
        return json.toString();
    }

    private boolean isExpired(Batch batch) {
        return batch.expires().isBefore(clock.instant());
    }

    private void expire(Running one) throws SQLException {
        for (var line : one.waiting) {
            var text = unanswered(
                    one.batch, line, "batch_expired", "The batch's time was over before this request was sent.");
            store.result(one.batch.id(), line.number(), 0, text);
        }
        one.waiting.clear();
        one.batch = one.batch.telling("expires", "over");
        finishIfDone(one);
    }

    private void finishIfDone(Running one) throws SQLException {
        if (!one.isDone() || running.remove(one.batch.id()) == null) {
            return;
        }
        var batch = one.batch;
        long wells = store.count(batch.id(), true);
        long others = store.count(batch.id(), false);
        if (wells > 0) {
            batch = batch.telling("output_file_id", write(batch, "output", store.results(batch.id(), true)));
        }
        if (others > 0) {
            batch = batch.telling("error_file_id", write(batch, "errors", store.results(batch.id(), false)));
        }
        batch = batch.telling("completed", Long.toString(wells)).telling("failed", Long.toString(others));
        var end = batch.status() == Batch.Status.CANCELLING
                ? Batch.Status.CANCELLED
                : batch.told("expires").isPresent() ? Batch.Status.EXPIRED : Batch.Status.COMPLETED;
        store.update(batch.at(end, clock.instant()));
        store.deleteResults(batch.id());
        log.info("Batch {} is {}: {} requests answered, {} not", batch.id(), end.word(), wells, others);
    }

    private String write(Batch batch, String what, String text) throws SQLException {
        var file = new BatchFile(
                Ids.next("file-"),
                batch.account(),
                clock.instant(),
                batch.id() + '_' + what + ".jsonl",
                "batch_output",
                text.getBytes(StandardCharsets.UTF_8).length);
        store.write(file, text);
        return file.id();
    }

    /** A step that may fail. */
    private interface Step {
        void run() throws SQLException;
    }

    private Runnable guarded(Step step) {
        return () -> {
            try {
                step.run();
            } catch (SQLException | FailureException failure) {
                log.warn("Batches can't go on now: {}", failure.toString());
            } catch (RuntimeException | Error defect) {
                log.error("Batches have a defect", defect);
            }
        };
    }

    static Duration window() {
        return Duration.ofHours(24);
    }
}
