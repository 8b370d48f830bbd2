package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.catalog.Prices;
import io.patchbay.api.catalog.Prices.Version;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /prices}: the operator imports prices, takes them back, and sees what an endpoint has cost. */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /api/v1/prices",
            HttpEndpoint.ROUTES + "=DELETE /api/v1/prices",
            HttpEndpoint.ROUTES + "=POST /api/v1/prices/import"
        })
public final class PricesEndpoint implements HttpEndpoint {
    private final Desk desk;
    private final Prices prices;

    @Activate
    public PricesEndpoint(@Reference Desk desk, @Reference Prices prices) {
        this.desk = desk;
        this.prices = prices;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            asker.requireOperator();
            return switch (request.method()) {
                case "POST" ->
                    Answer.data(imported(prices.importCsv(new String(request.body(), StandardCharsets.UTF_8))));
                case "DELETE" -> withdraw(request);
                default -> read(request);
            };
        });
    }

    private Answer read(HttpRequest request) {
        var endpoint = request.query("endpoint");
        if (endpoint.isEmpty()) {
            return Answer.data(imported(prices.imported()));
        }
        var data = new JsonArray();
        prices.history(endpoint.get()).forEach(version -> data.add(json(endpoint.get(), version)));
        return Answer.data(data);
    }

    private Answer withdraw(HttpRequest request) {
        var endpoint = request.query("endpoint").orElseThrow(() -> Fields.wrong("endpoint", "given"));
        var data = new JsonObject();
        data.addProperty("withdrawn", prices.withdraw(endpoint));
        return Answer.data(data);
    }

    private JsonArray imported(List<Prices.Imported> all) {
        var data = new JsonArray();
        all.forEach(one -> data.add(json(one.endpoint(), prices.describe(one))));
        return data;
    }

    private static JsonObject json(String endpoint, Version version) {
        var json = new JsonObject();
        json.addProperty("endpoint", endpoint);
        json.addProperty("since", version.since().toString());
        json.addProperty("version", version.version());
        json.addProperty("source", version.source().name().toLowerCase(Locale.ROOT));
        json.addProperty("price", version.price());
        return json;
    }
}
