package io.patchbay.api.guardrails;

import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.pipeline.Passage;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at every request before anybody else sees it, and at its answer if it wants to. A service of its own, for any
 * thread.
 *
 * <p>It is relied on from the moment it is registered: while its bundle is being updated or is stopped, requests wait for
 * it, and are refused if it does not come back. Only uninstalling the bundle takes it out of the way.
 */
@ConsumerType
public interface Guardrail {
    /** Service property: its name, by which {@code etc/io.patchbay.gateway.cfg} can demand it. */
    String NAME = "guardrail";

    /**
     * Looks at a request. Must not block: it is called where requests are read.
     *
     * @param request a chat or a wish for embeddings, presets filled in
     * @return how it passes; empty if there is nothing to say of it
     * @throws io.patchbay.api.failure.FailureException to refuse it, see {@link Blocked}
     */
    Optional<Passage> enter(Subject subject, ModelRequest request);
}
