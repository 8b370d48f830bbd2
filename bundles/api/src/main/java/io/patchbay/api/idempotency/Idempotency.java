package io.patchbay.api.idempotency;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Answers requests with the header {@value #HEADER} once: who repeats one within a day gets what was answered the first
 * time, while that is kept, and is never charged again. Dialects have their generations run through it. For any thread.
 *
 * <p>The header is that of the IETF's draft "The Idempotency-Key HTTP Header Field"; the statuses are its.
 */
@ProviderType
public interface Idempotency {
    /** The header by which a client names its request. */
    String HEADER = "Idempotency-Key";

    /** Answers a request that was not answered before. */
    @FunctionalInterface
    interface Handler {
        /**
         * Answers it, now or later.
         *
         * @param response in place of the client's own
         * @param generation the id that its generation must have, for then the ledger books one charge for it at most;
         *     empty if any will do
         */
        void handle(HttpResponse response, Optional<String> generation);
    }

    /**
     * Answers a request: by the handler if it has no such header, or is the first of its name; with the same bytes if it
     * was answered already. Only answers of status 2xx that did not break are repeated.
     *
     * @param refuse answers what can't be answered, in the words of the dialect: CONFLICT while the first is under way,
     *     UNPROCESSABLE if another request had that name, or if the answer has been given and is not kept any more
     */
    void answer(HttpRequest request, HttpResponse response, Consumer<Failure> refuse, Handler handler);
}
