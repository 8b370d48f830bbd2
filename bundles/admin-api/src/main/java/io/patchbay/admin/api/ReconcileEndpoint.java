package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.billing.Reconciliation;
import io.patchbay.api.billing.Reconciliation.Comparison;
import io.patchbay.api.billing.Reconciliation.Line;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code POST /reconcile}: the operator compares a provider's export of usage with what was booked. */
@Component(service = HttpEndpoint.class, property = HttpEndpoint.ROUTES + "=POST /api/v1/reconcile")
public final class ReconcileEndpoint implements HttpEndpoint {
    private final Desk desk;
    private final Reconciliation reconciliation;

    @Activate
    public ReconcileEndpoint(@Reference Desk desk, @Reference Reconciliation reconciliation) {
        this.desk = desk;
        this.reconciliation = reconciliation;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            asker.requireOperator();
            var provider = request.query("provider").orElseThrow(() -> Fields.wrong("provider", "given"));
            var export = new String(request.body(), StandardCharsets.UTF_8);
            return Answer.data(json(reconciliation.compare(provider, export, Map.of())));
        });
    }

    private static JsonObject json(Comparison comparison) {
        var json = json(comparison.total(), comparison);
        json.remove("date");
        json.remove("model");
        json.addProperty("from", comparison.first().toString());
        json.addProperty("to", comparison.last().toString());
        var lines = new JsonArray();
        comparison.lines().forEach(line -> lines.add(json(line, comparison)));
        json.add("lines", lines);
        return json;
    }

    private static JsonObject json(Line line, Comparison comparison) {
        var json = new JsonObject();
        json.addProperty("date", line.day().toString());
        json.addProperty("model", line.model());
        if (comparison.tellsCost()) {
            json.addProperty("billed", line.billed().dollars());
            json.addProperty("difference", line.difference());
        }
        json.addProperty("booked", line.booked().dollars());
        if (comparison.tellsTokens()) {
            json.addProperty("billed_prompt_tokens", line.billed().promptTokens());
            json.addProperty("billed_completion_tokens", line.billed().completionTokens());
        }
        json.addProperty("booked_prompt_tokens", line.booked().promptTokens());
        json.addProperty("booked_completion_tokens", line.booked().completionTokens());
        return json;
    }
}
