package io.patchbay.api.adapter;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.tasks.Task;
import io.patchbay.api.tasks.TaskAnswer;
import io.patchbay.api.tasks.TaskRequest;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Translates requests for tasks to one wire format and back. A service with the property {@link ChatAdapter#NAME}, beside or
 * without a {@link ChatAdapter} of the same name; pure like it.
 */
@ConsumerType
public interface TaskAdapter {
    /**
     * Writes the provider's request, for a whole answer.
     *
     * @throws FailureException if the provider does no such thing, see {@link #cannot}, or this request can't be said in
     *     its format; the next candidate is tried
     */
    UpstreamRequest encode(TaskRequest request, Endpoint endpoint, Credential credential);

    /**
     * Reads the answer.
     *
     * @param headers that came with it
     * @throws FailureException MALFORMED_ANSWER if it can't be read; else what the provider says is wrong
     */
    TaskAnswer decode(TaskRequest request, Endpoint endpoint, Headers headers, byte[] body);

    /** As {@link ChatAdapter#classify}. */
    Failure classify(int status, Headers headers, byte[] body);

    /** Says that the provider does no such thing. */
    static FailureException cannot(Task task) {
        return Failure.builder(FailureKind.INVALID_REQUEST, "This provider does no " + task.words() + " here.")
                .field("model")
                .build()
                .toException();
    }
}
