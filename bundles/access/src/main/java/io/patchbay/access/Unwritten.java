package io.patchbay.access;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that something could not be written. */
final class Unwritten {
    private static final Logger log = LoggerFactory.getLogger(Unwritten.class);
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private Unwritten() {}

    /**
     * Writes.
     *
     * @param what is written, for people
     * @throws io.patchbay.api.failure.FailureException UNAVAILABLE if the database does not take it
     */
    static void orElseThrow(String what, Writing writing) {
        try {
            writing.run();
        } catch (SQLException failure) {
            log.error("The {} could not be stored: {}", what, failure.toString());
            throw Failure.builder(FailureKind.UNAVAILABLE, "This could not be stored. The log says why.")
                    .retryAfter(MOMENT)
                    .build()
                    .toException();
        }
    }

    /** Something that writes. */
    interface Writing {
        void run() throws SQLException;
    }
}
