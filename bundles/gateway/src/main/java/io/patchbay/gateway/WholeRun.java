package io.patchbay.gateway;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationRecord;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * A request under way whose answer comes in one piece, or not at all.
 *
 * @param <U> what an attempt uses
 * @param <A> the answer
 */
abstract class WholeRun<U, A> extends Run<U> {
    private final GatewayParts parts;
    private final BiConsumer<A, GenerationRecord> answered;
    private final BiConsumer<Failure, GenerationRecord> failed;

    WholeRun(
            GatewayParts parts,
            AdapterRegistry<U> adapters,
            Ticket ticket,
            ModelRequest request,
            BiConsumer<A, GenerationRecord> answered,
            BiConsumer<Failure, GenerationRecord> failed) {
        super(parts, adapters, ticket, request);
        this.parts = parts;
        this.answered = answered;
        this.failed = failed;
    }

    /** What an answer took. */
    abstract Usage usage(A answer);

    /** The answer is complete, and paid for. */
    void paid(A answer) {}

    /** A try at a provider, not begun yet. */
    final RunningAttempt remote(Endpoint candidate, Lease<U> lease, RemoteWhole.Wire<A> wire) {
        return new RemoteWhole<>(this, candidate, lease, parts, wire);
    }

    /** Gives the client an answer for which nobody was asked. */
    final void answerUnasked(A answer) {
        answered.accept(answer, kept());
    }

    @Override
    final boolean hasBegunToAnswer() {
        return false;
    }

    @Override
    final void forgetAttempt() {}

    @Override
    final void tell(Failure failure, GenerationRecord record) {
        failed.accept(failure, record);
    }

    @Override
    OptionalLong maxTokens() {
        return OptionalLong.of(0);
    }

    @Override
    final Optional<Usage> delivered() {
        return Optional.empty();
    }

    /** An attempt has succeeded. */
    final void received(RunningAttempt from, A answer) {
        if (!isHeard(from)) {
            return;
        }
        guarded(() -> succeeded(usage(answer), true, record -> {
                    paid(answer);
                    answered.accept(answer, record);
                }))
                .run();
    }

    /** An attempt has failed. */
    final void received(RunningAttempt from, Failure failure) {
        guarded(() -> failed(from, failure)).run();
    }
}
