package io.patchbay.itests.conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Where an answer is right though a document says otherwise: {@code known-differences.json}.
 *
 * @param operations as in the document, such as {@code GET /keys/{hash}}
 * @param at as {@link Mismatch#pointer()}
 * @param keyword as {@link Mismatch#keyword()}
 * @param seenIn a test class that provokes it. It fails when it does so no more, so that the entry goes.
 * @param because why it is right
 */
record KnownDifference(
        String document, List<String> operations, String at, String keyword, String seenIn, String because) {
    private static final String FILE = "known-differences.json";

    static List<KnownDifference> all() {
        try (var file = KnownDifference.class.getResourceAsStream(FILE)) {
            return List.copyOf(new ObjectMapper().readValue(file, new TypeReference<List<KnownDifference>>() {}));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean covers(Mismatch mismatch) {
        return document.equals(mismatch.document())
                && operations.contains(mismatch.operation())
                && at.equals(mismatch.pointer())
                && keyword.equals(mismatch.keyword());
    }
}
