package io.patchbay.gateway;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.UpstreamCall;
import io.patchbay.api.transport.UpstreamListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A try at a provider: {@code adapter.encode} → transport → {@code adapter.decode}. Holds its lease until the end. */
final class RemoteAttempt implements RunningAttempt, UpstreamListener {
    private static final Logger log = LoggerFactory.getLogger(RemoteAttempt.class);
    private static final CompletionStage<Void> MORE = CompletableFuture.completedStage(null);

    private final GenerationRun run;
    private final ChatRequest request;
    private final Endpoint endpoint;
    private final ChatAdapter adapter;
    private final Lease lease;
    private final GatewayParts parts;
    private final ChatDecoder decoder;

    private volatile @Nullable UpstreamCall call;
    private volatile boolean cancelled;
    private Framing framing = Framing.WHOLE;
    private List<String> dropped = List.of();
    private int errorStatus;
    private Headers errorHeaders = Headers.none();
    private byte[] errorBody = new byte[0];

    RemoteAttempt(
            GenerationRun run,
            ChatRequest request,
            Endpoint endpoint,
            ChatAdapter adapter,
            Lease lease,
            GatewayParts parts) {
        this.run = run;
        this.request = request;
        this.endpoint = endpoint;
        this.adapter = adapter;
        this.lease = lease;
        this.parts = parts;
        this.decoder = adapter.decoder(request, endpoint);
    }

    @Override
    public void start() {
        if (endpoint.provider().token().isEmpty()) {
            send(parts.tokens().key(endpoint.provider()));
        } else {
            parts.tokens().token(endpoint.provider()).whenComplete((token, failure) -> {
                if (failure == null) {
                    send(token);
                } else {
                    end(List.of(new ChatEvent.Failed(Tokens.failure(failure))));
                }
            });
        }
    }

    private void send(Credential credential) {
        try {
            var upstreamRequest = adapter.encode(request, endpoint, credential);
            dropped = upstreamRequest.dropped();
            if (!dropped.isEmpty() && insistsOnParameters()) {
                refused(lacksParameters());
                return;
            }
            framing = upstreamRequest.framing();
            call = parts.transport().send(endpoint.provider(), upstreamRequest, this);
        } catch (FailureException refused) {
            refused(refused.failure());
            return;
        } catch (RuntimeException defect) {
            end(List.of(defect(defect)));
            return;
        }
        if (cancelled) {
            cancel();
        }
    }

    private boolean insistsOnParameters() {
        return request.provider()
                .filter(preferences -> preferences.isTrue("require_parameters"))
                .isPresent();
    }

    private Failure lacksParameters() {
        return Failure.builder(
                        FailureKind.INVALID_REQUEST,
                        endpoint.provider().displayName() + " does not support " + String.join(", ", dropped)
                                + " with this model, and provider.require_parameters is set.")
                .field(dropped.get(0))
                .build();
    }

    @Override
    public List<String> dropped() {
        return dropped;
    }

    @Override
    public Framing head(int status, Headers headers) {
        if (status >= 200 && status < 300) {
            return framing;
        }
        errorStatus = status;
        errorHeaders = headers;
        return Framing.WHOLE;
    }

    @Override
    public CompletionStage<Void> frames(List<Frame> frames) {
        if (errorStatus != 0) {
            errorBody = frames.get(0).data();
            return MORE;
        }
        return decode(events -> frames.forEach(frame -> decoder.decode(frame, events)));
    }

    @Override
    public void ended() {
        if (errorStatus != 0) {
            decode(events -> events.accept(new ChatEvent.Failed(classified())));
        } else {
            decode(decoder::end);
        }
        lease.close();
    }

    @Override
    public void failed(Failure failure) {
        end(List.of(new ChatEvent.Failed(failure)));
    }

    @Override
    public void cancel() {
        cancelled = true;
        lease.close();
        var underWay = call;
        if (underWay != null) {
            underWay.cancel();
        }
    }

    private CompletionStage<Void> decode(Consumer<Consumer<ChatEvent>> work) {
        var events = new ArrayList<ChatEvent>();
        try {
            work.accept(events::add);
        } catch (RuntimeException defect) {
            events.add(defect(defect));
        }
        return events.isEmpty() ? MORE : run.received(this, events);
    }

    private void end(List<ChatEvent> events) {
        lease.close();
        run.received(this, events);
    }

    private void refused(Failure failure) {
        lease.close();
        run.refused(this, failure);
    }

    private Failure classified() {
        var failure = adapter.classify(errorStatus, errorHeaders, errorBody);
        if (failure.kind() == FailureKind.UPSTREAM_AUTH) {
            parts.tokens().forget(endpoint.provider());
        }
        return failure;
    }

    private ChatEvent defect(RuntimeException defect) {
        log.warn("Adapter {} failed on {}", endpoint.provider().adapter(), endpoint, defect);
        return new ChatEvent.Failed(
                Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's answer could not be understood."));
    }
}
