package io.patchbay.http;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.swap.Leases;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, over Jetty's. Ends once: with the last byte of the answer written, with the client gone,
 * or with the connection broken on purpose. As a callback it hears how the last write went.
 */
final class Exchange implements HttpResponse, Callback {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    /* Updaters, because an object each would be three more per request. */
    private static final AtomicIntegerFieldUpdater<Exchange> OVER =
            AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "over");
    private static final AtomicReferenceFieldUpdater<Exchange, @Nullable Runnable> ON_GONE =
            AtomicReferenceFieldUpdater.newUpdater(Exchange.class, Runnable.class, "onGone");
    private static final AtomicReferenceFieldUpdater<Exchange, @Nullable Leases> LEASE =
            AtomicReferenceFieldUpdater.newUpdater(Exchange.class, Leases.class, "lease");

    @SuppressWarnings("UnnecessaryLambda") // a mark, known by its identity
    private static final Runnable GONE = () -> {};

    private final String id;
    private final String path;
    private final Request jettyRequest;
    private final Response jettyResponse;
    private final Callback completion;
    private final Line line;
    private final Exchanges owner;

    private @Nullable HttpRequest request;
    private long reservedBytes;
    private volatile long receivingNanos;
    /** Since when the client has been taking a piece of the answer; 0 if there is none for it to take. */
    private volatile long writingNanos;

    private volatile boolean begun;
    private volatile boolean answered;

    @SuppressWarnings("UnusedVariable") // by its updater only
    private volatile int over;

    private volatile @Nullable Runnable onGone;

    @SuppressWarnings("UnusedVariable") // by its updater only
    private volatile @Nullable Leases lease;

    Exchange(String id, String path, Request request, Response response, Callback completion, Exchanges owner) {
        this.id = id;
        this.path = path;
        this.jettyRequest = request;
        this.jettyResponse = response;
        this.completion = completion;
        this.owner = owner;
        this.line = ClientEndPoint.lineOf(request);
    }

    String id() {
        return id;
    }

    String method() {
        return jettyRequest.getMethod();
    }

    String path() {
        return path;
    }

    HttpRequest request() {
        if (request == null) {
            throw new IllegalStateException("the request is not whole yet");
        }
        return request;
    }

    /** The header is complete. */
    void begin() {
        line.begin(this);
    }

    /** The body is being read from now on. */
    void receiving() {
        receivingNanos = System.nanoTime() | 1;
    }

    boolean isReceiving() {
        return receivingNanos != 0;
    }

    long receivingSince() {
        return receivingNanos;
    }

    /** Whether the client has not taken a piece of the answer for so long. */
    boolean isStalled(long now, long nanos) {
        long since = writingNanos;
        return since != 0 && now - since > nanos;
    }

    /** The request is whole; nothing more is read before it is answered. */
    void received(HttpRequest whole) {
        request = whole;
    }

    /** The body has been read, or is not going to be. */
    void doneReceiving() {
        receivingNanos = 0;
        line.watch();
    }

    /** Keeps count of what this exchange has taken of the memory for bodies. */
    void reserved(long bytes) {
        reservedBytes += bytes;
    }

    long reserved() {
        return reservedBytes;
    }

    /** Keeps the endpoint's lease until the end of this exchange. */
    void hold(Leases taken) {
        lease = taken;
        if (isOver()) {
            releaseLease();
        }
    }

    private void releaseLease() {
        var held = LEASE.getAndSet(this, null);
        if (held != null) {
            held.release();
        }
    }

    boolean isOver() {
        return over != 0;
    }

    /** Runs a task on a thread of the server. */
    void execute(Runnable task) {
        jettyRequest.getComponents().getExecutor().execute(task);
    }

    /** Answers in place of an endpoint. */
    void refuse(Refusal refusal) {
        send(refusal.status(), refusal.headers(), refusal.body());
    }

    /** Answers in place of an endpoint, and ends the connection because the body was not read. */
    void refuseUnread(Refusal refusal) {
        closeAfterwards();
        refuse(refusal);
    }

    /** Ends the connection with this answer. */
    void closeAfterwards() {
        jettyResponse.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }

    /** The endpoint failed: says so if that is still possible. */
    void fail() {
        if (begun) {
            abort();
        } else {
            refuse(Refusal.INTERNAL);
        }
    }

    /** The request did not arrive whole: Jetty has the error answered by {@link ErrorAnswers}. */
    void failReceiving(Throwable failure) {
        if (OVER.compareAndSet(this, 0, 1)) {
            leave();
            completion.failed(failure);
        }
    }

    @Override
    public void send(int status, Headers headers, byte[] body) {
        if (isOver()) {
            return;
        }
        head(status, headers);
        var sent = body.length < Gzip.WORTHWHILE ? body : packed(body);
        if (status != 204 && status != 304) {
            jettyResponse.getHeaders().put(HttpHeader.CONTENT_LENGTH, sent.length);
        }
        last(ByteBuffer.wrap(sent));
    }

    private byte[] packed(byte[] body) {
        var fields = jettyResponse.getHeaders();
        fields.add(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
        if (fields.contains(HttpHeader.CONTENT_ENCODING) || !Gzip.isTakenBy(jettyRequest.getHeaders())) {
            return body;
        }
        fields.add(HttpHeader.CONTENT_ENCODING, "gzip");
        return Gzip.pack(body);
    }

    @Override
    public void start(int status, Headers headers) {
        if (!isOver()) {
            head(status, headers);
        }
    }

    private void head(int status, Headers headers) {
        if (begun) {
            throw new IllegalStateException("answered already");
        }
        begun = true;
        jettyResponse.setStatus(status);
        owner.standardHeaders(jettyResponse.getHeaders(), id);
        headers.forEach(this::header);
    }

    private void header(String name, String value) {
        // The length and the framing of an answer are decided here.
        if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Transfer-Encoding")) {
            jettyResponse.getHeaders().add(name, value);
        }
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer data) {
        var piece = new Piece();
        if (isOver()) {
            piece.completeExceptionally(new EofException("client gone"));
            return piece;
        }
        writingNanos = System.nanoTime() | 1;
        try {
            jettyResponse.write(false, data, piece);
        } catch (RuntimeException e) {
            // It ended between the look and the write.
            piece.failed(e);
        }
        return piece;
    }

    /** One write of a streamed answer. */
    private final class Piece extends CompletableFuture<Void> implements Callback {
        @Override
        public void succeeded() {
            writingNanos = 0;
            complete(null);
        }

        @Override
        public void failed(Throwable failure) {
            clientGone(failure);
            completeExceptionally(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    @Override
    public void end(ByteBuffer last) {
        if (!isOver()) {
            last(last);
        }
    }

    private void last(ByteBuffer data) {
        answered = true;
        writingNanos = System.nanoTime() | 1;
        try {
            jettyResponse.write(true, data, this);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** The last write is done. */
    @Override
    public void succeeded() {
        if (OVER.compareAndSet(this, 0, 1)) {
            leave();
            completion.succeeded();
        }
    }

    /** The last write failed. */
    @Override
    public void failed(Throwable failure) {
        breakOff(failure);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void abort() {
        if (HttpVersion.HTTP_1_0.is(jettyRequest.getConnectionMetaData().getProtocol())) {
            // Without chunks, only a reset tells a broken answer from a complete one.
            resetOnClose();
        }
        breakOff(new EofException("aborted"));
    }

    private void resetOnClose() {
        try {
            line.resetOnClose();
        } catch (IOException e) {
            log.debug("The connection is closed already", e);
        }
    }

    @Override
    public void onClientGone(Runnable callback) {
        while (true) {
            var before = onGone;
            if (before == GONE) {
                callback.run();
                return;
            }
            if (ON_GONE.compareAndSet(this, before, callback)) {
                return;
            }
        }
    }

    /** The client is not there any more. */
    void clientGone(Throwable cause) {
        if (!breakOff(cause) || answered) {
            return;
        }
        var callback = ON_GONE.getAndSet(this, GONE);
        if (callback != null) {
            callback.run();
        }
    }

    private boolean breakOff(Throwable cause) {
        if (!OVER.compareAndSet(this, 0, 1)) {
            return false;
        }
        leave();
        // Closed first, so that a write that waits for the client fails before Jetty hears of the end.
        line.close(cause);
        completion.failed(cause);
        return true;
    }

    private void leave() {
        line.end(this);
        releaseLease();
        owner.ended(this);
    }
}
