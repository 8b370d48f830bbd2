package io.patchbay.adapter.gemini;

import io.patchbay.api.catalog.Endpoint;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a model takes, told by its name: {@code gemini-2.5-flash} is 2.5. A Gemini whose name tells no version is the
 * latest.
 *
 * @param isVertex whether Vertex AI serves it
 * @param thinking how it is told how long to think
 * @param leastBudget in tokens; 0 where it can do without
 * @param mostBudget in tokens
 * @param levels of thinking, the lowest first
 * @param takesSystem whether it knows what the system says from what the user says
 * @param wantsSignatures whether it refuses calls of its own that are not signed
 * @param takesMediaInResults whether the result of a tool may hold an image
 */
record ModelRules(
        boolean isVertex,
        Thinking thinking,
        long leastBudget,
        long mostBudget,
        List<String> levels,
        boolean takesSystem,
        boolean wantsSignatures,
        boolean takesMediaInResults) {
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
        boolean isPro = model.contains("-pro");
        boolean isFlashLite = model.contains("flash-lite");
        return new ModelRules(
                Access.isVertex(endpoint.provider()),
                thinking(endpoint, version),
                isPro ? 128 : isFlashLite ? 512 : 0,
                isPro ? 32_768 : 24_576,
                levels(model, version, isPro),
                !OLD_GEMMA.matcher(model).find(),
                version >= 300,
                version >= 300);
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

    private static List<String> levels(String model, int version, boolean isPro) {
        if (model.contains("-image")) {
            return List.of();
        }
        if (version == NO_GEMINI) {
            // Gemma thinks or does not.
            return List.of("minimal", "high");
        }
        return !isPro
                ? List.of("minimal", "low", "medium", "high")
                : version == 300 ? List.of("low", "high") : List.of("low", "medium", "high");
    }

    /** Hundreds are the major version. */
    private static int version(String model) {
        var found = VERSION.matcher(model);
        if (!found.find()) {
            return model.contains("gemini") ? LATEST : NO_GEMINI;
        }
        var minor = found.group(2);
        return Integer.parseInt(found.group(1)) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
    }
}
