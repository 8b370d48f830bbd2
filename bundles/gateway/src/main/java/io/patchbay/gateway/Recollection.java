package io.patchbay.gateway;

import io.patchbay.api.cache.CacheUse;
import io.patchbay.api.cache.CachedAnswer;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import java.time.Instant;
import java.util.Optional;

/** What a run has to do with the response cache: nothing, unless its client wants that. Whoever leaves reads it, too. */
final class Recollection {
    private volatile Optional<Recall> wanted = Optional.empty();
    private volatile Optional<CachedAnswer> answer = Optional.empty();

    /** The client wants the answer that is kept, or that this one is. */
    void want(Recall recall) {
        wanted = Optional.of(recall);
        answer = recall.find();
    }

    /** The answer that there is already, so that nobody has to be asked. */
    Optional<CachedAnswer> answer() {
        return answer;
    }

    /** Notes a part of an answer, in case that it is kept. */
    void note(JsonView part) {
        wanted.ifPresent(recall -> recall.note(part));
    }

    /** What was noted is not the answer after all. */
    void forget() {
        wanted.ifPresent(Recall::forget);
    }

    /** The answer is complete, and paid for. */
    void keep(String generation, Endpoint served, Instant now) {
        wanted.ifPresent(recall -> recall.keep(generation, served, now));
    }

    /** How the wish for a kept answer fared that had to be asked for anew, if there was one. */
    Optional<CacheUse> miss(String generation) {
        return wanted.map(recall -> recall.miss(generation));
    }

    /** Says so in the record. */
    void complete(GenerationRecord.Builder record, String generation, Instant created) {
        wanted.ifPresent(recall -> answer.ifPresentOrElse(
                found -> record.cache(Recall.hit(found, created))
                        .kept(found.model(), found.provider())
                        .account(recall.subject().account())
                        .key(recall.subject().key()),
                () -> record.cache(recall.miss(generation))));
    }
}
