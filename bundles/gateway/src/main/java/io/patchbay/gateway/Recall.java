package io.patchbay.gateway;

import io.patchbay.api.cache.CacheUse;
import io.patchbay.api.cache.CacheWish;
import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.cache.ResponseCache;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What one request has to do with the response cache: whether it is answered from there, and whether its answer is kept. As with
 * OpenRouter, nothing unless the client or its preset asks for it; what is the same to the letter, but for white space between
 * the fields, is the same question, of the same key. For one thread at a time.
 */
final class Recall {
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** Bytes of an answer beyond which nobody wants to keep it. */
    private static final long LARGEST = 4 * 1_048_576;

    private static final String ENABLED = "cache_enabled";
    private static final String TTL = "cache_ttl_seconds";

    private final ResponseCache cache;
    private final String question;
    private final Duration ttl;
    private final Subject subject;
    private final List<JsonView> parts = new ArrayList<>();
    private long size;

    private Recall(ResponseCache cache, String question, Duration ttl, Subject subject) {
        this.cache = cache;
        this.question = question;
        this.ttl = ttl;
        this.subject = subject;
    }

    /**
     * What is asked, and by whom.
     *
     * @param kind of answer that the client wants: the same request may go to chats and to embeddings
     */
    record Question(Subject subject, String kind, JsonView request) {}

    /** Empty for whoever does not want that, or if there is no cache. */
    static Optional<Recall> of(CacheWish wish, Question asked, Optional<ResponseCache> cache) {
        var request = asked.request();
        if (cache.isEmpty() || asked.subject().key().isEmpty() || !isWanted(wish, request)) {
            return Optional.empty();
        }
        var recall = new Recall(cache.get(), digest(asked), ttl(wish, request), asked.subject());
        if (wish.clear()) {
            cache.get().forget(recall.question);
        }
        return Optional.of(recall);
    }

    /** What a preset forbids, no header brings back. */
    private static boolean isWanted(CacheWish wish, JsonView request) {
        boolean isSaid = request.kind(ENABLED).filter(JsonKind.BOOLEAN::equals).isPresent();
        return isSaid
                ? request.isTrue(ENABLED) && wish.enabled().orElse(true)
                : wish.enabled().orElse(false);
    }

    private static Duration ttl(CacheWish wish, JsonView request) {
        var seconds = request.integer(TTL);
        var wanted = wish.ttl().orElse(seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : USUAL);
        if (wanted.compareTo(LONGEST) > 0) {
            return LONGEST;
        }
        return wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    }

    private static String digest(Question asked) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : List.of(
                    asked.subject().key(),
                    asked.kind(),
                    asked.request().toTree().toString())) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    Subject subject() {
        return subject;
    }

    Optional<CachedAnswer> find() {
        return cache.find(question);
    }

    /** There was none; this is how it is told. */
    CacheUse miss(String generation) {
        return new CacheUse(false, Duration.ZERO, ttl, generation);
    }

    static CacheUse hit(CachedAnswer answer, Instant now) {
        return new CacheUse(true, Duration.between(answer.created(), now), answer.ttl(), answer.source());
    }

    /** Another part of the answer. */
    void note(JsonView part) {
        size += part.length();
        if (size <= LARGEST) {
            // A view may be a small part of something large, which is not to be kept as well.
            parts.add(JsonView.parse(part.toBytes()));
        }
    }

    /** What was noted is not the answer after all. */
    void forget() {
        parts.clear();
        size = 0;
    }

    /** The answer is complete. */
    void keep(String generation, Endpoint served, Instant now) {
        if (size <= LARGEST) {
            cache.keep(
                    question,
                    new CachedAnswer(
                            generation,
                            served.model().toString(),
                            served.provider().displayName(),
                            now,
                            ttl,
                            parts));
        }
    }
}
