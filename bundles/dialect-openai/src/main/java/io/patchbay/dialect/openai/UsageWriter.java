package io.patchbay.dialect.openai;

import io.patchbay.api.billing.Charge;
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
            appendCost(out, record);
            out.membersExcept(usage.json(), MONEY).raw("}");
        });
    }

    /** Appends the members that tell of money, without a comma before or after. */
    static void appendCost(JsonAppender out, GenerationRecord record) {
        var charge = record.charge().orElse(Charge.NONE);
        out.raw("\"cost\":" + charge.charged() + ",\"is_byok\":" + record.isOwn()
                + ",\"cost_details\":{\"upstream_inference_cost\":" + charge.upstream() + ",\"margin\":"
                + charge.margin() + '}');
    }
}
