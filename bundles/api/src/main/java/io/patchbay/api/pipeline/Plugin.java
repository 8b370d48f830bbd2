package io.patchbay.api.pipeline;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
     * Service property: what messages hold, in the words of {@link ChatRequest#contents()}, for whose sake {@link #prepare}
     * is called. Requests that hold it wait while the plugin is being replaced.
     */
    String PREPARES = "prepares";

    /**
     * Does to a request what takes its time, before {@link #enter} is called of any plugin. Only for what is named in
     * {@link #PREPARES}, and only for requests whose sender is known. Must not block: what it returns is completed later.
     * The plugin is not deactivated before that, up to the gateway's drain timeout.
     *
     * @param settings as in {@link #enter}
     * @param room to be asked before this returns, not later
     * @return how the request passes; empty if there is nothing to do. It may fail with a {@link
     *     io.patchbay.api.failure.FailureException} to refuse the request. The gateway cancels it, or completes it with a
     *     failure, when nobody waits for it any longer
     * @throws io.patchbay.api.failure.FailureException to refuse it at once
     */
    default Optional<CompletableFuture<Passage>> prepare(ChatRequest request, Optional<JsonView> settings, Room room) {
        return Optional.empty();
    }

    /**
     * What a request is going to be once it is prepared, as far as that matters for its route: for an explanation, for
     * which nothing is fetched or read. Must not block.
     *
     * @throws io.patchbay.api.failure.FailureException if it would be refused at once
     */
    default JsonView foreseen(ChatRequest request, Optional<JsonView> settings, Room room) {
        return request.json();
    }

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
