package io.patchbay.catalogtool;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who made a model: OpenRouter's word for each author, by other words for them and by how their models' names begin. */
final class Authors {
    private static final Map<String, String> ALIASES = pairs("""
            zai-org z-ai, zai z-ai, zhipuai z-ai, zhipu z-ai, thudm z-ai, glm z-ai, xai x-ai, grok x-ai, meta meta-llama,
            llama meta-llama, mistral mistralai, mistral-ai mistralai, alibaba qwen, deepseek-ai deepseek,
            minimaxai minimax, moonshot moonshotai, stepfun-ai stepfun, xiaomimimo xiaomi, ai21labs ai21, azure microsoft,
            bytedance-seed bytedance-seed, cohereforai cohere, coherelabs cohere, ibm ibm-granite, liquidai liquid,
            amazon-nova amazon, primeintellect prime-intellect, arcee arcee-ai, nous-research nousresearch
            """);
    /** Longer beginnings before shorter ones. */
    private static final Map<String, String> BEGINNINGS = pairs("""
            chatgpt openai, gpt openai, codex openai, o1 openai, o3 openai, o4 openai, text-embedding openai,
            whisper openai, dall-e openai, claude anthropic, gemini google, gemma google, imagen google, veo google,
            llama meta-llama, meta-llama meta-llama, codellama meta-llama, qwen qwen, qwq qwen, qvq qwen, deepseek deepseek,
            mistral mistralai, mixtral mistralai, ministral mistralai, magistral mistralai, devstral mistralai,
            codestral mistralai, pixtral mistralai, voxtral mistralai, open-mistral mistralai, open-mixtral mistralai,
            kimi moonshotai, moonshot moonshotai, glm z-ai, grok x-ai, minimax minimax, command cohere, c4ai cohere,
            nova amazon, titan amazon, phi microsoft, wizardlm microsoft, nemotron nvidia, sonar perplexity, step- stepfun,
            mimo xiaomi, ernie baidu, hunyuan tencent, hy3 tencent, seed bytedance-seed, doubao bytedance-seed,
            jamba ai21, hermes nousresearch, granite ibm-granite, longcat meituan, ling- inclusionai, ring- inclusionai,
            mercury inception, solar upstage, palmyra writer, trinity arcee-ai, lfm liquid, olmo allenai, molmo allenai
            """);

    private Authors() {}

    /** OpenRouter's word for an author. */
    static String alias(String author) {
        var lower = Names.plain(author);
        return ALIASES.getOrDefault(lower, lower);
    }

    /** Whether the word names an author. */
    static boolean isKnown(String word) {
        return ALIASES.containsKey(word) || BEGINNINGS.containsValue(word);
    }

    /** The author by how a model's name begins. */
    static Optional<String> of(String modelName) {
        // NVIDIA's models are named for what they were made of first.
        if (modelName.contains("nemotron")) {
            return Optional.of("nvidia");
        }
        return BEGINNINGS.entrySet().stream()
                .filter(beginning -> modelName.startsWith(beginning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> pairs(String text) {
        var pairs = new LinkedHashMap<String, String>();
        for (var pair : text.strip().split(",\\s*", -1)) {
            int blank = pair.indexOf(' ');
            pairs.put(pair.substring(0, blank), pair.substring(blank + 1));
        }
        return pairs;
    }
}
