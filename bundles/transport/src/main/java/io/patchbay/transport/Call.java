package io.patchbay.transport;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.transport.UpstreamCall;
import io.patchbay.api.transport.UpstreamListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call, from the request to the last word to its listener.
 *
 * <p><b>One at a time.</b> Jetty's callbacks for a request never overlap. The clock, {@link #cancel()} and a listener
 * that completes its stage come from other threads; {@link Phase} says whose turn it is.
 *
 * <p><b>Stale connections.</b> A provider may close a pooled connection at the moment a request is sent on it. A
 * request whose connection came from the pool and broke without a byte of an answer is sent once more, on a new
 * connection. The provider can't have answered the first; that it worked on it and died is possible, as with any
 * retry, and as unlikely as the provider's failing in that very moment.
 */
final class Call
        implements UpstreamCall,
                CyclicTimeouts.Expirable,
                Request.BeginListener,
                Request.SuccessListener,
                Response.ContentSourceListener,
                Response.CompleteListener {
    private static final Logger log = LoggerFactory.getLogger(Call.class);

    private final HttpClient client;
    private final Requests requests;
    private final OpenCalls calls;
    private final Limits limits;
    private final Provider provider;
    private final UpstreamRequest asked;
    private final UpstreamListener listener;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BUSY);

    private volatile @Nullable Request request;
    /** What came to an end while the listener had the word. */
    private volatile @Nullable Failure broken;

    private @Nullable Connection fresh;
    private @Nullable Thread starter;
    /** When an answer that is not streamed must be complete. */
    private long wholeUntil = Phase.FOREVER;
    /** The same, once it is known that this is none that is streamed. */
    private long totalUntil = Phase.FOREVER;

    private long startedNanos;
    private boolean answering;
    private boolean retried;

    Call(
            HttpClient client,
            Requests requests,
            OpenCalls calls,
            Limits limits,
            Provider provider,
            UpstreamRequest asked,
            UpstreamListener listener) {
        this.client = client;
        this.requests = requests;
        this.calls = calls;
        this.limits = limits;
        this.provider = provider;
        this.asked = asked;
        this.listener = listener;
    }

    /** Sends the request. The listener is not called before this returns. */
    void start() {
        starter = Thread.currentThread();
        startedNanos = NanoTime.now();
        try {
            if (!calls.enter(this)) {
                fail(Failures.stopping());
                return;
            }
            var made = requests.request(provider, asked);
            request = made;
            wholeUntil = deadline(provider.timeouts().total());
            if (asked.framing() == Framing.WHOLE) {
                totalUntil = wholeUntil;
            }
            move(Phase.BUSY, Phase.Stage.CONNECTING, provider.timeouts().connect());
            made.onRequestBegin(this).onRequestSuccess(this).send(this);
        } catch (IllegalArgumentException noAddress) {
            log.warn("Provider {} has no usable base URL: {}", provider, noAddress.getMessage());
            fail(Failures.noAddress());
        } finally {
            starter = null;
        }
    }

    @Override
    public void onBegin(Request begun) {
        var now = now();
        if (now.stage() == Phase.Stage.CONNECTING) {
            move(now, Phase.Stage.ASKING, provider.timeouts().firstByte());
        }
    }

    @Override
    public void onSuccess(Request sent) {
        var now = now();
        if (now.stage() == Phase.Stage.ASKING) {
            move(now, Phase.Stage.ASKING, provider.timeouts().firstByte());
        }
    }

    @Override
    public void onContentSource(Response response, Content.Source source) {
        if (!busy()) {
            return;
        }
        answering = true;
        try {
            body(response, source).read();
        } catch (FailureException failure) {
            fail(failure.failure());
        } catch (RuntimeException | Error defect) {
            failByDefect(defect);
        }
    }

    @Override
    public void onComplete(Result result) {
        if (result.isFailed() && !now().isDone()) {
            log.debug("Call to {} failed", provider, result.getFailure());
            if (result.getFailure() instanceof NotPermitted refused) {
                log.warn(
                        "Provider {} is at {}, which is not public. If that is meant, add it to permitted-networks in"
                                + " io.patchbay.transport.cfg",
                        provider,
                        refused.address());
            }
            if (retry(result)) {
                return;
            }
            breakOff(Failures.of(result.getFailure(), answering));
        }
        closeFresh();
    }

    @Override
    public void cancel() {
        if (!requireNonNull(phase.getAndSet(Phase.DONE)).isDone()) {
            leave();
        }
    }

    @Override
    public long getExpireNanoTime() {
        return now().until();
    }

    /** The clock says that the time of the current phase may be over. */
    void expire(long now) {
        var waiting = now();
        if (waiting.isOver(now) && phase.compareAndSet(waiting, Phase.DONE)) {
            leave();
            tellFailed(timeout(waiting.stage(), now));
        }
    }

    /** Ends the call with a failure as soon as its listener does not have the word. */
    void breakOff(Failure failure) {
        broken = failure;
        for (var now = now(); now.isWaiting(); now = now()) {
            if (phase.compareAndSet(now, Phase.DONE)) {
                leave();
                tellFailed(failure);
            }
        }
    }

    /** Takes the word, unless all is said. */
    boolean busy() {
        for (var now = now(); !now.isDone(); now = now()) {
            if (phase.compareAndSet(now, Phase.BUSY)) {
                return true;
            }
        }
        return false;
    }

    boolean isDone() {
        return now().isDone();
    }

    /** Gives the word back until more of the body is there. Returns whether there is anything to wait for. */
    boolean awaitMore() {
        if (!move(Phase.BUSY, Phase.Stage.READING, provider.timeouts().idle())) {
            return false;
        }
        var meanwhile = broken;
        if (meanwhile != null) {
            breakOff(meanwhile);
        }
        return meanwhile == null;
    }

    /**
     * The answer is complete as far as anybody wants it.
     *
     * @param exhausted whether its connection has nothing more to say, so that the next call may have it
     */
    void end(boolean exhausted) {
        if (phase.compareAndSet(Phase.BUSY, Phase.DONE)) {
            if (exhausted) {
                calls.leave(this);
            } else {
                leave();
            }
            listener.ended();
        }
    }

    /** The answer can't be used. */
    void fail(Failure failure) {
        if (phase.compareAndSet(Phase.BUSY, Phase.DONE)) {
            leave();
            tellFailed(failure);
        }
    }

    void failByDefect(Throwable defect) {
        log.warn("An answer of {} could not be handled", provider, defect);
        fail(Failures.defect());
    }

    private Body body(Response response, Content.Source source) {
        var status = response.getStatus();
        if (status < 200) {
            throw Failures.unexpectedUpgrade().toException();
        }
        var plain = Encodings.decode(response.getHeaders(), source);
        var framing = listener.head(status, Answers.headers(response.getHeaders()));
        return switch (framing) {
            case SSE -> new Body(this, plain, new SseParser(limits.eventBytes()), listener);
            case NDJSON -> new Body(this, plain, new NdjsonParser(limits.eventBytes()), listener);
            case AWS_EVENT_STREAM -> new Body(this, plain, new EventStreamParser(limits.eventBytes()), listener);
            case WHOLE -> {
                totalUntil = wholeUntil;
                var error = status >= 300;
                var limit = error ? limits.errorBytes() : limits.answerBytes();
                var announced = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
                yield new Body(this, plain, new WholeBody(announced, limit, error), listener);
            }
        };
    }

    private boolean move(Phase from, Phase.Stage stage, Duration limit) {
        var until = deadline(limit);
        if (totalUntil != Phase.FOREVER && NanoTime.isBefore(totalUntil, until)) {
            until = totalUntil;
        }
        if (!phase.compareAndSet(from, new Phase(stage, until))) {
            return false;
        }
        calls.schedule(this);
        return true;
    }

    private Phase now() {
        return requireNonNull(phase.get());
    }

    private static long deadline(Duration limit) {
        return NanoTime.now() + limit.toNanos();
    }

    private Failure timeout(Phase.Stage stage, long now) {
        var limits = provider.timeouts();
        if (totalUntil != Phase.FOREVER && NanoTime.isBeforeOrSame(totalUntil, now)) {
            return Failures.totalTimeout(limits.total());
        }
        return switch (stage) {
            case CONNECTING -> Failures.connectTimeout(limits.connect());
            case ASKING -> Failures.firstByteTimeout(limits.firstByte());
            case READING, BUSY, DONE -> Failures.idleTimeout(limits.idle());
        };
    }

    /** The last word is said: forgets the call and closes its connection, unless that has served its purpose. */
    private void leave() {
        calls.leave(this);
        var underWay = request;
        if (underWay != null) {
            var unused = underWay.abort(new IOException("The call is over"));
        }
    }

    private void tellFailed(Failure failure) {
        if (Thread.currentThread() != starter) {
            listener.failed(failure);
            return;
        }
        try {
            client.getExecutor().execute(() -> listener.failed(failure));
        } catch (RejectedExecutionException stopped) {
            listener.failed(failure);
        }
    }

    private boolean retry(Result result) {
        var now = now();
        // Also before the request has begun: the connection may be found closed in the moment it is taken from the
        // pool.
        if (retried || !now.isWaiting() || !isStale(result)) {
            return false;
        }
        retried = true;
        if (!move(now, Phase.Stage.CONNECTING, provider.timeouts().connect())) {
            return false;
        }
        log.debug("A pooled connection to {} was closed; asking on a new one", provider);
        var again = requests.request(provider, asked).onRequestBegin(this).onRequestSuccess(this);
        request = again;
        client.resolveDestination(again)
                .newConnection(Promise.from(
                        connection -> {
                            fresh = connection;
                            connection.send(again, this);
                            if (isDone()) {
                                connection.close();
                            }
                        },
                        failure -> breakOff(Failures.of(failure, false))));
        return true;
    }

    /** Whether the connection came from the pool, rather than being made for this call, and broke before any answer. */
    private boolean isStale(Result result) {
        return result.getFailure() instanceof IOException
                && result.getResponse().getStatus() == 0
                && result.getRequest().getConnection() instanceof org.eclipse.jetty.io.Connection connection
                && PatientConnector.isBegunBefore(startedNanos, connection);
    }

    /** A connection made for one retry is not in the pool. */
    private void closeFresh() {
        var connection = fresh;
        if (connection != null) {
            connection.close();
        }
    }
}
