package io.patchbay.api.fetch;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Gets files from the addresses that clients give, and lets no client reach through the gateway what it could not reach
 * itself: {@code http} and {@code https} only, public addresses only, looked at after the name is resolved and connected
 * to as they were looked at; so again for each of a few redirects. Size and time are limited. A service, for any thread.
 */
@ProviderType
public interface Fetcher {
    /**
     * Fetches a file; returns at once.
     *
     * @param field of the request where the address stands, for errors: {@code messages[0].content[1].file.file_data}
     * @return the file, on a thread that must not be blocked; cancelling it ends the fetch. Fails with a {@link
     *     io.patchbay.api.failure.FailureException}: INVALID_REQUEST that names the field if the address is refused or gives
     *     no file, UNAVAILABLE if too much is being fetched already
     */
    CompletableFuture<Fetched> fetch(String url, String field);

    /** Whether a text is an address that there may be a file at, and not the file itself. */
    static boolean isAddress(String text) {
        var start = text.substring(0, Math.min(8, text.length())).toLowerCase(Locale.ROOT);
        return start.startsWith("http://") || start.startsWith("https://");
    }
}
