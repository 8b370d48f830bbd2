package io.patchbay.api.tasks;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.generation.GenerationRecord;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of a task: exactly one of the two, once. Must not block. */
@ConsumerType
public interface TaskListener {
    /**
     * It is done.
     *
     * @param record its usage is always there
     */
    void done(TaskAnswer answer, GenerationRecord record);

    /** It is not. */
    void failed(Failure failure, GenerationRecord record);
}
