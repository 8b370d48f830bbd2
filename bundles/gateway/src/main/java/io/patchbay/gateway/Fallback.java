package io.patchbay.gateway;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.routing.Features;

/** What follows a failed attempt. */
enum Fallback {
    /** Any other endpoint may do better. */
    NEXT_ENDPOINT,
    /** Another endpoint of the same model would say the same; another model may do better. */
    NEXT_MODEL,
    /** The client's own mistake: nobody would do better. */
    NONE;

    static Fallback after(Failure failure) {
        return switch (failure.kind()) {
            case RATE_LIMITED,
                    OVERLOADED,
                    UNAVAILABLE,
                    UPSTREAM_AUTH,
                    UPSTREAM_QUOTA,
                    UPSTREAM_MODEL_GONE,
                    UPSTREAM_ERROR,
                    UNREACHABLE,
                    TIMEOUT,
                    MALFORMED_ANSWER,
                    OUTRUN,
                    CUT_OFF,
                    CONTENT_FILTERED,
                    INTERNAL -> NEXT_ENDPOINT;
            case CONTEXT_TOO_LONG, NO_ENDPOINTS, MODEL_NOT_FOUND -> NEXT_MODEL;
            case INVALID_REQUEST -> Features.isBeyond(failure) ? NEXT_ENDPOINT : NONE;
            case PAYLOAD_TOO_LARGE,
                    UNAUTHENTICATED,
                    PAYMENT_REQUIRED,
                    FORBIDDEN,
                    NOT_FOUND,
                    CONFLICT,
                    UNPROCESSABLE,
                    SCHEMA_MISMATCH -> NONE;
        };
    }
}
