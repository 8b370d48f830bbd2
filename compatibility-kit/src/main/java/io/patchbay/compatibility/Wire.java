package io.patchbay.compatibility;

import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.transport.UpstreamListener;
import io.patchbay.testkit.FakeUpstream;
import io.patchbay.testkit.FakeUpstream.Script;
import io.patchbay.transport.JettyTransport;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The gateway's transport, and a provider at the other end that answers from recordings. */
final class Wire implements AutoCloseable {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private final FakeUpstream upstream = FakeUpstream.start();
    private final JettyTransport transport = JettyTransport.withUsualSettings();

    /** Where the provider is. */
    URI address() {
        return upstream.baseUrl();
    }

    /** Sends a request to the provider, which answers it like that; waits for what becomes of it. */
    <T> T ask(
            Provider provider,
            UpstreamRequest request,
            Script answer,
            UpstreamListener listener,
            CompletableFuture<T> outcome) {
        upstream.answer(answer);
        transport.send(provider, request, listener);
        try {
            return outcome.get(LONG_ENOUGH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException defect) {
            throw new AssertionError("the adapter threw " + defect.getCause(), defect.getCause());
        } catch (TimeoutException never) {
            throw new AssertionError("no end of the answer within " + LONG_ENOUGH.toSeconds() + " s", never);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    @Override
    public void close() {
        transport.close();
        upstream.close();
    }
}
