package io.patchbay.idempotency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.idempotency.Idempotency;
import io.patchbay.api.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The component. While there is no ledger it does not ask whether a request was charged before its answer was lost; should
 * it have been, the ledger, once it is back, takes the second charge for the first.
 */
@Component(service = Idempotency.class, immediate = true, configurationPid = "io.patchbay.idempotency")
@Designate(ocd = IdempotencyService.Config.class)
public final class IdempotencyService implements Idempotency {
    /** Settings of idempotency. */
    @ObjectClassDefinition(name = "Patchbay idempotency")
    @interface Config {
        @AttributeDefinition(description = "MiB of answers that are kept to be repeated", min = "0")
        int memory$_$mib() default 64;

        @AttributeDefinition(description = "KiB of the longest answer that is kept", min = "0")
        int longest$_$answer$_$kib() default 4_096;
    }

    private static final Logger log = LoggerFactory.getLogger(IdempotencyService.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int READERS = 2;

    private final Clock clock;
    private final int longest;
    private final Cache<String, KeptAnswer> answers;
    private final Map<String, NamedRequest> running = new ConcurrentHashMap<>();
    private final ExecutorService readers;
    private volatile @Nullable Ledger ledger;

    @Activate
    public IdempotencyService(Config config) {
        this(config.memory$_$mib() * 1_048_576L, config.longest$_$answer$_$kib() * 1_024, Clock.systemUTC());
    }

    /**
     * One beside any framework.
     *
     * @param memory bytes of all answers that are kept
     * @param longest bytes of the longest
     */
    IdempotencyService(long memory, int longest, Clock clock) {
        this.clock = clock;
        this.longest = longest;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(memory)
                .weigher((String id, KeptAnswer answer) -> answer.weight())
                .expireAfterWrite(KEPT)
                .ticker(ticker(clock))
                .executor(Runnable::run)
                .build();
        this.readers = readers();
    }

    /** What comes while this component goes is read by who brings it. */
    private static ExecutorService readers() {
        return new ThreadPoolExecutor(
                READERS,
                READERS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    var thread = new Thread(task, "patchbay-idempotency");
                    thread.setDaemon(true);
                    return thread;
                },
                (task, leaving) -> task.run());
    }

    private static Ticker ticker(Clock clock) {
        return () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public void answer(HttpRequest request, HttpResponse response, Consumer<Failure> refuse, Handler handler) {
        Optional<NamedRequest> named;
        try {
            named = NamedRequest.of(request);
        } catch (FailureException invalid) {
            refuse.accept(invalid.failure());
            return;
        }
        if (named.isEmpty()) {
            handler.handle(response, Optional.empty());
            return;
        }
        // Reading the ledger takes its time, which is not the caller's.
        readers.execute(() -> {
            try {
                answer(named.get(), response, refuse, handler);
            } catch (FailureException failure) {
                refuse.accept(failure.failure());
            } catch (RuntimeException defect) {
                log.error("A request with an {} failed", HEADER, defect);
                refuse.accept(Failure.of(FailureKind.INTERNAL, "Patchbay has a defect; its log tells more."));
            }
        });
    }

    private void answer(NamedRequest named, HttpResponse response, Consumer<Failure> refuse, Handler handler) {
        if (isRepeated(named, response, refuse)) {
            return;
        }
        var first = running.putIfAbsent(named.id(), named);
        if (first != null) {
            refuse.accept(first.fingerprint().equals(named.fingerprint()) ? stillRunning() : otherRequest());
            return;
        }
        handle(named, response, refuse, handler);
    }

    /** Nothing is said to the client before the mark that the request is running is gone, unless it is being handled. */
    private void handle(NamedRequest named, HttpResponse response, Consumer<Failure> refuse, Handler handler) {
        boolean isHandled = false;
        try {
            // It may have been answered while this one was on its way here.
            if (answers.getIfPresent(named.id()) == null) {
                var earlier = chargedEarlier(named);
                if (earlier.isPresent()) {
                    throw answeredEarlier(earlier.get()).toException();
                }
                var recorded = new RecordedResponse(response, longest, keeper(named));
                handler.handle(recorded, Optional.of(named.generation(today())));
                isHandled = true;
            }
        } finally {
            if (!isHandled) {
                running.remove(named.id());
            }
        }
        if (!isHandled) {
            answer(named, response, refuse, handler);
        }
    }

    private boolean isRepeated(NamedRequest named, HttpResponse response, Consumer<Failure> refuse) {
        var kept = answers.getIfPresent(named.id());
        if (kept == null) {
            return false;
        }
        repeat(kept, named, response, refuse);
        return true;
    }

    private static void repeat(KeptAnswer kept, NamedRequest named, HttpResponse response, Consumer<Failure> refuse) {
        if (kept.answers(named)) {
            kept.sendTo(response);
        } else {
            refuse.accept(otherRequest());
        }
    }

    private RecordedResponse.Keeper keeper(NamedRequest named) {
        // Made now: once this bundle has been replaced, none of its classes can be loaded any more.
        var empty = KeptAnswer.to(named);
        return new RecordedResponse.Keeper() {
            @Override
            public void keep(int status, Headers headers, byte[] body) {
                answers.put(named.id(), empty.holding(status, headers, body));
                running.remove(named.id());
            }

            @Override
            public void drop() {
                running.remove(named.id());
            }
        };
    }

    /** The generation that answered it, and was charged, within the time that answers are kept. */
    private Optional<String> chargedEarlier(NamedRequest named) {
        var book = ledger;
        if (book == null) {
            return Optional.empty();
        }
        var since = clock.instant().minus(KEPT);
        for (var day : List.of(today(), today().minusDays(1))) {
            var generation = named.generation(day);
            if (book.transfer(generation)
                    .filter(transfer -> transfer.created().isAfter(since))
                    .isPresent()) {
                return Optional.of(generation);
            }
        }
        return Optional.empty();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Failure stillRunning() {
        return Failure.builder(
                        FailureKind.CONFLICT,
                        "The request of this " + HEADER + " is being answered. Repeat it when that is done.")
                .field(HEADER)
                .retryAfter(RETRY)
                .build();
    }

    private static Failure otherRequest() {
        return Failure.builder(
                        FailureKind.UNPROCESSABLE,
                        "Another request had this " + HEADER
                                + " within the last 24 hours. Use a new one for a new request.")
                .field(HEADER)
                .build();
    }

    private static Failure answeredEarlier(String generation) {
        return Failure.builder(
                        FailureKind.UNPROCESSABLE,
                        ("The request of this %s was answered and charged as %s; its answer is not kept any more, so it"
                                        + " can't be repeated. To have it answered anew, use a new %s.")
                                .formatted(HEADER, generation, HEADER))
                .field(HEADER)
                .build();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLedger(Ledger book) {
        ledger = book;
    }

    void unbindLedger(Ledger book) {
        if (ledger == book) {
            ledger = null;
        }
    }

    /** Requests under way end as they would. */
    @Deactivate
    void deactivate() {
        readers.shutdown();
    }
}
