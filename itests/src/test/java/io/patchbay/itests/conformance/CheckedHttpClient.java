package io.patchbay.itests.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A client that shows each answer to {@link Conformance} before whoever asked reads its end. */
public final class CheckedHttpClient extends HttpClient {
    private final HttpClient client;

    private CheckedHttpClient(HttpClient client) {
        this.client = client;
    }

    public static HttpClient create() {
        return around(HttpClient.newHttpClient());
    }

    public static HttpClient around(HttpClient client) {
        return new CheckedHttpClient(client);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request, seen(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return client.sendAsync(request, seen(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushes) {
        return client.sendAsync(request, seen(request, handler), pushes);
    }

    private static <T> HttpResponse.BodyHandler<T> seen(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return response -> new Tee<>(request, response, handler.apply(response));
    }

    /** Keeps what passes. */
    private static final class Tee<T> implements HttpResponse.BodySubscriber<T> {
        private final HttpRequest request;
        private final HttpResponse.ResponseInfo response;
        private final HttpResponse.BodySubscriber<T> reader;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private boolean seen;

        Tee(HttpRequest request, HttpResponse.ResponseInfo response, HttpResponse.BodySubscriber<T> reader) {
            this.request = request;
            this.response = response;
            this.reader = reader;
        }

        @Override
        public CompletionStage<T> getBody() {
            return reader.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            reader.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    subscription.request(count);
                }

                @Override
                public void cancel() {
                    see(false);
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            synchronized (this) {
                for (var part : parts) {
                    var bytes = new byte[part.remaining()];
                    part.duplicate().get(bytes);
                    body.writeBytes(bytes);
                }
            }
            reader.onNext(parts);
        }

        @Override
        public void onError(Throwable failure) {
            see(false);
            reader.onError(failure);
        }

        @Override
        public void onComplete() {
            see(true);
            reader.onComplete();
        }

        private synchronized void see(boolean complete) {
            if (seen) {
                return;
            }
            seen = true;
            var headers = response.headers();
            var packed = headers.firstValue("Content-Encoding").orElse("").equals("gzip");
            Conformance.see(new Exchange(
                    request.method(),
                    request.uri().getRawPath(),
                    response.statusCode(),
                    headers.firstValue("Content-Type")
                            .orElse("")
                            .replaceAll(";.*", "")
                            .strip(),
                    new String(packed ? unpacked(body.toByteArray()) : body.toByteArray(), StandardCharsets.UTF_8),
                    complete));
        }

        /** As far as it goes. */
        private static byte[] unpacked(byte[] packed) {
            var plain = new ByteArrayOutputStream();
            try (var reader = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                for (int next; (next = reader.read()) >= 0; ) {
                    plain.write(next);
                }
            } catch (IOException cutShort) {
                return plain.toByteArray();
            }
            return plain.toByteArray();
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
