package io.patchbay.api.catalog;

/**
 * A provider and how it is.
 *
 * @param provider who
 * @param endpoints how many models it offers by now
 * @param state whether it can be used
 * @param detail one sentence for the operator: why not, or where its models come from
 */
public record ProviderStatus(Provider provider, int endpoints, State state, String detail) {
    /** Whether a provider can be used. */
    public enum State {
        /** It can. */
        READY,
        /** Its list of models is being asked for. Those it named before its file or key changed are offered meanwhile. */
        DISCOVERING,
        /** No credential is set. */
        NO_CREDENTIAL,
        /** Its adapter is not installed. */
        NO_ADAPTER,
        /** Its list of models could not be had. */
        UNREACHABLE,
        /** No price of any of its models is known, and nothing is told to do without. */
        NO_PRICE
    }
}
