package io.patchbay.adapter.gemini;

import io.patchbay.api.catalog.Endpoint;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a model takes, told by its name: {@code gemini-2.5-flash} is 2.5. A Gemini whose name tells no version is the
 * latest.
 *
 * @param model the provider's name for it
 * @param version hundreds are the major version; 0 for what is no Gemini
 * @param isVertex whether Vertex AI serves it
 * @param thinking how it is told how long to think
 */
record ModelRules(String model, int version, boolean isVertex, Thinking thinking) {
    /** How a model is told how long to think. */
    enum Thinking {
        /** It does not think, or does not want to be told. */
        NONE,
        /** In tokens. */
        BUDGET,
        /** By a word; tokens are taken too. */
        LEVEL
    }

    private static final Pattern VERSION = Pattern.compile("gemini-(\\d{1,2})(?:\\.(\\d{1,2}))?(?![.\\d])");
    private static final Pattern OLD_GEMMA = Pattern.compile("gemma-?[123](?!\\d)");
    private static final int LATEST = 399;
    private static final int NO_GEMINI = 0;

    static ModelRules of(Endpoint endpoint) {
        var model = endpoint.upstreamModel();
        int version = version(model);
        return new ModelRules(model, version, Access.isVertex(endpoint.provider()), thinking(endpoint, version));
    }

    private static Thinking thinking(Endpoint endpoint, int version) {
        var model = endpoint.upstreamModel();
        var supported = endpoint.supportedParameters();
        boolean says = supported.contains("reasoning") || supported.contains("reasoning_effort");
        if (model.contains("-tts") || !supported.isEmpty() && !says) {
            return Thinking.NONE;
        }
        if (version >= 300 || model.contains("gemma-4")) {
            return Thinking.LEVEL;
        }
        boolean draws = model.contains("-image");
        return !draws && (version >= 205 || says) ? Thinking.BUDGET : Thinking.NONE;
    }

    private static int version(String model) {
        var found = VERSION.matcher(model);
        if (!found.find()) {
            return model.contains("gemini") ? LATEST : NO_GEMINI;
        }
        var minor = found.group(2);
        return Integer.parseInt(found.group(1)) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
    }

    /** Whether it can do without thinking. */
    boolean canStopThinking() {
        return !model.contains("-pro");
    }

    /** In tokens, where it thinks at all. */
    long leastBudget() {
        return !canStopThinking() ? 128 : model.contains("flash-lite") ? 512 : 0;
    }

    /** In tokens. */
    long mostBudget() {
        return canStopThinking() ? 24_576 : 32_768;
    }

    /** Levels of thinking, the lowest first; none where it wants to hear of none. */
    List<String> levels() {
        if (model.contains("-image")) {
            return List.of();
        }
        if (version == NO_GEMINI) {
            // Gemma thinks or does not.
            return List.of("minimal", "high");
        }
        if (canStopThinking()) {
            return List.of("minimal", "low", "medium", "high");
        }
        return version == 300 ? List.of("low", "high") : List.of("low", "medium", "high");
    }

    /** Whether it knows what the system says from what the user says. */
    boolean takesSystem() {
        return !OLD_GEMMA.matcher(model).find();
    }

    /** Whether it refuses calls of its own that are not signed. */
    boolean wantsSignatures() {
        return version >= 300;
    }

    /** Whether the result of a tool may hold an image. */
    boolean takesMediaInResults() {
        return version >= 300;
    }

    /** Whether its answer can be bound to JSON while it has tools. */
    boolean takesFormatBesideTools() {
        return version >= 300;
    }

    /** Whether it takes penalties: those from 2.5 on refuse any but 0. */
    boolean takesPenalties() {
        return version < 205;
    }

    /** Whether Google wants money for each search of the web; for older ones, for each answer that took any. */
    boolean paysEachSearch() {
        return version >= 300;
    }

    /** Whether it tells how likely tokens were. */
    boolean tellsLikelihoods() {
        return version < (isVertex ? 300 : 205);
    }
}
