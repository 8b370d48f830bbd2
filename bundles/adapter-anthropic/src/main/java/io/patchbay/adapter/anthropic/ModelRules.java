package io.patchbay.adapter.anthropic;

import io.patchbay.api.catalog.Endpoint;
import java.util.regex.Pattern;

/**
 * What a model takes, told by its name: {@code claude-sonnet-4-5-20250929} and {@code claude-sonnet-4-5@20250929} are
 * 4.5. A name that tells no version belongs
 * to an imitation, which takes what all versions took.
 *
 * @param thinks whether it can
 * @param thinksAdaptively whether it decides itself how long to think, instead of being given a budget
 * @param takesSampling whether it takes {@code temperature}, {@code top_p} and {@code top_k}
 * @param takesTopPBesideTemperature whether it takes both at once
 * @param takesSystemInTurns whether a system message may stand in the middle of the conversation
 * @param takesSchema whether its answer can be bound to a JSON schema
 * @param takesStrictTools whether its tool calls can be bound to their schemas
 * @param takesExtraEffort whether it knows the effort {@code xhigh}
 * @param takesUrls whether images and documents may be addresses, which the provider's side then fetches
 */
record ModelRules(
        boolean thinks,
        boolean thinksAdaptively,
        boolean takesSampling,
        boolean takesTopPBesideTemperature,
        boolean takesSystemInTurns,
        boolean takesSchema,
        boolean takesStrictTools,
        boolean takesExtraEffort,
        boolean takesUrls) {
    private static final Pattern VERSION =
            Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?:[-.](\\d{1,2}))?(?![.\\d])");

    private static final int UNKNOWN = 0;

    static ModelRules of(Endpoint endpoint) {
        int version = version(endpoint.upstreamModel());
        var thinking = endpoint.provider().options().getOrDefault("thinking", "");
        return new ModelRules(
                version == UNKNOWN || version >= 307,
                thinking.isBlank() ? version >= 406 : thinking.strip().equals("adaptive"),
                version < 407,
                version < 401,
                version >= 408,
                version == UNKNOWN || version >= 401,
                version >= 405,
                version >= 407,
                // "URL sources are not supported".
                !Access.isVertex(endpoint.provider()));
    }

    /** Hundreds are the major version. */
    private static int version(String model) {
        var found = VERSION.matcher(model);
        if (!found.find()) {
            return UNKNOWN;
        }
        var minor = found.group(2);
        return Integer.parseInt(found.group(1)) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
    }
}
