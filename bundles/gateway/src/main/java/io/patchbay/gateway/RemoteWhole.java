package io.patchbay.gateway;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.http.Headers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A try at a provider whose answer comes in one piece.
 *
 * @param <A> the answer
 */
final class RemoteWhole<A> extends RemoteCall {
    private static final CompletionStage<Void> MORE = CompletableFuture.completedStage(null);

    private final WholeRun<?, A> run;
    private final Wire<A> wire;
    private byte[] body = new byte[0];

    /**
     * How a request is said to the provider, and how its answer is understood.
     *
     * @param encode throws a {@link FailureException} if it can't be said
     * @param decode throws a {@link FailureException} if it can't be understood, or says what is wrong
     * @param classify reads an error
     */
    record Wire<A>(
            Function<Credential, UpstreamRequest> encode,
            BiFunction<Headers, byte[], A> decode,
            ErrorReader classify) {}

    /** Reads an error. */
    interface ErrorReader {
        Failure classify(int status, Headers headers, byte[] body);
    }

    RemoteWhole(WholeRun<?, A> run, Endpoint endpoint, Lease<?> lease, GatewayParts parts, Wire<A> wire) {
        super(run, endpoint, lease, parts);
        this.run = run;
        this.wire = wire;
    }

    @Override
    UpstreamRequest encode(Credential credential) {
        return wire.encode().apply(credential);
    }

    @Override
    Failure classify(int status, Headers answered, byte[] answer) {
        return wire.classify().classify(status, answered, answer);
    }

    @Override
    public CompletionStage<Void> frames(List<Frame> frames) {
        if (isError()) {
            keepError(frames);
        } else {
            body = frames.get(0).data();
        }
        return MORE;
    }

    @Override
    public void ended() {
        A answer;
        try {
            if (isError()) {
                failed(error());
                return;
            }
            answer = wire.decode().apply(headers(), body);
        } catch (FailureException refused) {
            failed(refused.failure());
            return;
        } catch (RuntimeException | Error defect) {
            failed(defect(defect));
            return;
        }
        release();
        run.received(this, answer);
    }

    @Override
    void fail(Failure failure) {
        run.received(this, failure);
    }
}
