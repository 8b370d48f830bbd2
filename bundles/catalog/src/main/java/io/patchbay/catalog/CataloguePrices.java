package io.patchbay.catalog;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the price of a model out of the catalogue: dollars for a million tokens, or for one of what is no token. */
final class CataloguePrices {
    private static final String OVERRIDES = "overrides";
    private static final String FROM = "min_prompt_tokens";

    private CataloguePrices() {}

    /** The price; null if there is none. */
    static @Nullable Price read(JsonObject entry, @Nullable LocalDate asOf) {
        var element = entry.get("price");
        if (element == null) {
            return null;
        }
        if (!(element instanceof JsonObject json)) {
            throw new BadSetting("price", "not an object");
        }
        var price = Price.builder();
        var amounts = amounts(json);
        for (var needed : new Unit[] {Unit.PROMPT, Unit.COMPLETION}) {
            if (!amounts.containsKey(needed)) {
                throw new BadSetting("price." + needed.key(), "missing");
            }
        }
        amounts.forEach(price::each);
        tiers(json, price);
        if (asOf != null) {
            price.asOf(asOf);
        }
        return price.build();
    }

    private static void tiers(JsonObject json, Price.Builder price) {
        var element = json.get(OVERRIDES);
        if (element == null) {
            return;
        }
        if (!(element instanceof JsonArray overrides)) {
            throw new BadSetting("price." + OVERRIDES, "not an array of objects");
        }
        var sizes = new HashSet<Long>();
        for (JsonElement override : overrides) {
            long size = override instanceof JsonObject tier ? CatalogueFields.count(tier, FROM) : 0;
            if (size == 0 || !sizes.add(size)) {
                throw new BadSetting("price." + OVERRIDES, "not objects of a " + FROM + " each, no two of the same");
            }
            price.above(size, amounts(override.getAsJsonObject()));
        }
    }

    /** Dollars for one of each unit. */
    private static Map<Unit, BigDecimal> amounts(JsonObject json) {
        var amounts = new EnumMap<Unit, BigDecimal>(Unit.class);
        for (var unit : Unit.values()) {
            var element = json.get(unit.key());
            if (element != null) {
                var key = "price." + unit.key();
                var amount = Settings.amount(key, CatalogueFields.text(key, element));
                amounts.put(unit, unit.isToken() ? amount.movePointLeft(6) : amount);
            }
        }
        return amounts;
    }
}
