package io.patchbay.admin.api;

import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget.Period;
import java.util.Optional;

/** When limits begin anew, in OpenRouter's words. */
final class Periods {
    private Periods() {}

    /** What a field says; {@link Period#ALWAYS} if nothing. */
    static Period read(JsonView body, String field) {
        return switch (Fields.text(body, field).orElse("")) {
            case "" -> Period.ALWAYS;
            case "daily" -> Period.DAY;
            case "weekly" -> Period.WEEK;
            case "monthly" -> Period.MONTH;
            default -> throw Fields.wrong(field, "\"daily\", \"weekly\", \"monthly\" or null");
        };
    }

    /** Empty for what never begins anew. */
    static Optional<String> word(Period period) {
        return switch (period) {
            case ALWAYS -> Optional.empty();
            case DAY -> Optional.of("daily");
            case WEEK -> Optional.of("weekly");
            case MONTH -> Optional.of("monthly");
        };
    }
}
