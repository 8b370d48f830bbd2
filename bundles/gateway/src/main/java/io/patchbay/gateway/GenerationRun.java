package io.patchbay.gateway;

import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.ServiceTierWords;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.dialect.Heads;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Passage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A chat under way: its attempts bring events, which go to the client as they come. */
final class GenerationRun extends Run<Upstream> {
    private static final CompletionStage<Void> MORE = CompletableFuture.completedStage(null);

    private final GatewayParts parts;
    private volatile ChatRequest request;
    private final GenerationListener listener;

    /** How the request has passed those plugins that took their time, by their names, in their order. */
    private final Map<String, Passage> prepared = new LinkedHashMap<>(0);

    private final LinkedContent linked;

    private @Nullable GenerationHead head;
    private final Meter meter = new Meter();
    /** Of a stream whose first tokens are held back. */
    private List<ChatChunk> heldBack = List.of();

    /** What providers were sent, for a client that asks to see it, and that has not seen it yet. */
    private final List<ChatChunk> echoes = new CopyOnWriteArrayList<>();

    private boolean isFlowing;
    private @Nullable String finishReason;
    /** Whether a provider that was asked for another tier of service says that it has served this as usual. */
    private boolean isServedAsUsual;

    GenerationRun(GatewayParts parts, Ticket ticket, ChatRequest request, GenerationListener listener) {
        super(parts, parts.adapters(), ticket, request);
        this.parts = parts;
        this.request = request;
        this.listener = listener;
        this.isFlowing = parts.settings().holdBack() == 0;
        this.linked = new LinkedContent(parts.fetching());
    }

    @Override
    String ability() {
        return "chats";
    }

    @Override
    ModelRequest completed(String account) {
        request = parts.presets().applied(request, account);
        return request;
    }

    @Override
    Preparation preparation(Planner planner, Subject subject) {
        return parts.pipeline().prepare(request, prepared.keySet(), planner.room(request, subject.account()));
    }

    @Override
    void prepared(String plugin, Passage passage) {
        request = ChatRequest.of(passage.request());
        prepared.put(plugin, passage);
    }

    @Override
    Optional<Pipeline.Entered<ChatRequest>> entered(Planner planner, Subject subject) {
        var entered =
                parts.pipeline().enter(request, subject, prepared.values(), planner.room(request, subject.account()));
        entered.ifPresent(guarded -> request = guarded.request());
        return entered;
    }

    @Override
    boolean isKeepable() {
        return true;
    }

    @Override
    void repeat(CachedAnswer answer) {
        if (request.stream()) {
            repeatStream(answer);
        } else {
            var seen = passages().whole(ChatCompletion.of(answer.parts().get(0)));
            finishReason = seen.finishReason().orElse(null);
            listener.completed(seen, kept());
        }
    }

    private void repeatStream(CachedAnswer answer) {
        var chunks = answer.parts().stream().map(ChatChunk::of).toList();
        chunks.forEach(chunk -> chunk.finishReason().ifPresent(reason -> finishReason = reason));
        var seen = new ArrayList<>(passages().chunks(chunks));
        seen.addAll(passages().rest());
        var record = kept();
        var shown = seen.isEmpty() ? MORE : listener.chunks(Heads.of(record), seen);
        var unused = shown.thenRun(guarded(() -> listener.ended(record)));
    }

    @Override
    Optional<Supplier<CompletableFuture<Void>>> needed(Endpoint candidate, Lease<Upstream> lease) {
        return linked.needed(request, url -> lease.upstream().fetches(url, candidate));
    }

    @Override
    void over() {
        linked.release();
    }

    @Override
    RunningAttempt attempt(Endpoint candidate, Lease<Upstream> lease) {
        head = null;
        var upstream = lease.upstream();
        var known = linked.inlined(request, url -> upstream.fetches(url, candidate));
        var sent = SentRequest.of(known, candidate, mostTokens());
        return upstream instanceof Upstream.Remote remote
                ? new RemoteAttempt(this, sent, candidate, remote.adapter(), lease, parts)
                : new LocalAttempt(this, sent, candidate, ((Upstream.Local) upstream).model(), lease);
    }

    @Override
    boolean hasBegunToAnswer() {
        return meter.tokens() > 0;
    }

    @Override
    void forgetAttempt() {
        finishReason = null;
        isServedAsUsual = false;
        heldBack = List.of();
    }

    @Override
    void tell(Failure failure, GenerationRecord record) {
        listener.failed(failure, record);
    }

    @Override
    long promptTokens() {
        return UsageEstimate.promptTokens(request);
    }

    @Override
    OptionalLong maxTokens() {
        return request.maxTokens();
    }

    @Override
    long images() {
        return request.images();
    }

    @Override
    long answers() {
        return request.answers();
    }

    @Override
    boolean isStreamed() {
        return request.stream();
    }

    @Override
    Optional<Usage> delivered() {
        if (meter.tokens() == 0) {
            return Optional.empty();
        }
        return usage().filter(counts -> counts.completionTokens() >= meter.tokens())
                .or(() -> Optional.of(UsageEstimate.of(request, meter.tokens())));
    }

    @Override
    void complete(GenerationRecord.Builder record) {
        record.streamed(request.stream());
        if (finishReason != null) {
            record.finishReason(finishReason);
        }
    }

    /**
     * Events of an attempt, in order.
     *
     * @return completes when the attempt may go on
     */
    CompletionStage<Void> received(RunningAttempt from, List<ChatEvent> events) {
        if (events.get(0) instanceof ChatEvent.Failed failed) {
            finish(from, failed);
            return MORE;
        }
        if (!isHeard(from)) {
            return MORE;
        }
        var chunks = new ArrayList<ChatChunk>(events.size());
        ChatEvent last = null;
        for (var event : events) {
            if (event instanceof ChatChunk chunk) {
                note(chunk);
                if (!chunk.choices().isEmpty()) {
                    chunks.add(chunk);
                    remember(chunk.json());
                }
            } else {
                last = event;
                break;
            }
        }
        var ready = ready(chunks, last);
        var sent = ready.isEmpty() ? MORE : send(ready);
        if (last == null) {
            return sent;
        }
        var end = last;
        return sent.thenRun(() -> finish(from, end));
    }

    /** What the client may have now: everything, once there is enough, or the end. */
    private List<ChatChunk> ready(List<ChatChunk> chunks, @Nullable ChatEvent last) {
        if (isFlowing) {
            return chunks;
        }
        var all = Stream.concat(heldBack.stream(), chunks.stream()).toList();
        boolean hasFailed = last instanceof ChatEvent.Failed;
        boolean isEnough = last != null
                || all.stream().mapToLong(Meter::tokens).sum()
                        >= parts.settings().holdBack();
        if (hasFailed || !isEnough) {
            heldBack = all;
            return List.of();
        }
        isFlowing = true;
        heldBack = List.of();
        return all;
    }

    private void note(ChatChunk chunk) {
        chunk.usage().ifPresent(this::noteUsage);
        chunk.finishReason().ifPresent(reason -> finishReason = reason);
        noteServiceTier(chunk.json());
    }

    /** What says that it failed is not worth keeping. */
    private void keepIfSound() {
        if (!"error".equals(finishReason)) {
            keepAnswer();
        }
    }

    private void noteServiceTier(JsonView answer) {
        if (requireServed().serviceTier().isPresent()) {
            isServedAsUsual |= ServiceTierWords.saysUsual(answer);
        }
    }

    @Override
    Endpoint charged(Endpoint served) {
        return isServedAsUsual ? served.atUsualServiceTier() : served;
    }

    private CompletionStage<Void> send(List<ChatChunk> chunks) {
        var covered = covered(chunks);
        var sent = covered.isEmpty() ? MORE : deliver(covered);
        return covered.size() == chunks.size() ? sent : sent.thenRun(this::spent);
    }

    private CompletionStage<Void> deliver(List<ChatChunk> chunks) {
        meter.add(chunks);
        try {
            return show(passages().chunks(chunks));
        } catch (FailureException blocked) {
            endEarly(delivered(), blocked.failure());
            return MORE;
        }
    }

    private CompletionStage<Void> show(List<ChatChunk> chunks) {
        if (chunks.isEmpty()) {
            return MORE;
        }
        return listener.chunks(head(), withEchoes(chunks)).whenComplete((taken, gone) -> {
            if (gone != null) {
                cancel();
            }
        });
    }

    /** A provider is sent this. What begins a stream ends the choice of who answers it, so it is shown with the answer. */
    void sending(UpstreamRequest upstream) {
        boolean isWanted = request.stream()
                && request.json()
                        .object("debug")
                        .filter(debug -> debug.isTrue("echo_upstream_body"))
                        .isPresent();
        if (isWanted) {
            var body = new String(upstream.body(), StandardCharsets.UTF_8);
            echoes.add(
                    ChatChunk.of(JsonView.parse("{\"choices\":[],\"debug\":{\"echo_upstream_body\":" + body + "}}")));
        }
    }

    private List<ChatChunk> withEchoes(List<ChatChunk> chunks) {
        if (echoes.isEmpty()) {
            return chunks;
        }
        var all = new ArrayList<>(echoes);
        echoes.clear();
        all.addAll(chunks);
        return all;
    }

    /** As many of them as there is credit for. */
    private List<ChatChunk> covered(List<ChatChunk> chunks) {
        long tokens = meter.tokens();
        for (int i = 0; i < chunks.size(); i++) {
            tokens += Meter.tokens(chunks.get(i));
            if (!isCovered(tokens)) {
                return chunks.subList(0, i);
            }
        }
        return chunks;
    }

    private void finish(RunningAttempt from, ChatEvent end) {
        try {
            conclude(from, end);
        } catch (RuntimeException | Error defect) {
            defect(defect);
        }
    }

    private void conclude(RunningAttempt from, ChatEvent end) {
        if (end instanceof ChatEvent.Failed failed) {
            from.cancel();
            failed(from, failed.failure());
        } else if (end instanceof ChatCompletion == request.stream()) {
            from.cancel();
            failed(
                    from,
                    Failure.of(
                            FailureKind.MALFORMED_ANSWER,
                            request.stream()
                                    ? "The provider did not stream its answer."
                                    : "The provider's answer is empty."));
        } else if (end instanceof ChatCompletion completion) {
            completion.usage().ifPresent(this::noteUsage);
            completion.finishReason().ifPresent(reason -> finishReason = reason);
            noteServiceTier(completion.json());
            var counts = usage().orElseGet(() -> UsageEstimate.of(request, completion));
            remember(completion.json());
            try {
                var seen = passages().whole(completion);
                succeeded(counts, isAnswer(counts), record -> {
                    keepIfSound();
                    listener.completed(seen, record);
                });
            } catch (FailureException blocked) {
                endEarly(Optional.of(counts), blocked.failure());
            }
        } else {
            var counts = usage().orElseGet(() -> UsageEstimate.of(request, meter.tokens()));
            try {
                var unused = show(passages().rest())
                        .thenRun(guarded(() -> succeeded(counts, isAnswer(counts), record -> {
                            keepIfSound();
                            listener.ended(record);
                        })));
            } catch (FailureException blocked) {
                endEarly(Optional.of(counts), blocked.failure());
            }
        }
    }

    /** An answer that says nothing, and not why, or says that it failed, is none. */
    private boolean isAnswer(Usage counts) {
        return !"error".equals(finishReason) && (finishReason != null || counts.completionTokens() > 0);
    }

    private GenerationHead head() {
        var known = head;
        if (known == null) {
            var served = requireServed();
            known = new GenerationHead(
                    id(),
                    created(),
                    served.model().toString(),
                    served.provider().displayName(),
                    new GenerationHead.Way(served.provider().name(), attempts(), latency(), cacheMiss()));
            head = known;
        }
        return known;
    }
}
