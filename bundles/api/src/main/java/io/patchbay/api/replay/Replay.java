package io.patchbay.api.replay;

import org.osgi.annotation.versioning.ProviderType;

/** Routes past generations once more, in thought: nothing is sent, nothing is charged. For any thread. */
@ProviderType
public interface Replay {
    /**
     * Compares what was with what would have been. Reads every generation of that time, so it takes a while.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if there is no such strategy, UNAVAILABLE if the
     *     generations can't be read
     */
    Comparison run(WhatIf otherwise);
}
