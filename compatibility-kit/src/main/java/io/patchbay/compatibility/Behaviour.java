package io.patchbay.compatibility;

import java.util.List;

/**
 * What an exchange needs of an adapter. All are taken to be supported: an adapter that lacks one says so in
 * {@link AdapterContract#lacks()}.
 */
public enum Behaviour {
    /** Answers piece by piece. */
    STREAMING("a streamed answer"),
    /** Functions that the model may call. */
    TOOLS("tools", "has_tools", "tool_call", "tool_result"),
    /** More than one call in one answer. */
    PARALLEL_TOOL_CALLS("several calls at once", "parallel_tool_calls"),
    /** Which function is to be called. */
    TOOL_CHOICE("a choice of tool", "tool_choice"),
    /** Tools that the provider runs itself, such as a web search. */
    SERVER_TOOLS("tools of the provider's own", "server_tool"),
    /** Thoughts, in the request or in the answer. */
    REASONING("reasoning", "reasoning", "reasoning_param", "redacted_thinking"),
    /** Thoughts and their signatures given back in the next turn. */
    REASONING_REPLAY("thoughts given back", "reasoning_replay", "signature"),
    /** Images. */
    IMAGES("images", "image"),
    /** PDF files. */
    PDF("PDF files", "pdf"),
    /** Sound. */
    AUDIO("sound", "audio"),
    /** Film. */
    VIDEO("film", "video"),
    /** An answer that is JSON. */
    JSON_OBJECT("JSON", "json_object"),
    /** An answer that follows a JSON schema. */
    JSON_SCHEMA("JSON by a schema", "json_schema"),
    /** Where a statement comes from. */
    CITATIONS("citations", "citations"),
    /** Likelihood of tokens. */
    LOGPROBS("log probabilities", "logprobs"),
    /** More than one answer. */
    SEVERAL_CHOICES("several choices", "n>1"),
    /** Marks of what the provider is to keep in its cache. */
    CACHE_CONTROL("marks for the cache", "cache_control"),
    /** Where to stop. */
    STOP("stop texts", "stop_param");

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> tags;

    Behaviour(String words, String... tags) {
        this.words = words;
        this.tags = List.of(tags);
    }

    /** In the words of a report. */
    public String words() {
        return words;
    }

    /** Whether an exchange needs it. */
    boolean isIn(Exchange exchange) {
        return this == STREAMING
                ? exchange.isStreamed()
                : exchange.tags().stream().anyMatch(tags::contains);
    }
}
