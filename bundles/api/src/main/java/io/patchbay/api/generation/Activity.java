package io.patchbay.api.generation;

import io.patchbay.api.ledger.Money;
import java.time.LocalDate;

/**
 * What was used of an endpoint on a day with an API key.
 *
 * @param day in UTC
 * @param account who paid
 * @param key the id of the API key; empty for the operator's own generations
 * @param model the model's name
 * @param provider the provider's name
 * @param endpoint the endpoint's id
 * @param requests how many generations
 * @param promptTokens their prompt tokens
 * @param completionTokens their completion tokens, reasoning included
 * @param reasoningTokens completion tokens spent on thinking
 * @param charged what was paid for them
 * @param cost what the provider asks for them
 * @param ownCost what the provider asks of the account itself for them
 */
public record Activity(
        LocalDate day,
        String account,
        String key,
        String model,
        String provider,
        String endpoint,
        long requests,
        long promptTokens,
        long completionTokens,
        long reasoningTokens,
        Money charged,
        Money cost,
        Money ownCost) {
    /** This and more of the same day, key and endpoint. */
    public Activity plus(Activity more) {
        return new Activity(
                day,
                account,
                key,
                model,
                provider,
                endpoint,
                requests + more.requests,
                promptTokens + more.promptTokens,
                completionTokens + more.completionTokens,
                reasoningTokens + more.reasoningTokens,
                charged.plus(more.charged),
                cost.plus(more.cost),
                ownCost.plus(more.ownCost));
    }
}
