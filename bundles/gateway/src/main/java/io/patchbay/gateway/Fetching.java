package io.patchbay.gateway;

import io.patchbay.api.fetch.Fetched;
import io.patchbay.api.fetch.Fetcher;
import io.patchbay.api.swap.Parking;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Fetches for requests, with whoever does that at the moment; bounds what is in memory of it. For any thread. */
final class Fetching {
    private final Parking parking;
    private final Semaphore memory;
    private final int mostBytes;
    private final Installed<Fetcher> fetchers = new Installed<>("Fetcher");

    /** @param mostBytes of what was fetched for all requests that are under way */
    Fetching(Parking parking, int mostBytes) {
        this.parking = parking;
        this.mostBytes = mostBytes;
        this.memory = new Semaphore(mostBytes);
    }

    Installed<Fetcher> fetchers() {
        return fetchers;
    }

    /** Whether anybody fetches here, now or in a moment. */
    boolean isPossible() {
        return fetchers.isAnyKnown();
    }

    /** The most bytes that can be had. */
    int mostBytes() {
        return mostBytes;
    }

    /** Whether there is memory for so many bytes; it is given back by {@link #giveBack}. */
    boolean tryTake(int bytes) {
        return memory.tryAcquire(bytes);
    }

    void giveBack(int bytes) {
        memory.release(bytes);
    }

    /** Who fetches stays until all that follows from what it has fetched is done. */
    CompletableFuture<Fetched> fetch(String url, String field) {
        var content = new CompletableFuture<Fetched>();
        tryFetch(url, field, content)
                .ifPresentOrElse(
                        Runnable::run,
                        () -> parking.park(
                                () -> content.isDone() ? Optional.of(() -> {}) : tryFetch(url, field, content),
                                () -> !isPossible(),
                                () -> content.completeExceptionally(RunFailures.UNAVAILABLE.toException())));
        return content;
    }

    private Optional<Runnable> tryFetch(String url, String field, CompletableFuture<Fetched> content) {
        return fetchers.all().stream()
                .filter(one -> one.leases().acquire())
                .findFirst()
                .map(one -> () -> fetch(one, url, field, content));
    }

    private static void fetch(
            Installed.One<Fetcher> leased, String url, String field, CompletableFuture<Fetched> content) {
        CompletableFuture<Fetched> fetching;
        try {
            fetching = leased.service().fetch(url, field);
        } catch (RuntimeException | Error defect) {
            leased.leases().release();
            content.completeExceptionally(defect);
            return;
        }
        var unused = content.whenComplete((fetched, failure) -> fetching.cancel(false));
        var unused2 = fetching.whenComplete((fetched, failure) -> {
            try {
                if (failure == null) {
                    content.complete(fetched);
                } else {
                    content.completeExceptionally(failure);
                }
            } finally {
                leased.leases().release();
            }
        });
    }
}
