package io.patchbay.transport;

import io.patchbay.api.adapter.Frame;
import java.nio.ByteBuffer;
import java.util.List;

/** Cuts the body of one answer into frames. For one thread at a time. */
interface Framer {
    /**
     * Takes the next bytes of the body, cut anywhere. Consumes the buffer.
     *
     * @return whether more is wanted; if not, the answer counts as ended
     * @throws io.patchbay.api.failure.FailureException MALFORMED_ANSWER if a limit is passed
     */
    boolean feed(ByteBuffer bytes);

    /** The body has ended in good order: completes a last frame that is not delimited. */
    void end();

    /** The frames completed since the last call. */
    List<Frame> take();
}
