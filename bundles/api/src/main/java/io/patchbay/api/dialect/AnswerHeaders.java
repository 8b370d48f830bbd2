package io.patchbay.api.dialect;

import io.patchbay.api.cache.CacheUse;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.Headers;

/** What the headers of an answer tell of the way it took, for whoever does not look into bodies. */
public final class AnswerHeaders {
    private AnswerHeaders() {}

    /** Of a whole answer, or of an error. */
    public static Headers.Builder of(GenerationRecord record) {
        var headers = of(Heads.of(record));
        record.usage()
                .ifPresent(usage -> headers.add("X-Patchbay-Prompt-Tokens", Long.toString(usage.promptTokens()))
                        .add("X-Patchbay-Completion-Tokens", Long.toString(usage.completionTokens())));
        return headers;
    }

    /** Of a stream that begins. */
    public static Headers.Builder of(GenerationHead head) {
        var way = head.way();
        var headers = Headers.builder().add("X-Generation-Id", head.id());
        if (!way.provider().isEmpty()) {
            headers.add("X-Patchbay-Provider", way.provider())
                    .add("X-Patchbay-Attempts", Integer.toString(way.attempts()));
        }
        way.cache().ifPresent(use -> add(use, headers));
        return headers.add("X-Patchbay-Latency-Ms", Long.toString(way.latency().toMillis()));
    }

    private static void add(CacheUse use, Headers.Builder headers) {
        headers.add("X-OpenRouter-Cache-Status", use.isHit() ? "HIT" : "MISS")
                .add("X-OpenRouter-Cache-TTL", Long.toString(use.ttl().toSeconds()));
        if (use.isHit()) {
            headers.add("X-OpenRouter-Cache-Age", Long.toString(use.age().toSeconds()))
                    .add("X-OpenRouter-Cache-Source-Id", use.source());
        }
    }
}
