package io.patchbay.catalogtool;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One model at one provider.
 *
 * @param upstream as the provider names it
 * @param data what models.dev says of it
 */
record Offer(String upstream, JsonObject data) {
    /** Each unit's names in the list: the first that is there counts. All are dollars for a million tokens. */
    private static final Map<String, List<String>> PRICES = new LinkedHashMap<>();

    private static final List<String> CACHE = List.of("input_cache_read", "input_cache_write");
    private static final int PRICE_DIGITS = 6;
    private static final String MONTH = "2026-11";
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern QUANTIZATION =
            Pattern.compile("(?<![a-z0-9])(?:int[48]|nvfp4|mxfp[48]|fp(?:4|6|8|16|32)|bf16)(?![a-z0-9])");
    private static final List<String> TEXT_ONLY = List.of("text");

    static {
        PRICES.put("prompt", List.of("input"));
        PRICES.put("completion", List.of("output"));
        PRICES.put("audio", List.of("input_audio"));
        PRICES.put("audio_output", List.of("output_audio"));
        PRICES.put("internal_reasoning", List.of("reasoning"));
        PRICES.put("input_cache_read", List.of("cache_read", "cached_input", "cache_input"));
        PRICES.put("input_cache_write", List.of("cache_write", "cached_write"));
    }

    /** Whether it is still there and answers chats in OpenAI's way at the provider's own address. */
    boolean isOfUse() {
        var gone = Json.text(data, "status").orElse("").equals("deprecated");
        var elsewhere = Json.object(data, "provider");
        return !gone && elsewhere.size() == 0 && !upstream.contains("realtime") && !upstream.isBlank();
    }

    /** The model that it is, if the list says so; of a distillate it may name the teacher, which it is not. */
    String base() {
        var base = Json.text(data, "base_model").orElse("");
        return isDistillate(upstream) && !isDistillate(base) ? "" : base;
    }

    private static boolean isDistillate(String name) {
        return name.toLowerCase(Locale.ROOT).contains("distill");
    }

    /**
     * Its entry in the catalogue.
     *
     * @param id as clients name it
     * @param known what OpenRouter says of that model; empty if it does not know it
     */
    JsonObject entry(String id, JsonObject known) {
        var entry = new JsonObject();
        entry.addProperty("id", id);
        entry.addProperty("upstream", upstream);
        entry.addProperty(
                "name",
                Json.text(known, "name").or(() -> Json.text(data, "name")).orElse(id));
        var limit = Json.object(data, "limit");
        count(entry, "context_length", limit, "context");
        boolean embeds = upstream.toLowerCase(Locale.ROOT).contains("embed");
        if (!embeds) {
            // Of a model for embeddings the list gives the length of its vectors here.
            count(entry, "max_completion_tokens", limit, "output");
        }
        var cost = Json.object(data, "cost");
        var price = price(cost);
        if (price.has("prompt") && price.has("completion")) {
            withoutGifts(price);
            tiers(price, cost);
            entry.add("price", price);
        }
        entry.add("parameters", embeds ? new JsonArray() : Json.array(parameters(known)));
        var modalities = Json.object(data, "modalities");
        modalities(entry, "input_modalities", inputs(Json.texts(modalities, "input")));
        modalities(entry, "output_modalities", outputs(Json.texts(modalities, "output")));
        Json.text(Json.object(known, "architecture"), "tokenizer")
                .filter(family -> !family.equals("Other") && !family.equals("Router"))
                .ifPresent(family -> entry.addProperty("tokenizer", family));
        Json.text(known, "knowledge_cutoff")
                .or(() -> Json.text(data, "knowledge"))
                .filter(day -> DAY.matcher(day).matches())
                .ifPresent(day -> entry.addProperty("knowledge_cutoff", day));
        quantization().ifPresent(word -> entry.addProperty("quantization", word));
        long created = Json.number(known, "created").map(BigDecimal::longValue).orElseGet(this::released);
        if (created > 0) {
            entry.addProperty("created", created);
        }
        return entry;
    }

    private static void count(JsonObject entry, String key, JsonObject limit, String from) {
        Json.number(limit, from)
                .map(BigDecimal::longValue)
                .filter(count -> count > 0)
                .ifPresent(count -> entry.addProperty(key, count));
    }

    /** Text only is what a missing list means. */
    private static void modalities(JsonObject entry, String key, List<String> words) {
        if (!words.isEmpty() && !words.equals(TEXT_ONLY)) {
            entry.add(key, Json.array(words));
        }
    }

    /** Exact decimals: what binary fractions have added is taken away. */
    private static JsonObject price(JsonObject cost) {
        var price = new JsonObject();
        PRICES.forEach((key, names) -> names.stream()
                .flatMap(name -> Json.number(cost, name).stream())
                .filter(amount -> amount.signum() >= 0)
                .findFirst()
                .ifPresent(amount -> price.addProperty(key, exact(amount))));
        return price;
    }

    /**
     * Adds the price of what is kept in the cache for an hour, which the list does not know, where the price of what is kept
     * for minutes is Anthropic's: 1.25 times a prompt token's; an hour is twice one. See
     * https://platform.claude.com/docs/en/build-with-claude/prompt-caching.
     */
    static void addCacheForAnHour(JsonObject entry) {
        var price = Json.object(entry, "price");
        var overrides = price.remove("overrides");
        addHour(price);
        if (overrides instanceof JsonArray tiers) {
            tiers.forEach(tier -> addHour(tier.getAsJsonObject()));
            price.add("overrides", tiers);
        }
    }

    private static void addHour(JsonObject amounts) {
        var prompt = Json.text(amounts, "prompt").map(BigDecimal::new).orElse(BigDecimal.ZERO);
        var write = Json.text(amounts, "input_cache_write").map(BigDecimal::new).orElse(BigDecimal.ZERO);
        if (prompt.signum() > 0 && write.compareTo(prompt.multiply(new BigDecimal("1.25"))) == 0) {
            amounts.addProperty("input_cache_write_1h", exact(prompt.add(prompt)));
        }
    }

    /** Where the prompt costs something, zero for its cached part stands for a price that the list does not know. */
    private static void withoutGifts(JsonObject price) {
        if (!isZero(price, "prompt")) {
            CACHE.stream().filter(key -> isZero(price, key)).forEach(price::remove);
        }
    }

    private static boolean isZero(JsonObject price, String key) {
        return Json.text(price, key).filter("0"::equals).isPresent();
    }

    /** What changes for longer prompts, by their least size in tokens. */
    private static void tiers(JsonObject price, JsonObject cost) {
        if (!(cost.get("tiers") instanceof JsonArray tiers)) {
            return;
        }
        var bySize = new TreeMap<Long, JsonObject>();
        for (var element : tiers) {
            var tier = element.getAsJsonObject();
            Json.number(Json.object(tier, "tier"), "size")
                    .map(BigDecimal::longValue)
                    .filter(size -> size > 0)
                    .ifPresent(size -> bySize.put(size, price(tier)));
        }
        var overrides = new JsonArray();
        // What a tier does not say, it has from those before it.
        var inForce = price.deepCopy();
        bySize.forEach((size, amounts) -> {
            var override = new JsonObject();
            override.addProperty("min_prompt_tokens", size);
            amounts.entrySet().stream()
                    .filter(amount -> !amount.getValue().equals(inForce.get(amount.getKey())))
                    .forEach(amount -> override.add(amount.getKey(), amount.getValue()));
            amounts.entrySet().forEach(amount -> inForce.add(amount.getKey(), amount.getValue()));
            if (override.size() > 1) {
                overrides.add(override);
            }
        });
        if (!overrides.isEmpty()) {
            price.add("overrides", overrides);
        }
    }

    /** As the provider's name of the model tells it, if it does. */
    private Optional<String> quantization() {
        var found = QUANTIZATION.matcher(upstream.toLowerCase(Locale.ROOT));
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    static String exact(BigDecimal amount) {
        return amount.setScale(PRICE_DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** What OpenRouter says of the model, corrected by what is known of this provider. */
    private TreeSet<String> parameters(JsonObject known) {
        var parameters = new TreeSet<>(Json.texts(known, "supported_parameters"));
        if (parameters.isEmpty()) {
            parameters.addAll(List.of("max_tokens", "stop", "top_p"));
        }
        correct(parameters, "tool_call", List.of("tools", "tool_choice"));
        correct(parameters, "reasoning", List.of("reasoning", "include_reasoning"));
        correct(parameters, "structured_output", List.of("structured_outputs", "response_format"));
        correct(parameters, "temperature", List.of("temperature"));
        return parameters;
    }

    private void correct(TreeSet<String> parameters, String ability, List<String> names) {
        if (Json.affirms(data, ability)) {
            parameters.addAll(names);
        } else if (Json.denies(data, ability)) {
            names.forEach(parameters::remove);
        }
    }

    private List<String> inputs(List<String> said) {
        if (upstream.toLowerCase(Locale.ROOT).contains("whisper")) {
            return List.of("audio");
        }
        return said.stream()
                .map(word -> word.equals("pdf") ? "file" : word)
                .distinct()
                .sorted()
                .toList();
    }

    /** The list calls whatever does not paint or speak "text". */
    private List<String> outputs(List<String> said) {
        var name = upstream.toLowerCase(Locale.ROOT);
        for (var other : List.of("embed", "rerank", "moderation")) {
            if (name.contains(other)) {
                return List.of(other.equals("embed") ? "embeddings" : other);
            }
        }
        return said.stream().distinct().sorted().toList();
    }

    /** In seconds of Unix time; 0 if it is not told, or nonsense. */
    private long released() {
        var text = Json.text(data, "release_date").orElse("");
        try {
            var day = LocalDate.parse(text.length() == MONTH.length() ? text + "-01" : text);
            return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        } catch (DateTimeParseException nonsense) {
            return 0;
        }
    }
}
