package io.patchbay.transport;

import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.http.Headers;
import io.patchbay.testkit.FakeUpstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A transport and a provider at the other end of it. */
final class Network implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(5);

    final FakeUpstream upstream = FakeUpstream.start();
    final JettyTransport transport;

    Network() {
        this(Settings.DEFAULT);
    }

    Network(Settings settings) {
        this.transport = new JettyTransport(settings);
    }

    Provider provider() {
        return provider(Provider.Timeouts.DEFAULT);
    }

    Provider provider(Provider.Timeouts timeouts) {
        return provider(upstream.baseUrl(), timeouts);
    }

    static Provider provider(URI baseUrl, Provider.Timeouts timeouts) {
        return Provider.builder("fake", "openai")
                .baseUrl(baseUrl)
                .timeouts(timeouts)
                .build();
    }

    static Provider.Timeouts timeouts(int connect, int firstByte, int idle, int total) {
        return new Provider.Timeouts(
                Duration.ofMillis(connect),
                Duration.ofMillis(firstByte),
                Duration.ofMillis(idle),
                Duration.ofMillis(total));
    }

    static UpstreamRequest post(Framing framing) {
        return UpstreamRequest.post(
                "/chat/completions", Headers.none(), "{\"x\":1}".getBytes(StandardCharsets.UTF_8), framing);
    }

    RecordingListener ask(Framing framing) {
        return ask(provider(), framing);
    }

    RecordingListener ask(Provider provider, Framing framing) {
        var listener = RecordingListener.of(framing);
        transport.send(provider, post(framing), listener);
        return listener;
    }

    static void await(BooleanSupplier condition, String what) {
        var end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within 5 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        upstream.close();
        transport.close();
    }
}
