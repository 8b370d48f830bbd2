package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InstalledTest {
    private final Installed<String> installed = new Installed<>("Thing");
    private final AtomicBoolean isUninstalled = new AtomicBoolean();

    private void add(String service) {
        installed.add(new Installed.One<>("one", service, 0, isUninstalled::get));
    }

    @Test
    void whoIsBeingReplacedIsNeverUnknown() {
        var service = "service";
        add(service);
        var replacing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100_000; i++) {
                installed.remove(service);
                add(service);
            }
        });

        int unknown = 0;
        while (!replacing.isDone()) {
            unknown += installed.isKnown("one") && installed.isAnyKnown() ? 0 : 1;
        }

        replacing.join();
        assertThat(unknown).isZero();
    }

    @Test
    void isCompleteWithEverybodyOrNotAtAll() {
        var service = "service";
        add(service);
        var replacing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100_000; i++) {
                installed.remove(service);
                add(service);
            }
        });

        int withoutIt = 0;
        while (!replacing.isDone()) {
            withoutIt += installed.complete().filter(there -> there.isEmpty()).isPresent() ? 1 : 0;
        }

        replacing.join();
        assertThat(withoutIt).isZero();
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
