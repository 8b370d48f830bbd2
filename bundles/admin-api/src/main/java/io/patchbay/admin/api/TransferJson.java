package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.ledger.Transfer;
import java.util.Locale;

/** Transfers as JSON. */
final class TransferJson {
    private TransferJson() {}

    static JsonObject of(Transfer transfer) {
        var json = new JsonObject();
        json.addProperty("id", transfer.id());
        json.addProperty("kind", transfer.kind().name().toLowerCase(Locale.ROOT));
        json.addProperty("created_at", transfer.created().toString());
        var entries = new JsonArray();
        for (var entry : transfer.entries()) {
            var leg = new JsonObject();
            leg.addProperty("account", entry.account().toString());
            leg.addProperty("amount", entry.amount().dollars());
            entries.add(leg);
        }
        json.add("entries", entries);
        transfer.budget().ifPresent(key -> json.addProperty("key", key));
        json.add("details", JsonParser.parseString(transfer.details()));
        return json;
    }
}
