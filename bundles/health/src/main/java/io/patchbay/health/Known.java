package io.patchbay.health;

import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.Outcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/**
 * What is known of one endpoint.
 *
 * @param state how it is
 * @param windows what came of the attempts at it
 */
record Known(EndpointState state, Windows windows) {
    static Known nothing(EjectionPolicy policy) {
        return new Known(new EndpointState(policy), new Windows());
    }

    void record(Outcome outcome, Instant now) {
        if (!isOutrun(outcome)) {
            state.record(outcome, now);
        }
        windows.record(outcome, now.toEpochMilli());
    }

    /** It was not given the time to answer or to fail: it is known to be slow, and nothing else. */
    static boolean isOutrun(Outcome outcome) {
        return outcome.failure()
                .filter(failure -> failure.kind() == FailureKind.OUTRUN)
                .isPresent();
    }

    void write(DataOutput out) throws IOException {
        state.write(out);
        windows.write(out);
    }

    static Known read(DataInput in, EjectionPolicy policy) throws IOException {
        return new Known(EndpointState.read(in, policy), Windows.read(in));
    }
}
