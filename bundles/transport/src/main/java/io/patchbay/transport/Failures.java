package io.patchbay.transport;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.DataFormatException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;

/** Says in the words of the domain what went wrong on the network. No text here names a host or an address. */
final class Failures {
    private Failures() {}

    /** What an exception means, before or after the head of the answer was there. */
    static Failure of(Throwable cause, boolean answering) {
        if (cause instanceof FailureException known) {
            return known.failure();
        }
        if (cause instanceof RejectedExecutionException) {
            return overloaded();
        }
        if (cause instanceof HttpResponseException
                || cause instanceof HttpException
                || (answering && cause instanceof RuntimeException)) {
            return Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's answer is not valid HTTP.");
        }
        if (cause instanceof DataFormatException) {
            return Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's answer could not be decompressed.");
        }
        if (answering) {
            return Failure.of(FailureKind.CUT_OFF, "The provider's answer broke off before its end.");
        }
        if (cause instanceof NotPermitted) {
            return Failure.of(
                    FailureKind.UNREACHABLE,
                    "The provider is at an address that is not public, and that this installation does not permit.");
        }
        if (cause instanceof SSLException) {
            return Failure.of(FailureKind.UNREACHABLE, "No secure connection to the provider could be made.");
        }
        return Failure.of(FailureKind.UNREACHABLE, "The provider could not be reached.");
    }

    static Failure overloaded() {
        return Failure.of(FailureKind.OVERLOADED, "Too many requests wait for this provider. Try again later.");
    }

    static Failure stopping() {
        return Failure.of(
                FailureKind.UNAVAILABLE, "The connection to providers is being restarted. Try again in a moment.");
    }

    static Failure noAddress() {
        return Failure.of(FailureKind.UNREACHABLE, "The provider has no usable base URL.");
    }

    static Failure defect() {
        return Failure.of(FailureKind.INTERNAL, "The provider's answer could not be handled.");
    }

    static Failure unexpectedUpgrade() {
        return Failure.of(FailureKind.MALFORMED_ANSWER, "The provider switched to another protocol unasked.");
    }

    static Failure unknownEncoding() {
        return Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's answer is compressed in an unknown way.");
    }

    /** @param what follows "The provider's answer" */
    static FailureException brokenMessage(String what) {
        return Failure.of(FailureKind.MALFORMED_ANSWER, "The provider's answer " + what + '.')
                .toException();
    }

    static FailureException tooLarge(int limit) {
        return Failure.of(
                        FailureKind.MALFORMED_ANSWER,
                        "The provider's answer is larger than the limit of " + limit + " bytes.")
                .toException();
    }

    static Failure connectTimeout(Duration limit) {
        return timeout("No connection to the provider", limit, "connect");
    }

    static Failure firstByteTimeout(Duration limit) {
        return timeout("The provider did not begin to answer", limit, "first-byte");
    }

    static Failure idleTimeout(Duration limit) {
        return timeout("The provider sent nothing more", limit, "idle");
    }

    static Failure totalTimeout(Duration limit) {
        return timeout("The provider did not finish its answer", limit, "total");
    }

    private static Failure timeout(String what, Duration limit, String stage) {
        return Failure.of(FailureKind.TIMEOUT, what + " within " + limit.toMillis() + " ms (" + stage + " timeout).");
    }
}
