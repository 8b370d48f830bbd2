package io.patchbay.api.failure;

/** What went wrong, in the words of the domain. Dialects translate a kind to their own codes, in one place each. */
public enum FailureKind {
    /** A field is missing, of the wrong type or out of range. */
    INVALID_REQUEST(Blame.CLIENT),
    /** The prompt and the answer asked for don't fit into the model's context. Another model may have room. */
    CONTEXT_TOO_LONG(Blame.CLIENT),
    /** A provider's or the operator's content rules refused the prompt or the answer. */
    CONTENT_FILTERED(Blame.CLIENT),
    /** The body is larger than the listener takes. */
    PAYLOAD_TOO_LARGE(Blame.CLIENT),
    /** No valid API key came with the request. */
    UNAUTHENTICATED(Blame.CLIENT),
    /** The account's credit or the API key's limit is used up. */
    PAYMENT_REQUIRED(Blame.CLIENT),
    /** The API key is good but not for this. */
    FORBIDDEN(Blame.CLIENT),
    /** What is asked for is not there, or not for this API key to see. */
    NOT_FOUND(Blame.CLIENT),
    /** Another request stands in its way at the moment. */
    CONFLICT(Blame.CLIENT),
    /** What it asks for contradicts what was asked before. */
    UNPROCESSABLE(Blame.CLIENT),
    /** Nobody serves a model of this name. */
    MODEL_NOT_FOUND(Blame.CLIENT),
    /** The model exists, but no endpoint meets what the request demands. */
    NO_ENDPOINTS(Blame.CLIENT),

    /** The provider, or a limit of the API key, asks to slow down. */
    RATE_LIMITED(Blame.CAPACITY),
    /** The provider can't take more work just now. */
    OVERLOADED(Blame.CAPACITY),
    /** Patchbay itself can't take more work just now, or a part of it is being replaced. */
    UNAVAILABLE(Blame.CAPACITY),

    /** The provider refused our credential. */
    UPSTREAM_AUTH(Blame.UPSTREAM),
    /** Our account at the provider is out of funds. */
    UPSTREAM_QUOTA(Blame.UPSTREAM),
    /** The provider does not know the model any more. */
    UPSTREAM_MODEL_GONE(Blame.UPSTREAM),
    /** The provider said that it failed. */
    UPSTREAM_ERROR(Blame.UPSTREAM),
    /** No connection to the provider, or it broke before the answer began. */
    UNREACHABLE(Blame.UPSTREAM),
    /** The provider did not answer, or stopped answering, in time. */
    TIMEOUT(Blame.UPSTREAM),
    /** The provider's answer is not what its format promises. */
    MALFORMED_ANSWER(Blame.UPSTREAM),
    /** A whole answer, but not of the form that its client insists on. */
    SCHEMA_MISMATCH(Blame.UPSTREAM),
    /** Another attempt for the same request was faster. */
    OUTRUN(Blame.UPSTREAM),
    /** The answer broke off in the middle. */
    CUT_OFF(Blame.UPSTREAM),

    /** A defect of Patchbay. */
    INTERNAL(Blame.GATEWAY);

    private final Blame blame;

    FailureKind(Blame blame) {
        this.blame = blame;
    }

    /** Who has to mend it. */
    public Blame blame() {
        return blame;
    }
}
