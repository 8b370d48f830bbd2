package io.patchbay.api.dialect;

import com.google.gson.JsonObject;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonAppender;

/** What a generation cost, beside the counts of its tokens, in OpenRouter's words. Amounts are US dollars. */
public final class Costs {
    private Costs() {}

    /** Appends the members, without a comma before or after. */
    public static void append(JsonAppender out, GenerationRecord record) {
        var charge = record.charge().orElse(Charge.NONE);
        out.raw("\"cost\":" + charge.charged() + ",\"is_byok\":" + record.isOwn()
                + ",\"cost_details\":{\"upstream_inference_cost\":" + charge.upstream()
                + ",\"upstream_inference_prompt_cost\":" + charge.promptCost()
                + ",\"upstream_inference_completions_cost\":" + charge.completionCost() + ",\"margin\":"
                + charge.margin() + '}');
    }

    /** Adds the members. */
    public static void addTo(JsonObject usage, GenerationRecord record) {
        var charge = record.charge().orElse(Charge.NONE);
        usage.addProperty("cost", charge.charged().dollars());
        usage.addProperty("is_byok", record.isOwn());
        var details = new JsonObject();
        details.addProperty("upstream_inference_cost", charge.upstream().dollars());
        details.addProperty(
                "upstream_inference_prompt_cost", charge.promptCost().dollars());
        details.addProperty(
                "upstream_inference_completions_cost", charge.completionCost().dollars());
        details.addProperty("margin", charge.margin().dollars());
        usage.add("cost_details", details);
    }
}
