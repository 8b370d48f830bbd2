package io.patchbay.catalogtool;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One provider of models.dev.
 *
 * @param name what Patchbay calls it
 * @param data what the list says of it
 */
record Source(String name, JsonObject data) {
    /** Those of the list that Patchbay calls otherwise. */
    private static final Map<String, String> NAMES = Map.of(
            "google", "google-ai-studio",
            "fireworks-ai", "fireworks",
            "moonshotai", "moonshot",
            "novita-ai", "novita",
            "togetherai", "together");
    /**
     * Those whose files are written by hand or have been gone through: their own adapters, or more to say than the list
     * knows.
     */
    private static final Set<String> BY_HAND = Set.of(
            "ai21",
            "alibaba",
            "alibaba-cn",
            "amazon-bedrock",
            "anthropic",
            "atlas-cloud",
            "avian",
            "baseten",
            "cerebras",
            "chutes",
            "cloudflare-workers-ai",
            "cohere",
            "crusoe",
            "deepinfra",
            "deepseek",
            "featherless",
            "fireworks",
            "friendli",
            "github-models",
            "gmicloud",
            "google-ai-studio",
            "google-vertex-anthropic",
            "gpustack",
            "groq",
            "huggingface",
            "hyperbolic",
            "inception",
            "inference",
            "llamacpp",
            "lmstudio",
            "mancer",
            "minimax",
            "minimax-cn",
            "mistral",
            "moonshot",
            "moonshotai-cn",
            "nano-gpt",
            "nebius",
            "novita",
            "nscale",
            "nvidia",
            "ollama",
            "openai",
            "openrouter",
            "ovhcloud",
            "parasail",
            "perplexity",
            "phala",
            "poe",
            "sambanova",
            "scaleway",
            "sglang",
            "siliconflow",
            "siliconflow-cn",
            "snowflake-cortex",
            "stepfun",
            "synthetic",
            "together",
            "upstage",
            "venice",
            "vercel",
            "vllm",
            "wandb",
            "writer",
            "xai",
            "xiaomi",
            "zai",
            "zai-coding-plan",
            "zhipuai",
            "zhipuai-coding-plan");
    /** The first wants a token that is exchanged for its key, the second does not answer chats. */
    private static final Set<String> UNSUITABLE = Set.of("github-copilot", "perplexity-agent");

    private static final Set<String> OPENAI = Set.of("@ai-sdk/openai-compatible", "@ai-sdk/openai");
    private static final String CHAT_PATH = "/chat/completions";

    static Source of(String id, JsonObject data) {
        return new Source(NAMES.getOrDefault(id, id), data);
    }

    boolean isByHand() {
        return BY_HAND.contains(name);
    }

    /** Whether Patchbay comes with a file for it. */
    boolean isShipped() {
        return isByHand()
                || (OPENAI.contains(Json.text(data, "npm").orElse(""))
                        && url().isPresent()
                        && !UNSUITABLE.contains(name));
    }

    /** Whether it serves whatever its owner has loaded: no list can know that. */
    boolean isLocal() {
        return url().filter(url -> url.contains("://127.0.0.1") || url.contains("://localhost"))
                .isPresent();
    }

    Optional<String> url() {
        return Json.text(data, "api")
                .filter(url -> url.startsWith("http") && !url.contains("${"))
                .map(url -> url.endsWith(CHAT_PATH) ? url.substring(0, url.length() - CHAT_PATH.length()) : url)
                .map(url -> url.replaceFirst("/+$", ""));
    }

    String displayName() {
        return Json.text(data, "name").orElse(name);
    }

    /** The environment variable that its own tools take the key from. */
    String variable() {
        var all = Json.texts(data, "env");
        return all.stream()
                .filter(variable -> variable.matches(".*(KEY|TOKEN|PAT)"))
                .findFirst()
                .or(() -> all.stream().findFirst())
                .orElse(ownVariable());
    }

    /** A variable that no other provider can lay claim to. */
    String ownVariable() {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_API_KEY";
    }

    List<Offer> offers() {
        return Json.object(data, "models").entrySet().stream()
                .map(model -> new Offer(model.getKey(), model.getValue().getAsJsonObject()))
                .filter(Offer::isOfUse)
                .sorted(Comparator.comparing(Offer::upstream))
                .toList();
    }
}
