package io.patchbay.dialect.openai;

import io.patchbay.api.dialect.Costs;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonAppender;
import java.util.Set;

/**
 * Writes {@code usage}: what the provider counted, and what it cost here. What a provider says of its own prices is not
 * for the client, who pays ours.
 */
final class UsageWriter {
    private static final Set<String> MONEY = Set.of("cost", "cost_details", "is_byok");

    private UsageWriter() {}

    /** Appends the member, if the generation took anything. */
    static void append(JsonAppender out, GenerationRecord record) {
        record.usage().ifPresent(usage -> {
            out.raw(",\"usage\":{");
            Costs.append(out, record);
            out.membersExcept(usage.json(), MONEY).raw("}");
        });
    }
}
