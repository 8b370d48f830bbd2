package io.patchbay.guardrails;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.guardrails.AccountGuardrail.Rules;
import io.patchbay.api.guardrails.AccountGuardrail.SpendingLimit;
import io.patchbay.api.guardrails.ContentFilter;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules as they are stored. */
final class RulesJson {
    private RulesJson() {}

    static String write(Rules rules) {
        var json = new JsonObject();
        json.addProperty("name", rules.name());
        json.addProperty("description", rules.description());
        json.addProperty("whole_account", rules.wholeAccount());
        json.add("models", array(rules.permissions().models()));
        json.add("providers", array(rules.permissions().providers()));
        json.add("regions", array(rules.permissions().regions()));
        json.addProperty("data_collection", rules.permissions().dataCollection());
        json.addProperty("data_retention", rules.permissions().dataRetention());
        rules.spending().ifPresent(spending -> {
            json.addProperty("limit_nanos", spending.limit().nanos());
            json.addProperty("period", spending.period().name());
            json.addProperty("counts_own_cost", spending.countsOwnCost());
        });
        var filters = new JsonArray();
        rules.filters().forEach(filter -> filters.add(write(filter)));
        json.add("filters", filters);
        return json.toString();
    }

    private static JsonObject write(ContentFilter filter) {
        var json = new JsonObject();
        json.addProperty("pattern", filter.pattern());
        json.addProperty("builtin", filter.isBuiltin());
        json.addProperty("action", filter.action().name());
        json.addProperty("label", filter.label());
        json.addProperty("side", filter.side().name());
        return json;
    }

    static Rules read(String text) {
        var json = JsonView.parse(text).toTree();
        return new Rules(
                JsonTree.text(json.get("name")),
                JsonTree.text(json.get("description")),
                JsonTree.isTrue(json.get("whole_account")),
                new Permissions(
                        strings(json.get("models")),
                        strings(json.get("providers")),
                        strings(json.get("regions")),
                        JsonTree.isTrue(json.get("data_collection")),
                        JsonTree.isTrue(json.get("data_retention"))),
                json.has("limit_nanos")
                        ? Optional.of(new SpendingLimit(
                                new Money(json.get("limit_nanos").getAsLong()),
                                Budget.Period.valueOf(JsonTree.text(json.get("period"))),
                                JsonTree.isTrue(json.get("counts_own_cost"))))
                        : Optional.empty(),
                filters(JsonTree.array(json.get("filters"))));
    }

    private static List<ContentFilter> filters(JsonArray array) {
        var filters = new ArrayList<ContentFilter>();
        for (var one : array) {
            var filter = JsonTree.object(one);
            filters.add(new ContentFilter(
                    JsonTree.text(filter.get("pattern")),
                    JsonTree.isTrue(filter.get("builtin")),
                    ContentFilter.Action.valueOf(JsonTree.text(filter.get("action"))),
                    JsonTree.text(filter.get("label")),
                    ContentFilter.Side.valueOf(JsonTree.text(filter.get("side")))));
        }
        return filters;
    }

    private static JsonArray array(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static List<String> strings(JsonElement array) {
        var texts = new ArrayList<String>();
        JsonTree.array(array).forEach(text -> texts.add(text.getAsString()));
        return texts;
    }
}
