package io.patchbay.fetch;

import io.patchbay.api.network.Network;
import java.time.Duration;
import java.util.List;

/**
 * What the operator has set.
 *
 * @param permitted networks that are fetched from although they are not public
 * @param mostBytes of a file
 * @param patience for a file, redirects included
 * @param most files under way at once
 */
record FetchSettings(List<Network> permitted, int mostBytes, Duration patience, int most) {}
