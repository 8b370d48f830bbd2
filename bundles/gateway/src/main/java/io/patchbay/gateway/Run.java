package io.patchbay.gateway;

import io.patchbay.api.access.Admission;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.billing.Order;
import io.patchbay.api.cache.CacheUse;
import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.ServiceTierWords;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.Attribution;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.Generation;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.routing.Features;
import io.patchbay.api.routing.Route;
import io.patchbay.gateway.RouteWalk.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request under way, whatever it asks of a model: authenticate → admit → prepare → find → plan → hold → attempt,
 * attempt, … → charge → record. What an attempt is and how its answer reaches the client is the subclass's.
 *
 * <p>Everything but {@link #cancel} is called by one thread at a time: the caller's until the first attempt has begun
 * (or that of a plugin which has prepared something), then that attempt's. While two attempts are under way, each may fail
 * on a thread of its own; whose answer it is, the race decides. {@code done} is set once, by whoever ends it; nothing reaches the listener afterwards.
 *
 * @param <U> what an attempt uses
 */
abstract class Run<U> implements Generation {
    private static final Logger log = LoggerFactory.getLogger(Run.class);
    /** What a kept answer takes. */
    private static final Usage NOTHING_USED =
            Usage.of(JsonView.parse("{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}"));

    private final GatewayParts parts;
    private final AdapterRegistry<U> adapters;
    private final Ticket ticket;
    private volatile ModelRequest request;
    private final long startNanos;
    private final Settlement settlement;

    private final AtomicBoolean done = new AtomicBoolean();
    /** Who leaves reads it on a thread of its own. */
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

    private final Race race = new Race();
    private volatile Admission admission = Admission.UNLIMITED;
    private volatile Passages passages = Passages.NONE;
    /** Whether the key's rate limits know of it. */
    private volatile boolean admitted;

    private final Waiting waiting;

    private final Recollection recollection = new Recollection();
    private @Nullable RouteWalk<U> walk;
    private volatile @Nullable Failure lastFailure;

    /** The attempt that is listened to, once it has said something. */
    private @Nullable Turn answering;

    private long firstTokenNanos;
    private volatile @Nullable Usage usage;

    /**
     * What a run is called and whom it is for.
     *
     * @param id of the generation
     */
    record Ticket(String id, Instant created, Caller caller) {}

    Run(GatewayParts parts, AdapterRegistry<U> adapters, Ticket ticket, ModelRequest request) {
        this.parts = parts;
        this.adapters = adapters;
        this.ticket = ticket;
        this.request = request;
        this.settlement = new Settlement(ticket.id());
        this.waiting = new Waiting(parts.timer(), parts.settings().prepareTimeout());
        this.startNanos = parts.nanoTime().getAsLong();
    }

    /** What an adapter can't do that has none of {@code U}, for people: "chats". */
    abstract String ability();

    /**
     * What has to be had before this endpoint can be asked; empty if there is nothing, as mostly.
     *
     * @return begins to get it; fails with a {@link FailureException} if it can't be had, and may be cancelled
     */
    Optional<Supplier<CompletableFuture<Void>>> needed(Endpoint candidate, Lease<U> lease) {
        return Optional.empty();
    }

    /** The run is over, and its record written. */
    void over() {}

    /** An attempt, not begun yet. */
    abstract RunningAttempt attempt(Endpoint candidate, Lease<U> lease);

    /** Whether the client has heard anything of the answer: there is no other one then. */
    abstract boolean hasBegunToAnswer();

    /** An attempt has failed before the client heard of it, and another one follows. */
    abstract void forgetAttempt();

    /** Tells the client that there is no answer, or no more of it. */
    abstract void tell(Failure failure, GenerationRecord record);

    /** The request with what its account's presets fill in, from now on. */
    abstract ModelRequest completed(String account);

    /** What has to be done to the request first, and takes its time; asked again when something of it is done. */
    Preparation preparation(Planner planner, Subject subject) {
        return Preparation.NONE;
    }

    /** How the request passes a plugin that has done something to it. */
    void prepared(String plugin, Passage passage) {
        throw new IllegalStateException("there is nothing to prepare");
    }

    /** The request as guardrails and plugins let it pass, from now on. */
    abstract Optional<? extends Pipeline.Entered<?>> entered(Planner planner, Subject subject);

    /** Whether its answer is of a kind that is kept for clients that want that. */
    boolean isKeepable() {
        return false;
    }

    /**
     * Gives the client an answer that was kept.
     *
     * @throws FailureException if the client is not to see it
     */
    void repeat(CachedAnswer answer) {
        throw new IllegalStateException("such answers are not kept");
    }

    /** How large the prompt is, about. */
    abstract long promptTokens();

    /** The longest answer that the client wants. */
    abstract OptionalLong maxTokens();

    /** How many images are in the prompt. */
    long images() {
        return 0;
    }

    /** How many answers the client wants to choose from. */
    long answers() {
        return 1;
    }

    /** Whether the answer comes piece by piece. */
    boolean isStreamed() {
        return false;
    }

    /** What was delivered of an answer that ends early; empty if nothing was. */
    abstract Optional<Usage> delivered();

    /** At whose price the answer of an endpoint is charged. */
    Endpoint charged(Endpoint served) {
        return served;
    }

    /** Adds what only this kind of run knows. */
    abstract void complete(GenerationRecord.Builder record);

    @Override
    public final String id() {
        return ticket.id();
    }

    final Instant created() {
        return ticket.created();
    }

    @Override
    public final void cancel() {
        if (done.compareAndSet(false, true)) {
            waiting.stop();
            var delivered = delivered();
            breakOff(delivered);
            settlement.chargeDelivered(delivered).thenRun(guarded(() -> keep(record().cancelled(true))));
        }
    }

    /** Begins, or waits for the parts of the gateway that are being replaced. */
    final void start() {
        tryStart()
                .ifPresentOrElse(
                        Runnable::run, () -> parts.parking().park(this::tryStart, () -> false, this::unavailable));
    }

    /** Prepares or plans, if everybody is there who has to be; returns how to go on. */
    private Optional<Runnable> tryStart() {
        if (!parts.pipeline().isComplete()) {
            return Optional.empty();
        }
        try {
            return parts.planner().ask(this::next).flatMap(step -> step).map(this::guarded);
        } catch (FailureException refused) {
            return Optional.of(() -> fail(refused.failure()));
        } catch (RuntimeException | Error defect) {
            return Optional.of(() -> defect(defect));
        }
    }

    /** What comes next; empty if a part is away that has to be asked first. */
    private Optional<Runnable> next(Planner planner) {
        var key = planner.authenticate(ticket.caller());
        var subject = Planner.subjectOf(key);
        if (!admitted) {
            request = completed(subject.account());
            admission = planner.admit(key, promptTokens());
            admitted = true;
        }
        var preparation = preparation(planner, subject);
        if (preparation instanceof Preparation.Away) {
            return Optional.empty();
        }
        if (preparation instanceof Preparation.UnderWay underWay) {
            return Optional.of(() -> await(underWay));
        }
        return plan(planner, key).map(way -> () -> begin(way));
    }

    private void await(Preparation.UnderWay underWay) {
        waiting.await(underWay.passage(), (prepared, failure) -> {
            if (!done.get()) {
                guarded(() -> goOn(underWay.plugin(), prepared, failure)).run();
            }
        });
    }

    private void goOn(String plugin, @Nullable Passage prepared, @Nullable Throwable failure) {
        if (prepared != null) {
            prepared(plugin, prepared);
            start();
            return;
        }
        var defect = failure == null ? new IllegalStateException(plugin + " has prepared nothing") : failure;
        FailureException.find(defect).ifPresentOrElse(this::fail, () -> defect(defect));
    }

    private void begin(RouteWalk<U> way) {
        var kept = recollection.answer();
        if (kept.isEmpty()) {
            attemptNext(way);
        } else if (done.compareAndSet(false, true)) {
            noteUsage(NOTHING_USED);
            try {
                repeat(kept.get());
            } catch (FailureException blocked) {
                tellFailure(blocked.failure());
            } catch (RuntimeException | Error defect) {
                log.error(
                        "Generation {} could not repeat the answer of {}",
                        id(),
                        kept.get().source(),
                        defect);
                tellFailure(RunFailures.DEFECT);
            }
        }
    }

    /** A step whose defect ends the run, and is logged, instead of getting lost in a stage while the client waits. */
    final Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException | Error defect) {
                defect(defect);
            }
        };
    }

    final void defect(Throwable defect) {
        log.error("Generation {} failed", id(), defect);
        fail(RunFailures.DEFECT);
    }

    /** Empty if a guardrail has just left. */
    private Optional<RouteWalk<U>> plan(Planner planner, Optional<ApiKey> key) {
        var entered = entered(planner, Planner.subjectOf(key));
        if (entered.isEmpty()) {
            return Optional.empty();
        }
        request = entered.get().request();
        passages = entered.get().passages();
        var route = planner.plan(request, key, passages, parts.surroundings(created()));
        if (!route.candidates().isEmpty()) {
            recall(planner, key);
        }
        if (recollection.answer().isEmpty() && !route.candidates().isEmpty()) {
            var first = route.candidates().get(0).endpoint();
            var order = order(first, key)
                    .images(isPricedByImage(route) ? images() : 0)
                    .within(passages.budgets());
            settlement.begin(order, planner.hold(order));
            if (done.get()) {
                settlement.chargeNothing();
            }
        }
        var begun = new RouteWalk<>(route, parts, adapters, namesAnOrder(), ability());
        walk = begun;
        return Optional.of(begun);
    }

    private void recall(Planner planner, Optional<ApiKey> key) {
        if (!isKeepable() || !(ticket.caller() instanceof Caller.KeyHolder holder)) {
            return;
        }
        var kind = ability() + (isStreamed() ? " in pieces" : "");
        var asked = new Recall.Question(Planner.subjectOf(key), kind, request.json());
        Recall.of(holder.cache(), asked, parts.cache().get())
                .filter(wanted -> planner.mayRetain(request, key, passages))
                .ifPresent(recollection::want);
    }

    /** Notes a part of the answer, in case that it is kept. */
    final void remember(JsonView part) {
        recollection.note(part);
    }

    /** The answer is complete, and paid for. */
    final void keepAnswer() {
        recollection.keep(id(), requireServed(), created().plus(latency()));
    }

    /** How the wish for a kept answer fared that had to be asked for anew, if there was one. */
    final Optional<CacheUse> cacheMiss() {
        return recollection.miss(id());
    }

    private boolean namesAnOrder() {
        return request.provider()
                .filter(preferences -> !preferences.strings("order").isEmpty())
                .isPresent();
    }

    private Order order(Endpoint first, Optional<ApiKey> key) {
        var order = Order.of(id(), created(), first).prompt(promptTokens()).answers(answers());
        if (maxTokens().isPresent()) {
            order = order.atMost(maxTokens().getAsLong());
        }
        return key.isPresent() ? order.by(key.get()) : order;
    }

    private static boolean isPricedByImage(Route route) {
        return route.candidates().stream()
                .anyMatch(candidate -> candidate
                        .endpoint()
                        .price()
                        .filter(price -> price.asksFor(Price.Unit.IMAGE))
                        .isPresent());
    }

    private void attemptNext(RouteWalk<U> way) {
        var next = race.begun() < parts.settings().maxAttempts() ? way.next() : Optional.<Step<U>>empty();
        if (next.isPresent()) {
            attempt(next.get());
        } else if (lastFailure != null) {
            fail(lastFailure);
        } else if (way.hasMissedAny()) {
            awaitAdapter(way);
        } else {
            fail(RunFailures.noEndpoints(request, way, parts.planner()));
        }
    }

    /** All adapters of this route are being replaced: wait until one is back, or until none will be. */
    private void awaitAdapter(RouteWalk<U> way) {
        parts.parking()
                .park(
                        () -> done.get()
                                ? Optional.of(() -> {})
                                : way.again().map(step -> guarded(() -> attempt(step))),
                        way::isInVain,
                        () -> {
                            if (!way.isInVain()) {
                                unavailable();
                            } else if (way.hasPassedOverAny()) {
                                fail(RunFailures.noEndpoints(request, way, parts.planner()));
                            } else {
                                fail(Planner.modelNotFound(request));
                            }
                        });
    }

    private void attempt(Step<U> step) {
        try {
            settlement.attempt(step.endpoint());
        } catch (FailureException tooDear) {
            step.lease().close();
            lastFailure = lastFailure == null ? tooDear.failure() : lastFailure;
            attemptNext(requireWalk());
            return;
        }
        needed(step.endpoint(), step.lease())
                .ifPresentOrElse(needed -> attemptWith(needed.get(), step), () -> beginAlone(step));
    }

    private void attemptWith(CompletableFuture<Void> needed, Step<U> step) {
        long since = parts.nanoTime().getAsLong();
        waiting.await(needed, (nothing, failure) -> {
            if (failure == null && !done.get()) {
                guarded(() -> beginAlone(step)).run();
                return;
            }
            step.lease().close();
            if (failure != null && !done.get()) {
                var time = Duration.ofNanos(parts.nanoTime().getAsLong() - since);
                guarded(() -> notAsked(step.endpoint(), time, failure)).run();
            }
        });
    }

    /** Another endpoint may do without what this one needs. */
    private void notAsked(Endpoint endpoint, Duration time, Throwable why) {
        var failure = FailureException.find(why);
        if (failure.isEmpty()) {
            defect(why);
            return;
        }
        attempts.add(Attempt.failed(endpoint, time, failure.get()));
        lastFailure = failure.get();
        attemptNext(requireWalk());
    }

    private void beginAlone(Step<U> step) {
        var turn = turn(step);
        race.begin(turn);
        begin(turn);
    }

    private Turn turn(Step<U> step) {
        var attempt = attempt(step.endpoint(), step.lease());
        return new Turn(
                attempt, step.endpoint(), race.begun() + 1, parts.nanoTime().getAsLong());
    }

    private void begin(Turn turn) {
        if (done.get()) {
            turn.attempt().cancel();
            return;
        }
        limitWaiting(turn);
        turn.attempt().start();
    }

    /** While somebody else could be asked, nobody waits for a first token as long as the provider's time-outs allow. */
    private void limitWaiting(Turn turn) {
        if (!isStreamed()
                || turn.number() >= parts.settings().maxAttempts()
                || !requireWalk().hasNext()) {
            return;
        }
        var lately = parts.planner().ask(planner -> planner.lately(turn.endpoint()));
        lately.flatMap(parts.settings().patience()::with)
                .ifPresent(time -> unlessItSpeaks(turn, time, () -> giveUp(turn, time)));
        lately.flatMap(parts.settings().hedging()::after)
                .ifPresent(time -> unlessItSpeaks(turn, time, () -> askBeside(turn)));
    }

    private void unlessItSpeaks(Turn turn, Duration time, Runnable then) {
        turn.await(parts.timer().schedule(guarded(then), time.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void giveUp(Turn late, Duration time) {
        if (done.get()) {
            return;
        }
        race.leaveIfSilent(late).ifPresent(left -> {
            late.attempt().cancel();
            failed(
                    left,
                    Failure.of(
                            FailureKind.TIMEOUT,
                            "No first token within " + time.toMillis() + " ms, and others can be asked."),
                    Fallback.NEXT_ENDPOINT);
        });
    }

    /** A second endpoint is asked, whose answer is the client's if it begins before that of the first one. */
    private void askBeside(Turn slow) {
        if (!done.get()) {
            race.join(slow, () -> rival(slow)).ifPresent(this::begin);
        }
    }

    /** One that there is credit for, and that can be asked at once. The bill stays with the slow one until this one is heard. */
    private Optional<Turn> rival(Turn slow) {
        return requireWalk().rival().flatMap(step -> {
            try {
                if (needed(step.endpoint(), step.lease()).isPresent()) {
                    step.lease().close();
                    return Optional.empty();
                }
                settlement.attempt(step.endpoint());
                return Optional.of(turn(step));
            } catch (FailureException tooDear) {
                step.lease().close();
                return Optional.empty();
            } finally {
                settlement.attempt(slow.endpoint());
            }
        });
    }

    /** An attempt has something to say. Whether it is listened to: the first one that does is, as long as it goes on. */
    final boolean isHeard(RunningAttempt from) {
        if (done.get()) {
            return false;
        }
        var heard = race.heard(from);
        var speaking = heard.begins();
        if (speaking != null) {
            firstTokenNanos = parts.nanoTime().getAsLong();
            answering = speaking;
            speaking.stopWaiting();
            var outrun = heard.outrun();
            if (outrun != null) {
                outrun(outrun, speaking);
            }
            if (speaking.number() > 1) {
                settlement.attempt(speaking.endpoint());
            }
        }
        return heard.isListenedTo();
    }

    /** The client hears nothing of it and pays nothing for it; its provider has read the prompt. */
    private void outrun(Turn loser, Turn winner) {
        loser.stopWaiting();
        loser.attempt().cancel();
        var attempt = attempt(loser, RunFailures.OUTRUN);
        attempts.add(attempt);
        if (loser.number() < winner.number()) {
            report(Outcome.failure(loser.endpoint().id(), attempt.duration(), RunFailures.OUTRUN));
        }
        settlement.lose(loser, Usage.estimated(promptTokens(), 0));
    }

    private Attempt attempt(Turn over, Failure failure) {
        var attributed = failure.toBuilder()
                .provider(over.endpoint().provider().displayName())
                .build();
        return Attempt.failed(over.endpoint(), over.since(parts.nanoTime().getAsLong()), attributed)
                .dropping(over.attempt().dropped());
    }

    /** How many endpoints were asked, those under way included. */
    final int attempts() {
        return race.begun();
    }

    /** From the request to the first token. */
    final Duration latency() {
        return Duration.ofNanos(firstTokenNanos == 0 ? 0 : firstTokenNanos - startNanos);
    }

    final void noteUsage(Usage counts) {
        usage = counts;
    }

    final Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** How long the answer of this attempt may be, if there is less credit than was asked for. */
    final OptionalLong mostTokens() {
        return settlement.mostTokens();
    }

    /** Whether there is credit for so much of an answer. */
    final boolean isCovered(long completionTokens) {
        return settlement.isCovered(completionTokens);
    }

    /** There is no credit for more: the answer ends here, and what was delivered of it is charged. */
    final void spent() {
        endEarly(delivered(), RunFailures.SPENT);
    }

    /** The answer ends here, for a reason of ours: what was delivered of it is charged. */
    final void endEarly(Optional<Usage> delivered, Failure reason) {
        if (done.compareAndSet(false, true)) {
            breakOff(delivered);
            settlement.chargeDelivered(delivered).thenRun(guarded(() -> tellFailure(reason)));
        }
    }

    /** Nobody wants the rest of an answer, or there is to be none: its provider is not to blame. */
    private void breakOff(Optional<Usage> delivered) {
        race.first().ifPresent(turn -> {
            if (delivered.isEmpty()) {
                lose(turn);
            }
            attempts.add(
                    Attempt.success(turn.endpoint(), turn.since(parts.nanoTime().getAsLong()))
                            .dropping(turn.attempt().dropped()));
        });
        race.cancel();
        usage = delivered.orElse(null);
    }

    /** What is kept of the run, once it has ended. */
    final GenerationRecord kept() {
        return keep(record());
    }

    /** How the request passed guardrails and plugins. */
    final Passages passages() {
        return passages;
    }

    /**
     * Ends the run, unless it has ended, or the client wants to hear no more.
     *
     * @param counts what the answer took
     * @param isAnswer whether it is one: nobody pays for none
     * @param listener is told with the answer, once it is charged
     */
    final void succeeded(Usage counts, boolean isAnswer, Consumer<GenerationRecord> listener) {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        usage = counts;
        var turn = requireTurn();
        var served = turn.endpoint();
        var total = turn.since(parts.nanoTime().getAsLong());
        attempts.add(Attempt.success(served, total).dropping(turn.attempt().dropped()));
        report(
                isStreamed()
                        ? Outcome.streamed(served.id(), turn.since(firstTokenNanos), total, counts.completionTokens())
                        : Outcome.success(served.id(), total, counts.completionTokens()));
        if (!isAnswer) {
            lose(turn);
        } else {
            noteWarmCache(served, counts);
        }
        var settled = isAnswer ? settlement.charge(charged(served), counts) : settlement.chargeNothing();
        settled.whenComplete((charge, failure) -> {
            try {
                if (failure == null) {
                    listener.accept(keep(record()));
                } else {
                    tellFailure(FailureException.find(failure).orElse(RunFailures.DEFECT));
                }
            } catch (RuntimeException | Error defect) {
                // A stage would keep it to itself, and the client would wait for ever.
                log.error("Generation {} ended, and its client could not be told", id(), defect);
                tellFailure(RunFailures.DEFECT);
            }
        });
    }

    private void noteWarmCache(Endpoint served, Usage counts) {
        settlement
                .order()
                .ifPresent(order -> parts.warmCaches().answered(order.account().id(), request, served, counts));
    }

    /** An attempt under way has failed. */
    final void failed(RunningAttempt from, Failure reported) {
        failed(from, reported, Fallback.after(reported));
    }

    /** The adapter can't say this request in its provider's format; another may. */
    final void refused(RunningAttempt from, Failure reason) {
        guarded(() -> failed(from, reason, Fallback.NEXT_ENDPOINT)).run();
    }

    private void failed(RunningAttempt from, Failure reported, Fallback next) {
        if (!done.get()) {
            race.leave(from).ifPresent(left -> failed(left, reported, next));
        }
    }

    private void failed(Race.Left left, Failure reported, Fallback next) {
        left.turn().stopWaiting();
        var tried = left.turn().endpoint();
        var attempt = attempt(left.turn(), reported);
        attempts.add(attempt);
        var failure = attempt.failure().orElse(reported);
        var time = attempt.duration();
        report(Outcome.failure(tried.id(), time, failure));
        Features.refused(request, failure)
                .ifPresent(feature -> parts.planner().ask(planner -> {
                    planner.refused(tried, feature);
                    return true;
                }));
        log.debug("Generation {}: {} failed after {} ms: {}", id(), tried, time.toMillis(), failure.kind());
        lastFailure = failure;
        if (left.hadAnswered()) {
            lose(left.turn());
        }
        var way = walk;
        if (hasBegunToAnswer() || next == Fallback.NONE || way == null) {
            race.cancel();
            fail(failure);
            return;
        }
        if (next == Fallback.NEXT_MODEL) {
            way.giveUp(tried.model());
        }
        if (!left.isAlone()) {
            return;
        }
        usage = null;
        firstTokenNanos = 0;
        recollection.forget();
        forgetAttempt();
        attemptNext(way);
    }

    /** An attempt is for nothing, for the client; its provider may have counted something. */
    private void lose(Turn attempt) {
        usage().filter(counts -> !counts.isEstimated()).ifPresent(counts -> settlement.lose(attempt, counts));
    }

    /**
     * Those of the fields left out without which there is to be no answer: the client can insist on parameters, and a tier
     * of service has its price.
     */
    final List<String> insistedOn(List<String> dropped, Endpoint served) {
        if (served.serviceTier().isPresent() && dropped.contains(ServiceTierWords.FIELD)) {
            return List.of(ServiceTierWords.FIELD);
        }
        boolean insists = !dropped.isEmpty()
                && request.provider()
                        .filter(preferences -> preferences.isTrue("require_parameters"))
                        .isPresent();
        return insists ? dropped.stream().filter(request.parameters()::contains).toList() : List.of();
    }

    private void unavailable() {
        fail(parts.pipeline().isComplete() ? RunFailures.UNAVAILABLE : RunFailures.UNGUARDED);
    }

    private void fail(Failure failure) {
        if (done.compareAndSet(false, true)) {
            settlement.chargeNothing();
            tellFailure(failure);
        }
    }

    final void tellFailure(Failure failure) {
        tell(failure, keep(record().failure(failure)));
    }

    private GenerationRecord keep(GenerationRecord.Builder builder) {
        var record = builder.build();
        admission.settle(record.usage()
                .map(counts -> counts.promptTokens() + counts.completionTokens())
                .orElse(0L));
        parts.records().keep(record);
        over();
        return record;
    }

    private RouteWalk<U> requireWalk() {
        var begun = walk;
        if (begun == null) {
            throw new IllegalStateException("nothing is planned");
        }
        return begun;
    }

    private void report(Outcome outcome) {
        var among = outcome.among(parts.inFlight().inFlight(outcome.endpointId()));
        parts.planner().ask(planner -> {
            planner.record(among);
            return true;
        });
    }

    final Endpoint requireServed() {
        return requireTurn().endpoint();
    }

    private Turn requireTurn() {
        var turn = answering;
        if (turn == null) {
            throw new IllegalStateException("no attempt has said anything");
        }
        return turn;
    }

    private GenerationRecord.Builder record() {
        long now = parts.nanoTime().getAsLong();
        var record = GenerationRecord.builder(id(), created())
                .requestedModel(
                        request.models().isEmpty() ? "" : request.models().get(0))
                .attempts(attempts)
                .timeToFirstToken(latency())
                .total(Duration.ofNanos(now - startNanos));
        if (walk != null) {
            record.route(walk.route());
        }
        record.attribution(attribution()).pipeline(passages.notes());
        usage().ifPresent(record::usage);
        settlement.order().ifPresent(order -> {
            record.account(order.account().id());
            order.key().ifPresent(key -> record.key(key.id()));
        });
        settlement.charge().ifPresent(record::charge);
        recollection.complete(record, id(), created());
        complete(record);
        return record;
    }

    private Attribution attribution() {
        var app = ticket.caller() instanceof Caller.KeyHolder holder ? holder.app() : Attribution.App.UNKNOWN;
        var json = request.json();
        return new Attribution(json.string("user"), json.string(Conversation.SESSION), Attribution.trace(json), app);
    }
}
