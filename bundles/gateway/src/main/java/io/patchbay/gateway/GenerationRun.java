package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.Generation;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One generation under way: authenticate → find → plan → attempt, attempt, … → record.
 *
 * <p>Everything but {@link #cancel} is called by one thread at a time: the caller's until the first attempt has begun,
 * then that attempt's. {@code done} is set once, by whoever ends it; nothing reaches the listener afterwards.
 */
final class GenerationRun implements Generation {
    private static final Logger log = LoggerFactory.getLogger(GenerationRun.class);
    private static final CompletionStage<Void> MORE = CompletableFuture.completedStage(null);

    private final GatewayParts parts;
    private final String id;
    private final Instant created;
    private final long startNanos;
    private final Caller caller;
    private final ChatRequest request;
    private final GenerationListener listener;

    private final AtomicBoolean done = new AtomicBoolean();
    private final List<Attempt> attempts = new ArrayList<>(1);
    private volatile @Nullable RunningAttempt current;

    private @Nullable Route route;
    private int nextCandidate;
    private @Nullable ModelId modelGivenUp;
    private @Nullable Failure lastFailure;

    private @Nullable Endpoint endpoint;
    private @Nullable GenerationHead head;
    private long attemptNanos;
    private long firstTokenNanos;
    private long chunksSent;
    private @Nullable Usage usage;
    private @Nullable String finishReason;

    GenerationRun(
            GatewayParts parts,
            String id,
            Instant created,
            Caller caller,
            ChatRequest request,
            GenerationListener listener) {
        this.parts = parts;
        this.id = id;
        this.created = created;
        this.startNanos = parts.nanoTime().getAsLong();
        this.caller = caller;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void cancel() {
        if (done.compareAndSet(false, true)) {
            var underWay = current;
            if (underWay != null) {
                underWay.cancel();
            }
        }
    }

    /** Begins, or waits for the parts of the gateway that are being replaced. */
    void start() {
        tryStart()
                .ifPresentOrElse(
                        Runnable::run, () -> parts.parking().park(this::tryStart, () -> false, this::unavailable));
    }

    /** Plans, if there is who plans; returns how to go on. */
    private Optional<Runnable> tryStart() {
        try {
            var planned = parts.planner().ask(this::plan);
            planned.ifPresent(plan -> route = plan);
            return planned.map(plan -> guarded(() -> attemptNext(plan)));
        } catch (FailureException refused) {
            return Optional.of(() -> fail(refused.failure()));
        } catch (RuntimeException defect) {
            return Optional.of(() -> defect(defect));
        }
    }

    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException defect) {
                defect(defect);
            }
        };
    }

    private void defect(RuntimeException defect) {
        log.error("Generation {} failed", id, defect);
        fail(Failure.of(FailureKind.INTERNAL, "Something went wrong on our side."));
    }

    private Route plan(Planner planner) {
        planner.authenticate(caller);
        var endpoints = planner.find(request);
        return planner.plan(request, endpoints);
    }

    private void attemptNext(Route plan) {
        int before = nextCandidate;
        var next = nextAttempt(plan);
        if (next.isPresent()) {
            next.get().run();
        } else if (lastFailure != null) {
            fail(lastFailure);
        } else if (before < nextCandidate) {
            awaitAdapter(plan);
        } else {
            fail(noEndpoints(plan));
        }
    }

    /** Takes a lease of the next candidate's adapter, passing over those that are being replaced. */
    private Optional<Runnable> nextAttempt(Route plan) {
        while (nextCandidate < plan.candidates().size() && attempts.size() < parts.maxAttempts()) {
            var candidate = plan.candidates().get(nextCandidate++).endpoint();
            if (candidate.model().equals(modelGivenUp)) {
                continue;
            }
            var lease = parts.adapters().lease(candidate.provider().adapter());
            if (lease.isPresent()) {
                return Optional.of(guarded(() -> attempt(candidate, lease.get())));
            }
        }
        return Optional.empty();
    }

    /** All adapters of this route are being replaced: wait until one is back, or until none will be. */
    private void awaitAdapter(Route plan) {
        var names = plan.candidates().stream()
                .map(candidate -> candidate.endpoint().provider().adapter())
                .collect(Collectors.toSet());
        BooleanSupplier inVain = () -> names.stream().noneMatch(parts.adapters()::isReturning);
        parts.parking()
                .park(
                        () -> {
                            if (done.get()) {
                                return Optional.of(() -> {});
                            }
                            nextCandidate = 0;
                            return nextAttempt(plan);
                        },
                        inVain,
                        () -> {
                            if (inVain.getAsBoolean()) {
                                fail(Planner.modelNotFound(request));
                            } else {
                                unavailable();
                            }
                        });
    }

    private void attempt(Endpoint candidate, Lease lease) {
        endpoint = candidate;
        head = null;
        attemptNanos = parts.nanoTime().getAsLong();
        var upstream = lease.upstream();
        var attempt = upstream instanceof Upstream.Remote remote
                ? new RemoteAttempt(this, request, candidate, remote.adapter(), lease, parts)
                : new LocalAttempt(this, request, candidate, ((Upstream.Local) upstream).model(), lease);
        current = attempt;
        if (done.get()) {
            attempt.cancel();
            return;
        }
        attempt.start();
    }

    /**
     * Events of an attempt, in order.
     *
     * @return completes when the attempt may go on
     */
    CompletionStage<Void> received(RunningAttempt from, List<ChatEvent> events) {
        if (from != current || done.get()) {
            return MORE;
        }
        if (firstTokenNanos == 0) {
            firstTokenNanos = parts.nanoTime().getAsLong();
        }
        var chunks = new ArrayList<ChatChunk>(events.size());
        ChatEvent last = null;
        for (var event : events) {
            if (event instanceof ChatChunk chunk) {
                note(chunk);
                if (!chunk.choices().isEmpty()) {
                    chunks.add(chunk);
                }
            } else {
                last = event;
                break;
            }
        }
        var sent = chunks.isEmpty() ? MORE : send(chunks);
        if (last == null) {
            return sent;
        }
        var end = last;
        return sent.thenRun(() -> finish(from, end));
    }

    private void note(ChatChunk chunk) {
        chunk.usage().ifPresent(counts -> usage = counts);
        chunk.finishReason().ifPresent(reason -> finishReason = reason);
    }

    private CompletionStage<Void> send(List<ChatChunk> chunks) {
        chunksSent += chunks.size();
        return listener.chunks(head(), chunks).whenComplete((taken, gone) -> {
            if (gone != null) {
                cancel();
            }
        });
    }

    private void finish(RunningAttempt from, ChatEvent end) {
        try {
            conclude(from, end);
        } catch (RuntimeException defect) {
            defect(defect);
        }
    }

    private void conclude(RunningAttempt from, ChatEvent end) {
        if (end instanceof ChatEvent.Failed failed) {
            from.cancel();
            failed(failed.failure());
        } else if (end instanceof ChatCompletion == request.stream()) {
            from.cancel();
            failed(Failure.of(
                    FailureKind.MALFORMED_ANSWER,
                    request.stream() ? "The provider did not stream its answer." : "The provider's answer is empty."));
        } else if (end instanceof ChatCompletion completion) {
            succeeded(completion);
        } else {
            succeeded(null);
        }
    }

    private void succeeded(@Nullable ChatCompletion completion) {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        var served = requireServed();
        if (completion != null) {
            completion.usage().ifPresent(counts -> usage = counts);
            completion.finishReason().ifPresent(reason -> finishReason = reason);
        }
        if (usage == null) {
            usage = UsageEstimate.of(request, completion, chunksSent);
        }
        var now = parts.nanoTime().getAsLong();
        attempts.add(
                Attempt.success(served, Duration.ofNanos(now - attemptNanos)).dropping(dropped()));
        report(Outcome.success(
                served.id(),
                Duration.ofNanos(firstTokenNanos - attemptNanos),
                Duration.ofNanos(now - attemptNanos),
                usage.completionTokens()));
        if (completion == null) {
            listener.ended(record(now));
        } else {
            listener.completed(completion, record(now));
        }
    }

    /** The adapter can't say this request to its provider: another one may. */
    void refused(RunningAttempt from, Failure failure) {
        if (from == current && !done.get()) {
            guarded(() -> failed(failure, Fallback.NEXT_ENDPOINT)).run();
        }
    }

    private void failed(Failure reported) {
        failed(reported, Fallback.after(reported));
    }

    private void failed(Failure reported, Fallback next) {
        var tried = requireServed();
        var failure =
                reported.toBuilder().provider(tried.provider().displayName()).build();
        var time = Duration.ofNanos(parts.nanoTime().getAsLong() - attemptNanos);
        attempts.add(Attempt.failed(tried, time, failure).dropping(dropped()));
        report(Outcome.failure(tried.id(), time, failure));
        log.debug("Generation {}: {} failed after {} ms: {}", id, tried, time.toMillis(), failure.kind());
        lastFailure = failure;
        var plan = route;
        if (chunksSent > 0 || next == Fallback.NONE || plan == null) {
            fail(failure);
            return;
        }
        if (next == Fallback.NEXT_MODEL) {
            modelGivenUp = tried.model();
        }
        usage = null;
        finishReason = null;
        firstTokenNanos = 0;
        attemptNext(plan);
    }

    private List<String> dropped() {
        var attempt = current;
        return attempt == null ? List.of() : attempt.dropped();
    }

    private void unavailable() {
        fail(Failure.builder(FailureKind.UNAVAILABLE, "A part of the gateway is being replaced. Try again in a moment.")
                .retryAfter(Duration.ofSeconds(1))
                .build());
    }

    private void fail(Failure failure) {
        if (done.compareAndSet(false, true)) {
            listener.failed(failure, record(parts.nanoTime().getAsLong()));
        }
    }

    private void report(Outcome outcome) {
        parts.planner().ask(planner -> {
            planner.record(outcome);
            return true;
        });
    }

    private GenerationHead head() {
        var known = head;
        if (known == null) {
            var served = requireServed();
            known = new GenerationHead(
                    id, created, served.model().toString(), served.provider().displayName());
            head = known;
        }
        return known;
    }

    private Endpoint requireServed() {
        var served = endpoint;
        if (served == null) {
            throw new IllegalStateException("no attempt has begun");
        }
        return served;
    }

    private GenerationRecord record(long now) {
        var record = GenerationRecord.builder(id, created)
                .requestedModel(
                        request.models().isEmpty() ? "" : request.models().get(0))
                .streamed(request.stream())
                .attempts(attempts)
                .timeToFirstToken(Duration.ofNanos(firstTokenNanos == 0 ? 0 : firstTokenNanos - startNanos))
                .total(Duration.ofNanos(now - startNanos));
        if (route != null) {
            record.route(route);
        }
        if (usage != null) {
            record.usage(usage);
        }
        if (finishReason != null) {
            record.finishReason(finishReason);
        }
        return record.build();
    }

    private Failure noEndpoints(Route plan) {
        var reasons =
                plan.dropped().stream().map(GenerationRun::described).distinct().collect(Collectors.joining("; "));
        return Failure.builder(
                        FailureKind.NO_ENDPOINTS,
                        "No endpoints of " + String.join(", ", request.models()) + " can take this request: "
                                + (reasons.isEmpty() ? "none are left" : reasons) + '.')
                .build();
    }

    private static String described(Candidate dropped) {
        return dropped.endpoint().provider().name() + ": " + dropped.reason();
    }
}
