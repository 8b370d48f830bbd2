package io.patchbay.catalogtool;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Spellings of models' names: what tells two models apart, and what does not. */
final class Names {
    private static final Pattern DATE = Pattern.compile("[-@](20\\d{2}-?[01]\\d-?[0-3]\\d)(?=$|-)");
    private static final Pattern VERSION = Pattern.compile("-v\\d+$");
    /** How a provider serves a model, not which one it is. */
    private static final Pattern SERVING =
            Pattern.compile("-(fp8|fp4|nvfp4|mxfp4|bf16|awq|int4|int8|maas|tee|versatile|instant)$");

    private static final Pattern BEFORE_DIGIT =
            Pattern.compile("^(llama|qwen|gemma|glm|grok|phi|claude|gpt|kimi)(?=\\d)");
    private static final List<String> AUTHOR_BEFORE_NAME =
            List.of("anthropic-", "openai-", "google-", "alibaba-", "zai-");
    private static final Pattern REGION = Pattern.compile("^(us|eu|apac|au|jp|ca|global)\\.(?=[a-z0-9]+\\.)");

    private Names() {}

    /** Lower case, and only what a model's name may hold. */
    static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._+-]+", "-").replaceAll("^-+|-+$", "");
    }

    /** The last part of a path, without region and author before it: {@code us.anthropic.claude-…}. */
    static String last(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        // Vertex AI's word for a model without dated versions.
        name = name.replaceFirst("@default$", "");
        name = REGION.matcher(name).replaceFirst("");
        int dot = name.indexOf('.');
        if (dot > 0 && Authors.isKnown(Authors.alias(name.substring(0, dot)))) {
            name = name.substring(dot + 1);
        }
        for (var author : AUTHOR_BEFORE_NAME) {
            if (name.startsWith(author)
                    && Authors.of(name.substring(author.length())).isPresent()) {
                return plain(name.substring(author.length()));
            }
        }
        return plain(name);
    }

    /** The same for all spellings of one name: dots, dashes, {@code p} and case don't count. */
    static String key(String name) {
        var key = plain(name).replaceAll("(?<=\\d)p(?=\\d)", "-").replaceAll("[._]", "-");
        key = key.startsWith("meta-llama-") ? key.substring("meta-".length()) : key;
        key = BEFORE_DIGIT.matcher(key).replaceFirst("$1-");
        return key.replaceAll("-v(?=\\d)", "-").replaceAll("-+", "-");
    }

    /** Keys to look a name up by: the exact one first, then without what need not matter. */
    static Iterable<String> keys(String name) {
        var undated = DATE.matcher(name).replaceFirst("");
        // Bedrock's names end in the revision of the model there: -v1:0.
        var unrevised = undated.replaceFirst("(-v\\d+)[-:]\\d+$", "$1");
        var unversioned = VERSION.matcher(unrevised).replaceFirst("");
        var keys = new LinkedHashSet<String>();
        for (var form : List.of(name, undated, unrevised, unversioned)) {
            keys.add(key(form));
        }
        var bare = SERVING.matcher(undated).replaceFirst("");
        keys.add(key(bare));
        keys.add(key(bare.replaceFirst("-(latest|0)$", "")));
        keys.add(key(unversioned.replaceFirst("-latest$", "")));
        return keys;
    }

    /** The same, and last with what is often left away: who serves a model means the one that was taught to chat. */
    static Iterable<String> guesses(String name) {
        var keys = new LinkedHashSet<String>();
        keys(name).forEach(keys::add);
        var bare = SERVING.matcher(name).replaceFirst("");
        keys.add(key(bare + "-instruct"));
        keys.add(key(bare + "-it"));
        return keys;
    }
}
