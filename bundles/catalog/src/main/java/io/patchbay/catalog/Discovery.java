package io.patchbay.catalog;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.ModelListAdapter;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.UpstreamCall;
import io.patchbay.api.transport.UpstreamListener;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one provider for its models, again and again, and sooner after a failure. What it learnt stays when it fails to
 * learn more.
 *
 * <p>All state is guarded by the catalog's lock. Nothing is sent while it is held.
 */
final class Discovery {
    private static final Logger log = LoggerFactory.getLogger(Discovery.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** Doubling ends here, before it overflows. */
    private static final int MOST_DOUBLINGS = 20;

    private final Provider provider;
    private final Duration interval;
    private final Object lock;
    private final Timer timer;
    private final Supplier<Optional<Line>> lines;
    private final Runnable changed;

    private List<String> names;
    private boolean answered;
    private String problem = "";
    private int failures;
    private boolean closed;
    private @Nullable Answer awaited;
    private @Nullable UpstreamCall call;
    private Runnable next = () -> {};

    /**
     * Prepares to ask; {@link #ask()} begins.
     *
     * @param known names to offer until the provider has answered
     * @param changed is called, with the lock held, when there is something new
     */
    Discovery(
            ProviderSettings settings,
            List<String> known,
            Object lock,
            Timer timer,
            Supplier<Optional<Line>> lines,
            Runnable changed) {
        this.provider = settings.provider();
        this.interval = settings.discoveryInterval();
        this.names = known;
        this.lock = lock;
        this.timer = timer;
        this.lines = lines;
        this.changed = changed;
    }

    List<String> names() {
        return names;
    }

    boolean hasAnswered() {
        return answered;
    }

    /** Why the latest question brought nothing; empty if it did. */
    String problem() {
        return problem;
    }

    /** Asks soon, unless a question is under way. */
    void ask() {
        if (awaited == null && !closed) {
            askIn(Duration.ZERO);
        }
    }

    /** The way to the provider is gone, and with it the answer. */
    void lineLost() {
        if (awaited != null) {
            breakOff();
            ask();
        }
    }

    void close() {
        closed = true;
        next.run();
        breakOff();
    }

    private void breakOff() {
        awaited = null;
        if (call != null) {
            call.cancel();
            call = null;
        }
    }

    private void askIn(Duration pause) {
        next.run();
        next = timer.in(pause, this::askNow);
    }

    private void askNow() {
        Answer answer;
        Line line;
        synchronized (lock) {
            var found = lines.get();
            if (closed || awaited != null || found.isEmpty()) {
                return;
            }
            line = found.get();
            answer = new Answer(line.adapter());
            awaited = answer;
        }
        try {
            // A key that is to be traded for a token is never shown.
            var credential = provider.credential()
                    .filter(key -> provider.token().isEmpty())
                    .map(Credential::apiKey)
                    .orElseGet(Credential::none);
            var sent = line.transport().send(provider, line.adapter().encode(provider, credential), answer);
            keep(answer, sent);
        } catch (RuntimeException e) {
            log.debug("Asking {} for its models failed", provider, e);
            answer.unusable("could not be asked: " + e.getMessage());
        }
    }

    private void keep(Answer answer, UpstreamCall sent) {
        synchronized (lock) {
            if (awaited == answer) {
                call = sent;
            } else if (!answer.over) {
                sent.cancel();
            }
        }
    }

    private void learn(Answer from, List<String> learnt) {
        synchronized (lock) {
            if (awaited != from) {
                return;
            }
            if (!answered || !learnt.equals(names)) {
                log.info("Provider {} offers {} models", provider, learnt.size());
            }
            names = List.copyOf(learnt);
            answered = true;
            problem = "";
            failures = 0;
            goOn(interval);
        }
    }

    private void failed(Answer from, String reason) {
        synchronized (lock) {
            if (awaited != from) {
                return;
            }
            if (failures == 0) {
                log.warn("Provider {}: the list of models could not be had: {}", provider, reason);
            } else {
                log.debug("Provider {}: the list of models still could not be had: {}", provider, reason);
            }
            problem = reason;
            var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
            failures++;
            goOn(pause.compareTo(interval) < 0 ? pause : interval);
        }
    }

    private void goOn(Duration pause) {
        awaited = null;
        call = null;
        askIn(pause);
        changed.run();
    }

    /** Collects one answer. */
    private final class Answer implements UpstreamListener {
        private final ModelListAdapter adapter;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int status;
        private volatile boolean over;

        private Answer(ModelListAdapter adapter) {
            this.adapter = adapter;
        }

        @Override
        public Framing head(int answeredStatus, Headers headers) {
            status = answeredStatus;
            return Framing.WHOLE;
        }

        @Override
        public CompletionStage<Void> frames(List<Frame> frames) {
            frames.forEach(frame -> body.writeBytes(frame.data()));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void ended() {
            if (status < 200 || status > 299) {
                unusable("it answered with status " + status);
                return;
            }
            try {
                var learnt = adapter.decode(body.toByteArray());
                over = true;
                learn(this, learnt);
            } catch (FailureException e) {
                unusable(e.failure().message());
            } catch (RuntimeException e) {
                log.debug("The list of models of {} can't be read", provider, e);
                unusable("its list of models can't be read");
            }
        }

        @Override
        public void failed(Failure failure) {
            unusable(failure.message());
        }

        private void unusable(String reason) {
            over = true;
            Discovery.this.failed(this, reason);
        }
    }
}
