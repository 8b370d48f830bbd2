package io.patchbay.api.failure;

/** Who has to mend it. */
public enum Blame {
    /** The request itself: no other endpoint would take it either. */
    CLIENT,
    /** Patchbay. */
    GATEWAY,
    /** Nobody: there is too much to do right now. */
    CAPACITY,
    /** The provider, or the way to it. */
    UPSTREAM
}
