package io.patchbay.api.routing;

import io.patchbay.api.catalog.Endpoint;

/**
 * An endpoint that was considered and is out.
 *
 * @param endpoint which
 * @param rule what is against it
 * @param reason the same for people, one short phrase
 */
public record Exclusion(Endpoint endpoint, Rule rule, String reason) {
    /** What can be against an endpoint; OpenRouter's words where it has one ({@code error.availability.excluded_by}). */
    public enum Rule {
        /** The API key may not use the model. */
        ALLOWED_MODELS("allowed_models"),
        /** The API key, or the request, does not want the provider. */
        ALLOWED_PROVIDERS("allowed_providers"),
        /** It may keep prompts or train with them. */
        TRAINING("data_policy:training"),
        /** It may retain prompts. */
        ZERO_DATA_RETENTION("data_policy:zdr"),
        /** It is not known to process prompts where it has to. */
        REGION("data_policy:region"),
        /** It is not known that others may learn from its texts. */
        DISTILLABLE_TEXT("distillable_text"),
        /** It is too coarse, or nobody knows how coarse. */
        QUANTIZATION("quantization"),
        /** It costs more than the client would pay. */
        MAX_PRICE("max_price"),
        /** Nobody knows what it costs. */
        UNKNOWN_PRICE("unknown_price"),
        /** The prompt or the answer is too long for it. */
        CONTEXT_LENGTH("context_length"),
        /** It does not honour a parameter. */
        REQUIRE_PARAMETERS("require_parameters"),
        /** It does not take or give such content. */
        MODALITY("modality"),
        /** It is of a tier of service that was not asked for, or not of the one that was. */
        SERVICE_TIER("service_tier"),
        /** Its provider has said how long to leave it alone. */
        RATE_LIMITED("rate_limited"),
        /** Its adapter does not do such a thing. */
        ADAPTER("adapter");

        private final String word;

        Rule(String word) {
            this.word = word;
        }

        /** Its name in JSON. */
        public String word() {
            return word;
        }
    }
}
