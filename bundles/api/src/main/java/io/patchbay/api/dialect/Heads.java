package io.patchbay.api.dialect;

import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;

/** Says who answered, from a generation's record. */
public final class Heads {
    private Heads() {}

    /** Of an answer, or of none. */
    public static GenerationHead of(GenerationRecord record) {
        var attempts = record.attempts();
        if (attempts.isEmpty()) {
            return new GenerationHead(
                    record.id(),
                    record.created(),
                    record.servedModel().isEmpty() ? record.requestedModel() : record.servedModel(),
                    record.answeredBy(),
                    new GenerationHead.Way("", 0, record.total(), record.cache()));
        }
        var served = attempts.get(attempts.size() - 1).endpoint();
        return new GenerationHead(
                record.id(),
                record.created(),
                served.model().toString(),
                served.provider().displayName(),
                new GenerationHead.Way(served.provider().name(), attempts.size(), record.total(), record.cache()));
    }
}
