package io.patchbay.api.pipeline;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does something to a chat whose request asks for it: {@code "plugins": [{"id": "…"}]}. A service of its own, for any
 * thread.
 */
@ConsumerType
public interface Plugin {
    /** Service property: the id by which requests name it. */
    String ID = "plugin";

    /**
     * Looks at a request. Must not block.
     *
     * @param settings what the request says of this plugin; empty if it does not name it: one that is on by default may
     *     have something to do nevertheless. Who names it with {@code "enabled": false} is not shown to it
     * @return how it passes; empty if there is nothing to do
     * @throws io.patchbay.api.failure.FailureException to refuse it
     */
    Optional<Passage> enter(ChatRequest request, Optional<JsonView> settings, Room room);
}
