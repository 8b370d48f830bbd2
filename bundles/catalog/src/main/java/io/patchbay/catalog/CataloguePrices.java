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
    private static final String START = "utc_start";
    private static final String END = "utc_end";
    private static final int DAY = 24 * 60;

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
        addOverrides(json, price);
        if (asOf != null) {
            price.asOf(asOf);
        }
        return price.build();
    }

    private static void addOverrides(JsonObject json, Price.Builder price) {
        var element = json.get(OVERRIDES);
        if (element == null) {
            return;
        }
        if (!(element instanceof JsonArray overrides)) {
            throw new BadSetting("price." + OVERRIDES, "not an array of objects");
        }
        var sizes = new HashSet<Long>();
        for (JsonElement override : overrides) {
            if (!(override instanceof JsonObject conditions)) {
                throw unconditional();
            }
            long size = CatalogueFields.count(conditions, FROM);
            if (conditions.has(START) || conditions.has(END)) {
                addHours(conditions, size, price);
            } else if (size > 0 && sizes.add(size)) {
                price.above(size, amounts(conditions));
            } else {
                throw unconditional();
            }
        }
    }

    private static void addHours(JsonObject conditions, long size, Price.Builder price) {
        int from = minute(conditions, START);
        int until = minute(conditions, END);
        if (from == until || from == DAY) {
            throw unconditional();
        }
        price.during(from, until, size, amounts(conditions));
    }

    /** A time of day, written 1630. */
    private static int minute(JsonObject conditions, String key) {
        long time = conditions.has(key) ? CatalogueFields.count(conditions, key) : Long.MAX_VALUE;
        long minute = time / 100 * 60 + time % 100;
        if (time % 100 >= 60 || minute > DAY) {
            throw new BadSetting(
                    "price." + OVERRIDES + '.' + key, "not a time of day (expected: 0 to 2400, as in 1630)");
        }
        return (int) minute;
    }

    private static BadSetting unconditional() {
        return new BadSetting(
                "price." + OVERRIDES,
                "not objects of a " + FROM + " each, no two of the same, or of " + START + " and " + END);
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
