package io.patchbay.api.catalog;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What endpoints cost and have cost. For any thread; all of it blocks. */
@ProviderType
public interface Prices {
    /** The prices that an endpoint has had, the newest first; empty if it is not known to have had any. */
    List<Version> history(String endpoint);

    /** The prices that were imported, also those that are still to come or have been, by endpoint and time. */
    List<Imported> imported();

    /** An imported price as a version that stands, or will. */
    Version describe(Imported imported);

    /**
     * Takes prices out of a table: all of them, or none if anything is wrong. They stand in the place of all others from
     * their time on. Its columns: docs/billing.md.
     *
     * @return what was imported
     * @throws io.patchbay.api.failure.FailureException INVALID_REQUEST that says in which line and column what is wrong;
     *     UNAVAILABLE if they can't be stored
     */
    List<Imported> importCsv(String table);

    /**
     * Takes back all imported prices of an endpoint.
     *
     * @return how many there were
     * @throws io.patchbay.api.failure.FailureException UNAVAILABLE if that can't be stored
     */
    int withdraw(String endpoint);

    /**
     * A price as it was imported.
     *
     * @param endpoint its id, {@code provider:author/name}; there need not be one
     * @param from from when on it stands
     */
    record Imported(String endpoint, Instant from, Price price) {}

    /**
     * A price that stood.
     *
     * @param since when it was first seen
     * @param version see {@link Price#version()}
     * @param source who says so
     * @param price what it said, for people
     */
    record Version(Instant since, String version, Source source, String price) {}

    /** Who says what an endpoint costs; of several, the first one here counts. */
    enum Source {
        /** A table that was imported. */
        IMPORT,
        /** The provider's file. */
        FILE,
        /** The catalogue. */
        CATALOGUE,
        /** The bundle that brings the endpoint along. */
        BUNDLE,
        /** Nobody: {@code unknown-price} does. */
        POLICY
    }
}
