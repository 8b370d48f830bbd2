package io.patchbay.billing;

import com.google.gson.stream.JsonWriter;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.chat.Usage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What a charge was for, as JSON: everything that its cost can be reckoned from again. */
final class ChargeDetails {
    private static final int USUAL_LENGTH = 400;

    private final StringWriter text = new StringWriter(USUAL_LENGTH);
    private final JsonWriter json = new JsonWriter(text);
    private final Price price;

    private ChargeDetails(Price price) {
        this.price = price;
    }

    static String of(Order order, Endpoint endpoint, Usage usage) {
        try {
            var details = new ChargeDetails(Tariff.charged(order, endpoint, usage));
            details.write(order, endpoint, usage);
            return details.text.toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void write(Order order, Endpoint endpoint, Usage usage) throws IOException {
        json.beginObject();
        json.name("model").value(endpoint.model().toString());
        json.name("provider").value(endpoint.provider().name());
        json.name("endpoint").value(endpoint.id());
        json.name("prompt_tokens").value(usage.promptTokens());
        json.name("completion_tokens").value(usage.completionTokens());
        json.name("prompt_price").value(price.prompt());
        json.name("completion_price").value(price.completion());
        addPart("cached_tokens", usage.cachedTokens(), Unit.CACHE_READ);
        addPart("cache_write_tokens", usage.cacheWriteTokens(), Unit.CACHE_WRITE);
        addPart("cache_write_1h_tokens", Rating.longCacheWriteTokens(usage), Unit.CACHE_WRITE_1H);
        addPart("audio_tokens", Rating.audioTokens(usage), Unit.AUDIO);
        addPart("images", order.images(), Unit.IMAGE);
        addPart("reasoning_tokens", usage.reasoningTokens(), Unit.INTERNAL_REASONING);
        addPart("audio_output_tokens", Rating.audioOutputTokens(usage), Unit.AUDIO_OUTPUT);
        addPart("web_searches", Rating.searches(usage), Unit.WEB_SEARCH);
        if (price.request().signum() > 0) {
            json.name("request_price").value(price.request());
        }
        if (endpoint.isOwn()) {
            json.name("own_credential").value(true);
        }
        if (usage.isEstimated()) {
            json.name("estimated").value(true);
        }
        json.name("price_version").value(Tariff.listed(endpoint).version());
        if (price.asOf().isPresent()) {
            json.name("price_of").value(price.asOf().get().toString());
        }
        json.endObject();
    }

    /** A part of the usage, and what one of it costs if that is another amount than for those around it. */
    private void addPart(String name, long count, Unit unit) throws IOException {
        if (count > 0) {
            json.name(name).value(count);
            var each = price.of(unit);
            if (each.isPresent()) {
                json.name(unit.key() + "_price").value(each.get());
            }
        }
    }
}
