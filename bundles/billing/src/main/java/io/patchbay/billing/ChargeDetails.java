package io.patchbay.billing;

import com.google.gson.JsonObject;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.chat.Usage;

/**
 * What charges were for, as JSON: everything that their cost can be reckoned from again. Each bill is given one as it is
 * opened, since after an update of this bundle no class of it can be loaded any more, and its open bills go on.
 */
final class ChargeDetails {
    private final Order order;

    ChargeDetails(Order order) {
        this.order = order;
    }

    String of(Endpoint endpoint, Usage usage) {
        var price = Tariff.charged(order, endpoint, usage);
        var details = new JsonObject();
        details.addProperty("model", endpoint.model().toString());
        details.addProperty("provider", endpoint.provider().name());
        details.addProperty("endpoint", endpoint.id());
        details.addProperty("prompt_tokens", usage.promptTokens());
        details.addProperty("completion_tokens", usage.completionTokens());
        details.addProperty("prompt_price", price.prompt());
        details.addProperty("completion_price", price.completion());
        addPart(details, "cached_tokens", usage.cachedTokens(), price, Unit.CACHE_READ);
        addPart(details, "cache_write_tokens", usage.cacheWriteTokens(), price, Unit.CACHE_WRITE);
        addPart(details, "cache_write_1h_tokens", Rating.longCacheWriteTokens(usage), price, Unit.CACHE_WRITE_1H);
        addPart(details, "audio_tokens", Rating.audioTokens(usage), price, Unit.AUDIO);
        addPart(details, "images", order.images(), price, Unit.IMAGE);
        addPart(details, "reasoning_tokens", usage.reasoningTokens(), price, Unit.INTERNAL_REASONING);
        addPart(details, "audio_output_tokens", Rating.audioOutputTokens(usage), price, Unit.AUDIO_OUTPUT);
        addPart(details, "web_searches", Rating.searches(usage), price, Unit.WEB_SEARCH);
        if (price.request().signum() > 0) {
            details.addProperty("request_price", price.request());
        }
        if (endpoint.isOwn()) {
            details.addProperty("own_credential", true);
        }
        if (usage.isEstimated()) {
            details.addProperty("estimated", true);
        }
        details.addProperty("price_version", Tariff.listed(endpoint).version());
        price.asOf().ifPresent(day -> details.addProperty("price_of", day.toString()));
        return details.toString();
    }

    /** A part of the usage, and what one of it costs if that is another amount than for those around it. */
    private static void addPart(JsonObject details, String name, long count, Price price, Unit unit) {
        if (count > 0) {
            details.addProperty(name, count);
            price.of(unit).ifPresent(amount -> details.addProperty(unit.key() + "_price", amount));
        }
    }
}
