package io.patchbay.batches;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A batch. Immutable, provided nobody changes the details.
 *
 * @param key id of the API key that pays
 * @param expires when it is given up
 * @param endpoint to which all its requests go: {@code /v1/chat/completions}
 * @param input id of the file with them
 * @param details when it came to which status, counts, and ids of the files that came of it, in OpenAI's words
 */
record Batch(
        String id,
        String account,
        String key,
        Instant created,
        Instant expires,
        String endpoint,
        String input,
        Status status,
        JsonObject details) {
    /** How far it is. */
    enum Status {
        /** Something is wrong with the file. */
        FAILED,
        /** Its requests are being sent. */
        IN_PROGRESS,
        /** No more are sent. */
        CANCELLING,
        /** Its time was over before all were sent. */
        EXPIRED,
        /** All are answered. */
        COMPLETED,
        /** It was to end. */
        CANCELLED;

        /** OpenAI's word. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOver() {
            return this != IN_PROGRESS && this != CANCELLING;
        }
    }

    /** This batch, come to another status. */
    Batch at(Status next, Instant now) {
        var told = details.deepCopy();
        told.addProperty(next.word() + "_at", now.getEpochSecond());
        return new Batch(id, account, key, created, expires, endpoint, input, next, told);
    }

    /** This batch with something else told of it. */
    Batch telling(String name, String value) {
        var told = details.deepCopy();
        told.addProperty(name, value);
        return new Batch(id, account, key, created, expires, endpoint, input, status, told);
    }

    Optional<String> told(String name) {
        return details.has(name) ? Optional.of(details.get(name).getAsString()) : Optional.empty();
    }
}
