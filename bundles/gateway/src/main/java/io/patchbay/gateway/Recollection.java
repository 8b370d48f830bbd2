package io.patchbay.gateway;

import io.patchbay.api.cache.CacheUse;
import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run has to do with the response cache: nothing, unless its client wants that. For one thread at a time. */
final class Recollection {
    private volatile @Nullable Recall wanted;
    private volatile @Nullable CachedAnswer answer;

    /** The client wants the answer that is kept, or that this one is. */
    void want(Recall recall) {
        wanted = recall;
        answer = recall.find().orElse(null);
    }

    /** The answer that there is already, so that nobody has to be asked. */
    Optional<CachedAnswer> answer() {
        return Optional.ofNullable(answer);
    }

    /** Notes a part of an answer, in case that it is kept. */
    void note(JsonView part) {
        var recall = wanted;
        if (recall != null) {
            recall.note(part);
        }
    }

    /** What was noted is not the answer after all. */
    void forget() {
        var recall = wanted;
        if (recall != null) {
            recall.forget();
        }
    }

    /** The answer is complete, and paid for. */
    void keep(String generation, Endpoint served, Instant now) {
        var recall = wanted;
        if (recall != null) {
            recall.keep(generation, served, now);
        }
    }

    /** How the wish for a kept answer fared that had to be asked for anew, if there was one. */
    Optional<CacheUse> miss(String generation) {
        return Optional.ofNullable(wanted).map(recall -> recall.miss(generation));
    }

    /** Says so in the record. */
    void complete(GenerationRecord.Builder record, String generation, Instant created) {
        var recall = wanted;
        var found = answer;
        if (recall == null) {
            return;
        }
        if (found == null) {
            record.cache(recall.miss(generation));
            return;
        }
        record.cache(Recall.hit(found, created))
                .kept(found.model(), found.provider())
                .account(recall.subject().account())
                .key(recall.subject().key());
    }
}
