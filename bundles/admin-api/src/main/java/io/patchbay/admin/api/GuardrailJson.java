package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.guardrails.AccountGuardrail;
import io.patchbay.api.guardrails.AccountGuardrail.Rules;
import io.patchbay.api.guardrails.AccountGuardrail.SpendingLimit;
import io.patchbay.api.guardrails.ContentFilter;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Guardrails in OpenRouter's form, with {@code applies_to_account}, {@code allowed_regions} and a filter's {@code
 * applies_to} beyond it. Data retention is forbidden for all models or for none: naming one author's forbids it for all.
 */
final class GuardrailJson {
    /** Rules that say nothing. */
    static final Rules BLANK = new Rules("", "", false, Permissions.ALL, Optional.empty(), List.of());

    private static final String NOT = "!";
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String INCLUDE_OWN = "include_byok_in_budgets";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final List<String> FAMILIES = List.of("", "_anthropic", "_openai", "_google", "_xai", "_other");
    private static final List<String> TRAINING =
            List.of("enable_paid_model_training", "enable_free_model_training", "enable_free_model_publication");

    private GuardrailJson() {}

    static JsonObject write(AccountGuardrail guardrail) {
        var rules = guardrail.rules();
        var permissions = rules.permissions();
        var json = new JsonObject();
        json.addProperty("id", guardrail.id());
        json.addProperty(NAME, rules.name());
        json.add(DESCRIPTION, textOrNull(rules.description()));
        json.add("allowed_models", arrayOrNull(wanted(permissions.models())));
        json.add("ignored_models", arrayOrNull(unwanted(permissions.models())));
        json.add("allowed_providers", arrayOrNull(wanted(permissions.providers())));
        json.add("ignored_providers", arrayOrNull(unwanted(permissions.providers())));
        json.add("allowed_regions", arrayOrNull(permissions.regions()));
        FAMILIES.forEach(family -> json.addProperty("enforce_zdr" + family, !permissions.dataRetention()));
        TRAINING.forEach(field -> json.addProperty(field, permissions.dataCollection()));
        rules.spending()
                .ifPresentOrElse(
                        spending -> {
                            json.addProperty("limit_usd", spending.limit().dollars());
                            json.add(
                                    "reset_interval",
                                    textOrNull(Periods.word(spending.period()).orElse("")));
                        },
                        () -> {
                            json.add("limit_usd", JsonNull.INSTANCE);
                            json.add("reset_interval", JsonNull.INSTANCE);
                        });
        json.addProperty(
                INCLUDE_OWN,
                rules.spending().filter(SpendingLimit::countsOwnCost).isPresent());
        json.add("content_filters", filters(rules.filters(), false));
        json.add("content_filter_builtins", filters(rules.filters(), true));
        json.addProperty("applies_to_account", rules.wholeAccount());
        json.addProperty("created_at", guardrail.created().toString());
        json.addProperty("updated_at", guardrail.changed().toString());
        json.addProperty("workspace_id", guardrail.account());
        return json;
    }

    private static JsonElement textOrNull(String text) {
        return text.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(text);
    }

    private static JsonElement arrayOrNull(List<String> texts) {
        return texts.isEmpty() ? JsonNull.INSTANCE : RulesJson.array(texts);
    }

    private static JsonArray filters(List<ContentFilter> filters, boolean builtin) {
        var array = new JsonArray();
        for (var filter : filters) {
            if (filter.isBuiltin() == builtin) {
                var json = new JsonObject();
                json.addProperty(builtin ? "slug" : "pattern", filter.pattern());
                json.addProperty("action", filter.action().word());
                // OpenRouter's clients take null for a pattern's label, and none for a built-in one's.
                if (!builtin || !filter.label().isEmpty()) {
                    json.add("label", textOrNull(filter.label()));
                }
                json.addProperty("applies_to", filter.side().word());
                array.add(json);
            }
        }
        return array;
    }

    /** What a body says; what it does not name stays as it is, and null stands for nothing. */
    static Rules read(JsonView body, Rules old) {
        var name = body.has(NAME) ? Fields.text(body, NAME).orElse("") : old.name();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Fields.wrong(NAME, "a string of 1 to " + LONGEST_NAME + " characters");
        }
        var description = body.has(DESCRIPTION) ? Fields.text(body, DESCRIPTION).orElse("") : old.description();
        if (description.length() > LONGEST_DESCRIPTION) {
            throw Fields.wrong(DESCRIPTION, "a string of " + LONGEST_DESCRIPTION + " characters at the most");
        }
        return new Rules(
                name,
                description,
                Fields.flag(body, "applies_to_account").orElse(old.wholeAccount()),
                permissions(body, old.permissions()),
                spending(body, old.spending()),
                Stream.concat(
                                filters(body, "content_filters", false, old.filters()),
                                filters(body, "content_filter_builtins", true, old.filters()))
                        .toList());
    }

    private static Permissions permissions(JsonView body, Permissions old) {
        return new Permissions(
                lists(body, "allowed_models", "ignored_models", old.models()),
                lists(body, "allowed_providers", "ignored_providers", old.providers()),
                body.has("allowed_regions")
                        ? Fields.texts(body, "allowed_regions").orElse(List.of())
                        : old.regions(),
                allows(body, TRAINING.stream(), true, old.dataCollection()),
                allows(body, FAMILIES.stream().map(family -> "enforce_zdr" + family), false, old.dataRetention()));
    }

    private static List<String> lists(JsonView body, String allowed, String ignored, List<String> old) {
        var wanted = body.has(allowed) ? texts(body, allowed) : wanted(old);
        var unwanted = body.has(ignored) ? texts(body, ignored) : unwanted(old);
        return Stream.concat(wanted.stream(), unwanted.stream().map(NOT::concat))
                .toList();
    }

    private static List<String> texts(JsonView body, String field) {
        var texts = Fields.texts(body, field).orElse(List.of());
        if (texts.stream().anyMatch(text -> text.isBlank() || text.startsWith(NOT))) {
            throw Fields.wrong(field, "an array of names");
        }
        return texts;
    }

    private static List<String> wanted(List<String> words) {
        return words.stream().filter(word -> !word.startsWith(NOT)).toList();
    }

    private static List<String> unwanted(List<String> words) {
        return words.stream()
                .filter(word -> word.startsWith(NOT))
                .map(word -> word.substring(NOT.length()))
                .toList();
    }

    /**
     * Whether something is allowed, by several fields that can say so.
     *
     * @param granting the value that allows it
     */
    private static boolean allows(JsonView body, Stream<String> fields, boolean granting, boolean old) {
        var said = fields.flatMap(field -> Fields.flag(body, field).stream()).toList();
        return said.isEmpty() ? old : said.stream().allMatch(flag -> flag == granting);
    }

    private static Optional<SpendingLimit> spending(JsonView body, Optional<SpendingLimit> old) {
        var limit = body.has("limit_usd") ? Fields.dollars(body, "limit_usd") : old.map(SpendingLimit::limit);
        var period = body.has("reset_interval")
                ? Periods.read(body, "reset_interval")
                : old.map(SpendingLimit::period).orElse(Budget.Period.ALWAYS);
        boolean countsOwnCost = Fields.flag(body, INCLUDE_OWN)
                .orElse(old.filter(SpendingLimit::countsOwnCost).isPresent());
        if (limit.isEmpty() && Fields.flag(body, INCLUDE_OWN).orElse(false)) {
            throw Fields.wrong(INCLUDE_OWN, "true only with a limit_usd");
        }
        if (limit.filter(Money.ZERO::equals).isPresent()) {
            throw Fields.wrong("limit_usd", "more than 0, or null for no limit");
        }
        return limit.map(amount -> new SpendingLimit(amount, period, countsOwnCost));
    }

    private static Stream<ContentFilter> filters(
            JsonView body, String field, boolean builtin, List<ContentFilter> old) {
        if (!body.has(field)) {
            return old.stream().filter(filter -> filter.isBuiltin() == builtin);
        }
        boolean allObjects = Fields.isNull(body, field)
                || (body.kind(field).orElseThrow() == JsonKind.ARRAY
                        && body.elementKinds(field).stream().allMatch(JsonKind.OBJECT::equals));
        if (!allObjects) {
            throw Fields.wrong(field, "an array of objects");
        }
        var filters = new ArrayList<ContentFilter>();
        for (var json : body.objects(field)) {
            filters.add(filter(json, field + '[' + filters.size() + "].", builtin));
        }
        return filters.stream();
    }

    private static ContentFilter filter(JsonView json, String path, boolean builtin) {
        var name = builtin ? "slug" : "pattern";
        return new ContentFilter(
                json.string(name).orElseThrow(() -> Fields.wrong(path + name, "a string")),
                builtin,
                word(ContentFilter.Action.values(), json, path, "action")
                        .orElseThrow(() -> Fields.wrong(path + "action", "given")),
                builtin ? "" : json.string("label").orElse(""),
                word(ContentFilter.Side.values(), json, path, "applies_to").orElse(ContentFilter.Side.INPUT));
    }

    private static <E extends Enum<E>> Optional<E> word(E[] values, JsonView json, String path, String field) {
        if (!Fields.isGiven(json, field)) {
            return Optional.empty();
        }
        var word = json.string(field).orElse("");
        for (var value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(value);
            }
        }
        var words = Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT));
        throw Fields.wrong(path + field, "one of " + String.join(", ", words.toList()));
    }
}
