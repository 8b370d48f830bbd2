package io.patchbay.plugin.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes come when they are needed, stay for the next file, and go with what is wrong. */
class PdfProcessesTest {
    private static final Limits LIMITS = new Limits(3, 1 << 20, 5, 2_000, Duration.ofSeconds(60), 64, 2, 8);
    private static final byte[] PDF = Pdfs.of("a page");

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final PdfProcesses processes = new PdfProcesses(LIMITS, clock);
    private final CompletableFuture<Void> waited = new CompletableFuture<>();

    @AfterEach
    void stop() {
        processes.close();
        clock.shutdownNow();
    }

    @Test
    void oneReadsOneFileAfterTheOther() {
        assertThat(processes.size()).isZero();

        for (int i = 0; i < 3; i++) {
            assertThat(processes.read(PDF, 100, waited)).isEqualTo(new Pdf(Pdf.Outcome.TEXT, 1, "a page"));
        }
        waited.complete(null);

        assertThat(processes.size()).isEqualTo(1);
        assertThat(processes.read(PDF, 100, new CompletableFuture<>()).outcome())
                .isEqualTo(Pdf.Outcome.TEXT);
    }

    @Test
    void oneIsKilledWhoseFileNobodyWaitsFor() throws Exception {
        var slow = Pdfs.slow(800);
        var reading = CompletableFuture.supplyAsync(() -> processes.read(slow, 100, waited));

        waited.cancel(false);

        assertThat(reading.get(60, TimeUnit.SECONDS)).isEqualTo(Pdf.DIED);
        assertThat(processes.size()).isZero();
    }
}
