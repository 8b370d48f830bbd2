package io.patchbay.api.transport;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.http.Headers;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears what comes back. Calls come one at a time and must not block. */
@ConsumerType
public interface UpstreamListener {
    /**
     * The head of the answer is there.
     *
     * @return how to cut the body that follows
     */
    Framing head(int status, Headers headers);

    /**
     * Frames have come, all that one read from the network brought.
     *
     * @return completes when more is wanted: until then nothing is read, so that a slow client holds the provider back
     */
    CompletionStage<Void> frames(List<Frame> frames);

    /** The answer has ended in good order. */
    void ended();

    /** There will be no further answer: no connection, a time-out, a cut in the middle. */
    void failed(Failure failure);
}
