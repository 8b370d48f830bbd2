package io.patchbay.idempotency;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A client's response that also gathers what is sent. If the client goes, the answer runs on to its end, for the client
 * may well come back and ask for it; unless it has become too long to keep.
 */
final class RecordedResponse implements HttpResponse {
    /** Hears, once and before the client does, what became of an answer. */
    interface Keeper {
        /** It is whole. */
        void keep(int status, Headers headers, byte[] body);

        /** It is nothing to keep. */
        void drop();
    }

    private final HttpResponse client;
    private final Keeper keeper;
    private final int longest;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private int status;
    private Headers headers = Headers.none();
    private boolean isTooLong;
    private boolean isClientGone;
    private boolean isOver;
    private @Nullable Runnable whenGone;

    /** @param longest bytes of the longest answer that is kept */
    RecordedResponse(HttpResponse client, int longest, Keeper keeper) {
        this.client = client;
        this.longest = longest;
        this.keeper = keeper;
        client.onClientGone(this::clientGone);
    }

    @Override
    public void send(int sentStatus, Headers sentHeaders, byte[] body) {
        if (sentStatus / 100 == 2 && body.length <= longest) {
            keep(sentStatus, sentHeaders, body.clone());
        } else {
            drop();
        }
        client.send(sentStatus, sentHeaders, body);
    }

    @Override
    public synchronized void start(int startedStatus, Headers startedHeaders) {
        status = startedStatus;
        headers = startedHeaders;
        client.start(startedStatus, startedHeaders);
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer data) {
        gather(data.duplicate());
        // A piece that can't be sent matters only if it is not kept either.
        return client.write(data)
                .exceptionallyCompose(clientGone -> isTooLong()
                        ? CompletableFuture.failedStage(clientGone)
                        : CompletableFuture.completedStage(null));
    }

    @Override
    public void end(ByteBuffer last) {
        gather(last.duplicate());
        synchronized (this) {
            if (!isTooLong) {
                keep(status, headers, gathered.toByteArray());
            }
        }
        drop();
        client.end(last);
    }

    @Override
    public void endBroken(ByteBuffer last) {
        drop();
        client.endBroken(last);
    }

    @Override
    public void abort() {
        drop();
        client.abort();
    }

    @Override
    public void onClientGone(Runnable callback) {
        synchronized (this) {
            whenGone = callback;
        }
        cancelIfUseless();
    }

    private void clientGone() {
        synchronized (this) {
            isClientGone = true;
        }
        cancelIfUseless();
    }

    private void gather(ByteBuffer data) {
        synchronized (this) {
            if (isTooLong) {
                return;
            }
            if (gathered.size() + data.remaining() <= longest) {
                var bytes = new byte[data.remaining()];
                data.get(bytes);
                gathered.writeBytes(bytes);
                return;
            }
            isTooLong = true;
            gathered.reset();
        }
        cancelIfUseless();
    }

    /** Nobody will ever have the answer: its client is gone, and it can't be kept. */
    private void cancelIfUseless() {
        Runnable cancel;
        synchronized (this) {
            if (!isClientGone || !isTooLong || whenGone == null) {
                return;
            }
            cancel = whenGone;
            whenGone = null;
        }
        cancel.run();
        drop();
    }

    private synchronized boolean isTooLong() {
        return isTooLong;
    }

    private synchronized void keep(int keptStatus, Headers keptHeaders, byte[] body) {
        if (!isOver) {
            isOver = true;
            keeper.keep(keptStatus, keptHeaders, body);
        }
    }

    private synchronized void drop() {
        if (!isOver) {
            isOver = true;
            keeper.drop();
        }
    }
}
