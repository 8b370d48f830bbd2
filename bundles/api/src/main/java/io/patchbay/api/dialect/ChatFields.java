package io.patchbay.api.dialect;

import static io.patchbay.api.dialect.FieldRule.arrayOf;
import static io.patchbay.api.dialect.FieldRule.integer;
import static io.patchbay.api.dialect.FieldRule.kind;
import static io.patchbay.api.dialect.FieldRule.number;
import static io.patchbay.api.dialect.FieldRule.object;
import static io.patchbay.api.dialect.FieldRule.oneOf;
import static io.patchbay.api.dialect.FieldRule.text;
import static io.patchbay.api.dialect.FieldRule.textOrTexts;

import io.patchbay.api.json.JsonKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the fields of a canonical chat request may hold. */
public final class ChatFields {
    /** Characters of a session's name. */
    public static final int LONGEST_SESSION = 256;

    private static final int MAX_MESSAGES = 100_000;
    private static final int MAX_MODELS = 10;
    private static final int MAX_STOPS = 16;

    /** A wish of the wrong type would be overlooked, and nobody would notice. */
    private static final Map<String, FieldRule> REASONING = Map.of(
            "effort", kind(JsonKind.STRING),
            "max_tokens", integer(Long.MIN_VALUE),
            "enabled", kind(JsonKind.BOOLEAN),
            "exclude", kind(JsonKind.BOOLEAN));

    /** What OpenAI's and OpenRouter's documentation say of the fields of a chat request. */
    public static final Map<String, FieldRule> RULES = Map.ofEntries(
            Map.entry("model", text(256)),
            Map.entry("models", arrayOf(JsonKind.STRING, MAX_MODELS)),
            Map.entry("messages", arrayOf(JsonKind.OBJECT, MAX_MESSAGES)),
            Map.entry("stream", kind(JsonKind.BOOLEAN)),
            Map.entry("stream_options", kind(JsonKind.OBJECT)),
            Map.entry("max_tokens", integer(1)),
            Map.entry("max_completion_tokens", integer(1)),
            Map.entry("temperature", number(0, 2)),
            Map.entry("top_p", number(0, 1)),
            Map.entry("top_k", integer(0)),
            Map.entry("top_a", number(0, 1)),
            Map.entry("min_p", number(0, 1)),
            Map.entry("frequency_penalty", number(-2, 2)),
            Map.entry("presence_penalty", number(-2, 2)),
            Map.entry("repetition_penalty", number(0, 2)),
            Map.entry("seed", integer(Long.MIN_VALUE)),
            Map.entry("n", integer(1, 128)),
            Map.entry("stop", textOrTexts(MAX_STOPS)),
            Map.entry("logprobs", kind(JsonKind.BOOLEAN)),
            Map.entry("top_logprobs", integer(0, 20)),
            Map.entry("logit_bias", kind(JsonKind.OBJECT)),
            Map.entry("tools", arrayOf(JsonKind.OBJECT, 1024)),
            Map.entry("tool_choice", kind(JsonKind.STRING, JsonKind.OBJECT)),
            Map.entry("parallel_tool_calls", kind(JsonKind.BOOLEAN)),
            Map.entry("response_format", kind(JsonKind.OBJECT)),
            Map.entry("reasoning", object(REASONING)),
            Map.entry("reasoning_effort", kind(JsonKind.STRING)),
            Map.entry("include_reasoning", kind(JsonKind.BOOLEAN)),
            Map.entry("verbosity", kind(JsonKind.STRING)),
            Map.entry("cache_control", kind(JsonKind.OBJECT)),
            Map.entry("audio", kind(JsonKind.OBJECT)),
            Map.entry("provider", kind(JsonKind.OBJECT)),
            Map.entry("plugins", arrayOf(JsonKind.OBJECT, 32)),
            Map.entry("transforms", arrayOf(JsonKind.STRING, 32)),
            Map.entry("cache_enabled", kind(JsonKind.BOOLEAN)),
            Map.entry("cache_ttl_seconds", integer(1, 86_400)),
            Map.entry("route", oneOf("fallback", "sort")),
            Map.entry("user", text(4096)),
            Map.entry("session_id", text(LONGEST_SESSION)),
            Map.entry("metadata", kind(JsonKind.OBJECT)),
            Map.entry("trace", kind(JsonKind.OBJECT)),
            Map.entry("modalities", arrayOf(JsonKind.STRING, 8)),
            Map.entry("prediction", kind(JsonKind.OBJECT)),
            Map.entry("service_tier", kind(JsonKind.STRING)),
            Map.entry("debug", object(Map.of("echo_upstream_body", kind(JsonKind.BOOLEAN)))),
            Map.entry("usage", kind(JsonKind.OBJECT)));

    /** The same, of those fields only that other dialects have in the same form. */
    public static final Map<String, FieldRule> COMMON = common();

    private ChatFields() {}

    private static Map<String, FieldRule> common() {
        var common = new HashMap<>(RULES);
        Set.of("messages", "tools", "tool_choice", "reasoning", "metadata", "debug")
                .forEach(common::remove);
        return Map.copyOf(common);
    }
}
