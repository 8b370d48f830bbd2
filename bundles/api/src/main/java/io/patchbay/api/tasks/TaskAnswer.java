package io.patchbay.api.tasks;

import io.patchbay.api.chat.Usage;
import io.patchbay.api.json.JsonView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a task: JSON, or bytes of another kind. Immutable, provided nobody writes to the bytes. */
public final class TaskAnswer {
    private static final byte[] NOTHING = {};

    private final @Nullable JsonView json;
    private final String contentType;
    private final byte[] bytes;
    private final @Nullable Usage usage;
    private final long results;

    private TaskAnswer(@Nullable JsonView json, String contentType, byte[] bytes, @Nullable Usage usage, long results) {
        this.json = json;
        this.contentType = contentType;
        this.bytes = bytes;
        this.usage = usage;
        this.results = results;
    }

    /**
     * An answer in JSON.
     *
     * @param json in the canonical form, without its envelope (id, model, provider, usage)
     * @param usage what the provider counted; empty if it counts nothing
     * @param results how many pictures came; 0 of anything else
     */
    public static TaskAnswer of(JsonView json, Optional<Usage> usage, long results) {
        return new TaskAnswer(json, "application/json", NOTHING, usage.orElse(null), results);
    }

    /**
     * An answer of another kind.
     *
     * @param bytes left alone from now on
     */
    public static TaskAnswer of(String contentType, byte[] bytes) {
        return new TaskAnswer(null, contentType, bytes, null, 0);
    }

    /** The answer, if it is JSON. */
    public Optional<JsonView> json() {
        return Optional.ofNullable(json);
    }

    /** What it is. */
    public String contentType() {
        return contentType;
    }

    /** The answer, if it is no JSON; not copied. */
    public byte[] bytes() {
        return bytes;
    }

    /** What the provider counted; empty if it counts nothing. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** How many pictures came; 0 of anything else. */
    public long results() {
        return results;
    }
}
