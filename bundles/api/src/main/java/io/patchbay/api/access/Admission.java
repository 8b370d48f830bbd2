package io.patchbay.api.access;

import org.osgi.annotation.versioning.ProviderType;

/** A generation that has been let in. For any thread; nothing blocks. */
@ProviderType
public interface Admission {
    /** Lets in without counting anything. */
    Admission UNLIMITED = tokens -> {};

    /**
     * Says what it took in the end, in place of what was supposed. The first call counts.
     *
     * @param tokens prompt and completion; 0 if it came to nothing
     */
    void settle(long tokens);
}
