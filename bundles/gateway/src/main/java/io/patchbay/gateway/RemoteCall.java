package io.patchbay.gateway;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ServiceTierWords;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.UpstreamCall;
import io.patchbay.api.transport.UpstreamListener;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A try at a provider: {@code adapter.encode} → transport → {@code adapter.decode}. Holds its lease until the end. */
abstract class RemoteCall implements RunningAttempt, UpstreamListener {
    private static final Logger log = LoggerFactory.getLogger(RemoteCall.class);

    private final Run<?> run;
    private final Endpoint endpoint;
    private final Lease<?> lease;
    private final GatewayParts parts;

    private volatile @Nullable UpstreamCall call;
    private volatile boolean cancelled;
    private Framing framing = Framing.WHOLE;
    private List<String> dropped = List.of();
    private int errorStatus;
    private Headers headers = Headers.none();
    private byte[] errorBody = new byte[0];

    RemoteCall(Run<?> run, Endpoint endpoint, Lease<?> lease, GatewayParts parts) {
        this.run = run;
        this.endpoint = endpoint;
        this.lease = lease;
        this.parts = parts;
    }

    abstract UpstreamRequest encode(Credential credential);

    abstract Failure classify(int status, Headers answered, byte[] body);

    /** The try has failed; the lease is given back. */
    abstract void fail(Failure failure);

    @Override
    public final void start() {
        var provider = endpoint.provider();
        if (provider.token().isEmpty()) {
            send(parts.tokens().key(provider));
            return;
        }
        parts.tokens().token(provider).whenComplete((token, failure) -> {
            if (failure == null) {
                send(token);
            } else {
                failed(Tokens.failure(failure));
            }
        });
    }

    private void send(Credential credential) {
        try {
            var upstreamRequest = encode(credential);
            dropped = upstreamRequest.dropped();
            var lacking = run.insistedOn(dropped, endpoint);
            if (!lacking.isEmpty()) {
                refused(lacks(lacking));
                return;
            }
            framing = upstreamRequest.framing();
            call = parts.transport().send(endpoint.provider(), upstreamRequest, this);
        } catch (FailureException refused) {
            refused(refused.failure());
            return;
        } catch (RuntimeException | Error defect) {
            failed(defect(defect));
            return;
        }
        if (cancelled) {
            cancel();
        }
    }

    private void refused(Failure failure) {
        lease.close();
        run.refused(this, failure);
    }

    private Failure lacks(List<String> parameters) {
        var why = parameters.equals(List.of(ServiceTierWords.FIELD)) ? "its price" : "provider.require_parameters";
        return Failure.builder(
                        FailureKind.INVALID_REQUEST,
                        endpoint.provider().displayName() + " does not support " + String.join(", ", parameters)
                                + " with this model, and " + why + " is set.")
                .field(parameters.get(0))
                .build();
    }

    @Override
    public final List<String> dropped() {
        return dropped;
    }

    @Override
    public final Framing head(int status, Headers answered) {
        headers = answered;
        if (status >= 200 && status < 300) {
            return framing;
        }
        errorStatus = status;
        return Framing.WHOLE;
    }

    /** Whether the answer is an error. */
    final boolean isError() {
        return errorStatus != 0;
    }

    final void keepError(List<Frame> frames) {
        errorBody = frames.get(0).data();
    }

    final Failure error() {
        var failure = classify(errorStatus, headers, errorBody);
        if (failure.kind() == FailureKind.UPSTREAM_AUTH) {
            parts.tokens().forget(endpoint.provider());
        }
        return failure;
    }

    final Headers headers() {
        return headers;
    }

    final void release() {
        lease.close();
    }

    @Override
    public final void failed(Failure failure) {
        lease.close();
        fail(failure);
    }

    @Override
    public final void cancel() {
        cancelled = true;
        lease.close();
        var underWay = call;
        if (underWay != null) {
            underWay.cancel();
        }
    }

    final Failure defect(Throwable defect) {
        log.warn("Adapter {} failed on {}", endpoint.provider().adapter(), endpoint, defect);
        return Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's answer could not be understood.");
    }
}
