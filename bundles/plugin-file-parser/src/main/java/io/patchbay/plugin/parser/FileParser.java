package io.patchbay.plugin.parser;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.fetch.Fetcher;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.pipeline.Plugin;
import io.patchbay.api.pipeline.Room;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The component. As with OpenRouter, files go as they are to models of which somebody is known to take files, and as text to
 * all others; a request may name the engine that it wants.
 */
@Component(
        service = Plugin.class,
        configurationPid = "io.patchbay.plugin.file.parser",
        property = {Plugin.ID + '=' + Engine.PLUGIN, Plugin.PREPARES + "=file"})
@Designate(ocd = FileParser.Config.class)
public final class FileParser implements Plugin, AutoCloseable {
    private static final int MIB = 1 << 20;
    /** So many files of the largest size, fetched, may wait for a worker. */
    private static final int LARGEST_WAITING = 3;

    /** Settings of the plugin. */
    @ObjectClassDefinition(name = "Patchbay file parser")
    @interface Config {
        @AttributeDefinition(description = "Files of a request, at the most", min = "1")
        int max$_$files() default 20;

        @AttributeDefinition(description = "Megabytes of a file, at the most", min = "1", max = "100")
        int max$_$megabytes() default 20;

        @AttributeDefinition(description = "Pages of a PDF, at the most", min = "1")
        int max$_$pages() default 1_000;

        @AttributeDefinition(description = "Characters of text of all files of a request, at the most", min = "1")
        int max$_$characters() default 2_000_000;

        @AttributeDefinition(description = "Milliseconds that a PDF may take to be read", min = "1")
        long timeout$_$millis() default 20_000;

        @AttributeDefinition(description = "Megabytes of memory for each process that reads PDFs", min = "32")
        int memory$_$megabytes() default 160;

        @AttributeDefinition(description = "Files that are read at once", min = "1")
        int workers() default 2;

        @AttributeDefinition(description = "Files that may wait to be read", min = "1")
        int max$_$queue() default 64;
    }

    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;
    private final PdfProcesses pdfs;
    private final Parsing.Tools tools;

    @Activate
    public FileParser(@Reference Fetcher fetcher, Config config) {
        this(
                fetcher,
                new Limits(
                        config.max$_$files(),
                        config.max$_$megabytes() * MIB,
                        config.max$_$pages(),
                        config.max$_$characters(),
                        Duration.ofMillis(config.timeout$_$millis()),
                        config.memory$_$megabytes(),
                        config.workers(),
                        config.max$_$queue()));
    }

    FileParser(Fetcher fetcher, Limits limits) {
        this.workers = new ThreadPoolExecutor(
                limits.workers(),
                limits.workers(),
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.queue()),
                daemons("worker"));
        workers.allowCoreThreadTimeOut(true);
        this.clock = new ScheduledThreadPoolExecutor(1, daemons("clock"));
        clock.setRemoveOnCancelPolicy(true);
        this.pdfs = new PdfProcesses(limits, clock);
        this.tools = new Parsing.Tools(fetcher, pdfs, workers, new Semaphore(limits.bytes() * LARGEST_WAITING), limits);
        warmUp();
    }

    private static ThreadFactory daemons(String purpose) {
        return task -> {
            var thread = new Thread(task, "patchbay-file-parser-" + purpose);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Loads what an answer may need: it can outlive the moment from which this bundle loads no more. */
    private static void warmUp() {
        var request = ChatRequest.of(
                JsonView.parse(
                        "{\"messages\":[{\"content\":[{\"type\":\"file\",\"file\":{}}],\"annotations\":[{\"type\":\"file\"}]}]}"));
        var part = FilePart.of(request).get(0);
        var files = new ReadFiles(request, List.of(new ReadFile(part, "", "", 0, false)));
        files.answer();
        files.notes();
        files.whole(ChatCompletion.of(JsonView.parse("{\"choices\":[{\"message\":{\"annotations\":[{}]}}]}")));
        files.chunks(List.of(ChatChunk.of(JsonView.parse("{\"choices\":[]}"))));
        files.rest();
    }

    /** Names the engine's mistakes also where there is no file. */
    @Override
    public Optional<Passage> enter(ChatRequest request, Optional<JsonView> settings, Room room) {
        settings.ifPresent(said -> Engine.named(request, said));
        return Optional.empty();
    }

    @Override
    public Optional<CompletableFuture<Passage>> prepare(ChatRequest request, Optional<JsonView> settings, Room room) {
        if (engine(request, settings, room) == Engine.NATIVE) {
            return Annotations.isThereAny(request)
                    ? Optional.of(CompletableFuture.completedFuture(new ReadFiles(request, List.of())))
                    : Optional.empty();
        }
        var parts = FilePart.of(request);
        if (parts.size() > tools.limits().files()) {
            throw Failure.invalid(
                            "messages", "A request may have " + tools.limits().files() + " files at the most.")
                    .toException();
        }
        return Optional.of(new Parsing(tools, request, parts).start());
    }

    private static Engine engine(ChatRequest request, Optional<JsonView> settings, Room room) {
        return settings.flatMap(said -> Engine.named(request, said))
                .orElseGet(() -> room.isTaken("file") ? Engine.NATIVE : Engine.TEXT);
    }

    /** How long the texts are going to be, nobody knows. */
    @Override
    public JsonView foreseen(ChatRequest request, Optional<JsonView> settings, Room room) {
        if (engine(request, settings, room) == Engine.NATIVE) {
            return request.json();
        }
        var unread = FilePart.of(request).stream()
                .map(part -> new ReadFile(part, "", "", 0, false))
                .toList();
        return PlainRequest.of(request, unread);
    }

    /** The gateway has waited for what was under way. */
    @Deactivate
    @Override
    public void close() {
        workers.shutdown();
        pdfs.close();
        clock.shutdownNow();
    }
}
