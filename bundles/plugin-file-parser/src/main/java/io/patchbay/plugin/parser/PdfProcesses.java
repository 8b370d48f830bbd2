package io.patchbay.plugin.parser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that read PDFs, each with as much memory as it may take and no more. Started when one is needed; one that has
 * nothing to do for a minute is ended. A file that takes too long, or that nobody waits for any longer, takes its process
 * along. For any thread.
 */
final class PdfProcesses implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PdfProcesses.class);
    private static final List<String> PROGRAM =
            List.of("reader.jar", "pdfbox.jar", "pdfbox-io.jar", "fontbox.jar", "commons-logging.jar");
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Limits limits;
    private final ScheduledExecutorService clock;
    private final Path folder;
    /** Those that have nothing to do, the one that was used last first. */
    private final Deque<PdfProcess> idle = new ArrayDeque<>();

    private final Set<PdfProcess> all = new HashSet<>();
    private boolean isClosed;

    /** Takes the program out of the bundle. */
    PdfProcesses(Limits limits, ScheduledExecutorService clock) {
        this.limits = limits;
        this.clock = clock;
        try {
            this.folder = Files.createTempDirectory("patchbay-pdf");
            for (var jar : PROGRAM) {
                try (InputStream bytes = Optional.ofNullable(PdfProcesses.class.getResourceAsStream("/pdf/" + jar))
                        .orElseThrow(() -> new IllegalStateException(jar + " is missing"))) {
                    Files.copy(bytes, folder.resolve(jar));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The program for PDFs can't be unpacked", failure);
        }
        var unused =
                clock.scheduleWithFixedDelay(this::endIdle, IDLE.toSeconds(), IDLE.toSeconds() / 4, TimeUnit.SECONDS);
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + limits.megabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
                "-cp",
                PROGRAM.stream()
                        .map(jar -> folder.resolve(jar).toString())
                        .collect(Collectors.joining(java.io.File.pathSeparator)),
                "io.patchbay.pdf.reader.Main");
    }

    /**
     * Reads a file; blocks until it is read.
     *
     * @param waited as long as this is not done, the file is waited for
     */
    Pdf read(byte[] pdf, int mostCharacters, CompletableFuture<?> waited) {
        PdfProcess process;
        try {
            process = take();
        } catch (IOException failure) {
            throw new UncheckedIOException("No process can be started to read a PDF", failure);
        }
        var isOver = new AtomicBoolean();
        Runnable stop = () -> {
            if (isOver.compareAndSet(false, true)) {
                process.kill();
            }
        };
        var limit = clock.schedule(stop, limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        var unused = waited.whenComplete((result, failure) -> stop.run());
        try {
            var read = process.read(pdf, limits.pages(), mostCharacters);
            if (isOver.compareAndSet(false, true)) {
                giveBack(process);
                return read;
            }
        } catch (IOException died) {
            if (!waited.isDone()) {
                log.warn("A PDF of {} bytes could not be read: it took too long, or too much memory", pdf.length);
            }
        } finally {
            isOver.set(true);
            limit.cancel(false);
        }
        remove(process);
        return Pdf.DIED;
    }

    private synchronized PdfProcess take() throws IOException {
        while (!idle.isEmpty()) {
            var process = idle.pop();
            if (process.isAlive()) {
                return process;
            }
            all.remove(process);
        }
        if (isClosed) {
            throw new IOException("closed");
        }
        var process = PdfProcess.start(command(), folder);
        all.add(process);
        return process;
    }

    private synchronized void giveBack(PdfProcess process) {
        if (isClosed) {
            process.kill();
            return;
        }
        process.idleSince(System.nanoTime());
        idle.push(process);
    }

    private synchronized void remove(PdfProcess process) {
        process.kill();
        all.remove(process);
    }

    private synchronized void endIdle() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.peekLast().idleSince() > IDLE.toNanos()) {
            remove(idle.removeLast());
        }
    }

    /** How many there are. */
    synchronized int size() {
        return all.size();
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            idle.clear();
            all.forEach(PdfProcess::kill);
            all.clear();
        }
        try {
            for (var jar : PROGRAM) {
                Files.deleteIfExists(folder.resolve(jar));
            }
            Files.deleteIfExists(folder);
        } catch (IOException stays) {
            log.debug("{} stays behind", folder, stays);
        }
    }
}
