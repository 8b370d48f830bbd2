package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GenerationIdsTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final Random random = new Random(7);

    @Test
    void areOfOpenRoutersForm() {
        assertThat(GenerationIds.next(NOON, random)).matches("gen-1795780800-00[0-9A-Za-z]{18}");
        assertThat(GenerationIds.next(NOON.plusNanos(999_999_999), random)).matches("gen-1795780800-zz[0-9A-Za-z]{18}");
    }

    @Test
    void areInTheOrderOfTime() {
        var ids = new ArrayList<String>();
        for (int millis = 0; millis < 3_000; millis++) {
            ids.add(GenerationIds.next(NOON.plusMillis(millis), random));
        }

        assertThat(ids).isSorted();
    }

    @Test
    void areNotTheSameAtTheSameTime() {
        var ids = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(GenerationIds.next(NOON, random));
        }

        assertThat(ids).hasSize(10_000);
    }
}
