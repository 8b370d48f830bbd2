package io.patchbay.api.presets;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Named, versioned defaults of requests, each account's own. For any thread. */
@ProviderType
public interface Presets {
    /** What stands before a preset's name in a model's: {@code @preset/slug}, {@code author/name@preset/slug}. */
    String MARK = "@preset/";

    /** Whether a request names one, in {@code preset} or in a model's name. Cheap. */
    static boolean isNamedIn(ChatRequest request) {
        if (request.json().has("preset")) {
            return true;
        }
        for (var model : request.models()) {
            if (model.contains(MARK)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A request with the defaults that it names: its own fields win, tools are put together. Does not block.
     *
     * @throws io.patchbay.api.failure.FailureException NOT_FOUND if the account has no such preset; INVALID_REQUEST if the
     *     request names several, or there is no model in the end
     */
    ChatRequest applied(ChatRequest request, String account);

    /** The latest version of each of an account's presets, by name. */
    List<Preset> all(String account);

    /** All versions of a preset, the oldest first; none if there is no such preset. */
    List<Preset> versions(String account, String slug);

    /**
     * Saves a preset, or a new version of one. Blocks.
     *
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST if the name is none; UNAVAILABLE if it can't be
     *     written now
     */
    Preset save(String account, String slug, String systemPrompt, JsonView config);

    /** Deletes a preset with all its versions; returns whether there was one. Blocks. */
    boolean delete(String account, String slug);
}
