package io.patchbay.admin.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.access.RateLimits;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/** API keys as OpenRouter's clients know them, and what we say of them besides. */
final class KeyJson {
    private final Ledger ledger;

    KeyJson(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A key in {@code /keys}. */
    JsonObject inList(ApiKey key) {
        var json = new JsonObject();
        json.addProperty("hash", key.id());
        json.addProperty("name", key.name());
        json.addProperty("disabled", key.disabled());
        json.addProperty("created_at", key.created().toString());
        if (key.changed().equals(key.created())) {
            json.add("updated_at", JsonNull.INSTANCE);
        } else {
            json.addProperty("updated_at", key.changed().toString());
        }
        json.add("external_user", JsonNull.INSTANCE);
        addCommon(json, key);
        json.addProperty("account", key.account().id());
        json.addProperty("purpose", key.purpose().name().toLowerCase(Locale.ROOT));
        RulesJson.add(json, key.permissions(), key.strategy());
        json.add("requests_per_minute", limit(key.rateLimits().requests()));
        json.add("tokens_per_minute", limit(key.rateLimits().tokens()));
        return json;
    }

    /** A key in {@code /key}, seen by itself. */
    JsonObject itself(ApiKey key) {
        var json = new JsonObject();
        boolean management = key.purpose() == ApiKey.Purpose.MANAGEMENT;
        json.addProperty("is_free_tier", false);
        json.addProperty("is_management_key", management);
        json.addProperty("is_provisioning_key", management);
        json.add("organization_id", JsonNull.INSTANCE);
        json.add("allowed_data_regions", RulesJson.array(key.permissions().regions()));
        addCommon(json, key);
        json.add("rate_limit", rateLimit(key));
        json.add("free_model_daily_requests", freeRequests());
        json.addProperty("account", key.account().id());
        return json;
    }

    private void addCommon(JsonObject json, ApiKey key) {
        json.addProperty("label", key.label());
        json.addProperty("workspace_id", key.account().id());
        json.add("creator_user_id", JsonNull.INSTANCE);
        if (key.expires().isPresent()) {
            json.addProperty("expires_at", key.expires().get().toString());
        } else {
            json.add("expires_at", JsonNull.INSTANCE);
        }
        json.addProperty("include_byok_in_limit", key.countsOwnCredentials());
        addLimit(json, key);
        addSpent(json, "usage", key.id());
        addSpent(json, "byok_usage", Budget.ofOwnCost(key.id()));
    }

    private void addSpent(JsonObject json, String name, String budget) {
        json.addProperty(name, spent(budget, Budget.Period.ALWAYS));
        json.addProperty(name + "_daily", spent(budget, Budget.Period.DAY));
        json.addProperty(name + "_weekly", spent(budget, Budget.Period.WEEK));
        json.addProperty(name + "_monthly", spent(budget, Budget.Period.MONTH));
    }

    private void addLimit(JsonObject json, ApiKey key) {
        if (key.budget().isEmpty()) {
            json.add("limit", JsonNull.INSTANCE);
            json.add("limit_remaining", JsonNull.INSTANCE);
            json.add("limit_reset", JsonNull.INSTANCE);
            return;
        }
        var budget = key.budget().get();
        var left = budget.limit().minus(ledger.spent(budget)).max(Money.ZERO);
        json.addProperty("limit", budget.limit().dollars());
        json.addProperty("limit_remaining", left.dollars());
        Periods.word(budget.period())
                .ifPresentOrElse(
                        word -> json.addProperty("limit_reset", word),
                        () -> json.add("limit_reset", JsonNull.INSTANCE));
    }

    private BigDecimal spent(String budget, Budget.Period period) {
        return ledger.spent(budget, period).dollars();
    }

    private static JsonObject rateLimit(ApiKey key) {
        var limit = new JsonObject();
        limit.addProperty(
                "requests",
                key.rateLimits().requests() == 0 ? -1 : key.rateLimits().requests());
        limit.addProperty("interval", "60s");
        limit.addProperty("note", "-1 requests stand for any number.");
        return limit;
    }

    /** There is no free tier: nothing is counted, nothing runs out. */
    private static JsonObject freeRequests() {
        var requests = new JsonObject();
        requests.addProperty("used", 0);
        requests.addProperty("limit", 0);
        requests.addProperty("remaining", 0);
        return requests;
    }

    private static JsonElement limit(long perMinute) {
        return perMinute == 0 ? JsonNull.INSTANCE : new JsonPrimitive(perMinute);
    }

    /**
     * What a body says of a key.
     *
     * @param old the key as it is: what the body does not name stays
     * @param settings of what it becomes
     * @throws FailureException INVALID_REQUEST that names what is wrong
     */
    static ApiKey.Builder apply(JsonView body, ApiKey old, ApiKey.Builder settings) {
        Fields.text(body, "name").ifPresent(settings::name);
        Fields.flag(body, "disabled").ifPresent(settings::disabled);
        Fields.flag(body, "include_byok_in_limit").ifPresent(settings::countsOwnCredentials);
        applyLimit(body, old, settings);
        if (Fields.isNull(body, "expires_at")) {
            settings.neverExpires();
        }
        Fields.time(body, "expires_at").ifPresent(settings::expires);
        settings.permissions(RulesJson.permissions(body, old.permissions()));
        settings.strategy(RulesJson.strategy(body, old.strategy()));
        settings.rateLimits(rateLimits(body, old.rateLimits()));
        return settings;
    }

    private static void applyLimit(JsonView body, ApiKey old, ApiKey.Builder settings) {
        var limit = Fields.dollars(body, "limit");
        if (Fields.isNull(body, "limit")) {
            settings.unlimited();
            return;
        }
        var period = body.has("limit_reset")
                ? Periods.read(body, "limit_reset")
                : old.budget().map(Budget::period).orElse(Budget.Period.ALWAYS);
        limit.or(() -> old.budget().map(Budget::limit)).ifPresent(amount -> settings.limit(amount, period));
    }

    private static RateLimits rateLimits(JsonView body, RateLimits old) {
        long requests = body.has("requests_per_minute")
                ? Fields.count(body, "requests_per_minute").orElse(0L)
                : old.requests();
        long tokens = body.has("tokens_per_minute")
                ? Fields.count(body, "tokens_per_minute").orElse(0L)
                : old.tokens();
        return new RateLimits(requests, tokens);
    }

    /** Refuses what ends before it begins. */
    static void requireFuture(JsonView body, Instant now) {
        if (Fields.time(body, "expires_at").filter(end -> !end.isAfter(now)).isPresent()) {
            throw Fields.wrong("expires_at", "in the future");
        }
    }
}
