package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class InstalledTest {
    private final Installed<String> installed = new Installed<>("Thing");
    private final AtomicBoolean isUninstalled = new AtomicBoolean();

    private void add(String service) {
        installed.add(new Installed.One<>("one", service, 0, isUninstalled::get));
    }

    /** How often something was true while the only one was replaced again and again. */
    private int whileReplaced(BooleanSupplier seen) {
        var service = "service";
        add(service);
        var replacing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100_000; i++) {
                installed.remove(service);
                add(service);
            }
        });
        int times = 0;
        while (!replacing.isDone()) {
            times += seen.getAsBoolean() ? 1 : 0;
        }
        replacing.join();
        return times;
    }

    @Test
    void whoIsBeingReplacedIsNeverUnknown() {
        assertThat(whileReplaced(() -> !installed.isKnown("one") || !installed.isAnyKnown()))
                .isZero();
    }

    @Test
    void isCompleteWithEverybodyOrNotAtAll() {
        assertThat(whileReplaced(
                        () -> installed.complete().filter(List::isEmpty).isPresent()))
                .isZero();
    }

    @Test
    void isCompleteWithoutWhoIsGoneForGood() {
        add("service");
        installed.remove("service");
        assertThat(installed.complete()).isEmpty();

        isUninstalled.set(true);

        assertThat(installed.complete())
                .hasValueSatisfying(there -> assertThat(there).isEmpty());
        assertThat(installed.isKnown("one")).isFalse();
        assertThat(installed.isAnyKnown()).isFalse();
    }
}
