package io.patchbay.adapter.bedrock;

import io.patchbay.api.catalog.Endpoint;
import java.util.regex.Pattern;

/**
 * What a model takes. Converse is one format, but the makers of the models differ in what they accept of it. It is told
 * by the name at Bedrock; that may be the ARN of a profile, which says nothing, so the client's name for it counts, too.
 *
 * @param family who made it
 * @param version of a Claude, hundreds being the major one; 0 where the name tells none
 * @param takesSchema whether its answer can be bound to a JSON schema, rather than by a tool it is made to call
 */
record ModelRules(Family family, int version, boolean takesSchema) {
    /** Makers whose models have words of their own. */
    enum Family {
        CLAUDE,
        NOVA,
        NOVA_2,
        GPT_OSS,
        MISTRAL,
        OTHER
    }

    private static final Pattern CLAUDE_VERSION =
            Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?:[-.](\\d{1,2}))?(?![.\\d])");

    private static final Pattern WITH_SCHEMA = Pattern.compile("gpt-oss|qwen3|deepseek[./-](?:chat-)?v3|gemma-3|minimax"
            + "|ministral|magistral|voxtral|mistral-large-(?:3|2512)|kimi|nemotron|glm-");

    static ModelRules of(Endpoint endpoint) {
        var name = endpoint.upstreamModel() + ' ' + endpoint.model();
        var family = family(name);
        int version = family == Family.CLAUDE ? claudeVersion(name) : 0;
        var way = endpoint.provider()
                .options()
                .getOrDefault("structured-output", "")
                .strip();
        boolean takesSchema =
                way.isEmpty() ? version >= 405 || WITH_SCHEMA.matcher(name).find() : way.equals("native");
        return new ModelRules(family, version, takesSchema);
    }

    boolean isClaude() {
        return family == Family.CLAUDE;
    }

    /** Whether it decides itself how long to think, instead of being given a budget. */
    boolean thinksAdaptively() {
        return version >= 406;
    }

    /** Whether it takes {@code temperature}, {@code topP} and {@code top_k}. */
    boolean takesSampling() {
        return version < 407;
    }

    /** Whether it takes {@code topP} beside {@code temperature}. */
    boolean takesTopPBesideTemperature() {
        return version < 401;
    }

    /** Whether it can be kept from calling several tools at once. */
    boolean takesSingleCalls() {
        return version >= 405;
    }

    /** Whether what goes before can be cached; the others refuse to be told. */
    boolean takesCachePoints() {
        return isClaude() || isNova();
    }

    /** Whether it can be told for how long. */
    boolean takesCacheLifetime() {
        return version >= 405;
    }

    boolean isNova() {
        return family == Family.NOVA || family == Family.NOVA_2;
    }

    private static Family family(String name) {
        if (name.contains("claude")) {
            return Family.CLAUDE;
        }
        if (name.contains("nova-2")) {
            return Family.NOVA_2;
        }
        if (name.contains("nova-")) {
            return Family.NOVA;
        }
        if (name.contains("gpt-oss")) {
            return Family.GPT_OSS;
        }
        return name.contains("mistral") ? Family.MISTRAL : Family.OTHER;
    }

    private static int claudeVersion(String name) {
        var found = CLAUDE_VERSION.matcher(name);
        if (!found.find()) {
            return 0;
        }
        var minor = found.group(2);
        return Integer.parseInt(found.group(1)) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
    }
}
