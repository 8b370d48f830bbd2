package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.database.DatabaseKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random courses of events: top-ups, holds, captures, releases, duplicates, captures in another order, crashes. Each seed
 * is one course, the same each time; a failure names its seed. {@code -Dpatchbay.seeds=10000} runs more, as the profile {@code nightly} does;
 * {@code -Dpatchbay.first-seed=N} begins elsewhere.
 */
@Execution(ExecutionMode.CONCURRENT)
class SimulationTest {
    private static final long SEEDS_A_TEST = 50;

    @TempDir
    Path folder;

    static LongStream firstSeeds() {
        long first = Long.getLong("patchbay.first-seed", 1);
        long seeds = Long.getLong("patchbay.seeds", 200);
        return LongStream.iterate(first, seed -> seed < first + seeds, seed -> seed + SEEDS_A_TEST);
    }

    @ParameterizedTest(name = "seeds from {0} on")
    @MethodSource("firstSeeds")
    void theBookStaysRight(long firstSeed) throws Exception {
        long last = firstSeed + Math.min(SEEDS_A_TEST, Long.getLong("patchbay.seeds", 200));
        for (long seed = firstSeed; seed < last; seed++) {
            var place = Files.createDirectory(folder.resolve("seed-" + seed));
            try (var book = new TestBook(DatabaseKind.SQLITE, place)) {
                new Course(book, seed).run();
                assertThat(book.ledger().verify().differences())
                        .as("seed %d", seed)
                        .isEmpty();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
