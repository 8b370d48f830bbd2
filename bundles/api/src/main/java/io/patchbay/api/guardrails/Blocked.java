package io.patchbay.api.guardrails;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.util.List;

/** Refusals, as OpenRouter words them: status 403, with the names of what was found, and never what was found. */
public final class Blocked {
    private Blocked() {}

    /** A prompt that is not to be sent to anybody. */
    public static FailureException request(List<String> found) {
        return blocked("Request blocked", found);
    }

    /** An answer that its client is not to see. */
    public static FailureException response(List<String> found) {
        return blocked("Response blocked", found);
    }

    private static FailureException blocked(String what, List<String> found) {
        return Failure.builder(
                        FailureKind.CONTENT_FILTERED,
                        what + ": it holds what a guardrail does not let pass (" + String.join(", ", found) + ").")
                .patterns(found)
                .build()
                .toException();
    }
}
