package io.patchbay.fetch;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.fetch.Fetched;
import java.io.ByteArrayOutputStream;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file on its way, over as many redirects as there may be. Jetty's callbacks for it never overlap. */
final class Fetch {
    private static final Logger log = LoggerFactory.getLogger(Fetch.class);
    static final Failure BUSY = Failure.builder(
                    FailureKind.UNAVAILABLE, "Too many files are being fetched at the moment. Try again soon.")
            .retryAfter(Duration.ofSeconds(2))
            .build();

    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final int mostBytes;
    private final Semaphore memory;
    private final String field;
    private final CompletableFuture<Fetched> file = new CompletableFuture<>();
    private int redirects;
    private volatile @Nullable Request underWay;

    /**
     * A file that is not asked for yet.
     *
     * @param memory one permit for each byte of all files under way
     * @param field of the request where the address stands
     */
    Fetch(HttpClient client, int mostBytes, Semaphore memory, String field) {
        this.client = client;
        this.mostBytes = mostBytes;
        this.memory = memory;
        this.field = field;
        var unused = file.whenComplete((fetched, failure) -> stop());
    }

    CompletableFuture<Fetched> file() {
        return file;
    }

    void start(String url) {
        try {
            ask(Location.parse(url));
        } catch (Refused refused) {
            fail(refused.why());
        }
    }

    private void ask(Location location) {
        var request = client.newRequest(location.uri())
                .headers(headers -> headers.put(HttpHeader.ACCEPT, "*/*").remove(HttpHeader.ACCEPT_ENCODING));
        underWay = request;
        request.send(new Answer(location));
        if (file.isDone()) {
            stop();
        }
    }

    /** Nobody waits for it any longer, or all is there. */
    private void stop() {
        var request = underWay;
        if (request != null) {
            var unused = request.abort(new RejectedExecutionException("the file is not waited for any longer"));
        }
    }

    private void fail(String why) {
        file.completeExceptionally(failure(field, why));
    }

    /** What the client is told. */
    static FailureException failure(String field, String why) {
        return Failure.invalid(field, '\'' + field + "' " + why + '.').toException();
    }

    /** What one server says. */
    private final class Answer implements Response.Listener {
        private final Location location;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Answer(Location location) {
            this.location = location;
        }

        @Override
        public void onHeaders(Response response) {
            var encoding = response.getHeaders().get(HttpHeader.CONTENT_ENCODING);
            if (REDIRECTS.contains(response.getStatus())) {
                end(response, new Refused(""));
            } else if (response.getStatus() != 200) {
                end(response, new Refused("can't be fetched: its server answers with " + response.getStatus()));
            } else if (encoding != null && !encoding.isBlank() && !"identity".equalsIgnoreCase(encoding.strip())) {
                end(response, new Refused("can't be fetched: its server sends it packed"));
            } else if (response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > mostBytes) {
                end(response, tooLarge());
            }
        }

        @Override
        public void onContent(Response response, ByteBuffer content) {
            int more = content.remaining();
            if (more > mostBytes - body.size()) {
                end(response, tooLarge());
            } else if (!memory.tryAcquire(more)) {
                end(response, BUSY.toException());
            } else {
                var bytes = new byte[more];
                content.get(bytes);
                body.write(bytes, 0, more);
            }
        }

        private Refused tooLarge() {
            return new Refused("is larger than " + mostBytes / (1 << 20) + " MB");
        }

        /** Nothing more of it is read. */
        private void end(Response response, Exception why) {
            var unused = response.abort(why);
        }

        @Override
        public void onComplete(Result result) {
            memory.release(body.size());
            if (file.isDone()) {
                return;
            }
            try {
                if (REDIRECTS.contains(result.getResponse().getStatus())) {
                    redirect(result.getResponse());
                } else if (result.isSucceeded()) {
                    file.complete(new Fetched(body.toByteArray(), mediaType(result.getResponse())));
                } else if (result.getFailure() instanceof FailureException busy) {
                    file.completeExceptionally(busy);
                } else {
                    fail(why(result.getFailure()));
                }
            } catch (Refused refused) {
                fail(refused.why());
            } catch (RuntimeException | Error defect) {
                file.completeExceptionally(defect);
            }
        }

        private void redirect(Response response) throws Refused {
            var to = response.getHeaders().get(HttpHeader.LOCATION);
            if (to == null) {
                throw new Refused("is redirected to nowhere");
            }
            if (redirects++ == MOST_REDIRECTS) {
                throw new Refused("is redirected more than " + MOST_REDIRECTS + " times");
            }
            ask(location.redirected(to));
        }
    }

    private static Optional<String> mediaType(Response response) {
        return Optional.ofNullable(response.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty());
    }

    /** For the client, who learns nothing of names that are known in our network only. */
    private static String why(Throwable failure) {
        if (failure instanceof Refused refused) {
            return refused.why();
        }
        log.debug("A file could not be fetched", failure);
        return failure instanceof UnknownHostException
                ? CheckedResolver.NOT_PUBLIC
                : "can't be fetched: its server can't be reached, or breaks off";
    }
}
