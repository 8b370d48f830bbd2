package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.generation.Activity;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /activity}: what was used by UTC day and endpoint, of the last 30 days; today's so far is among it. */
@Component(service = HttpEndpoint.class, property = HttpEndpoint.ROUTES + "=GET /api/v1/activity")
public final class ActivityEndpoint implements HttpEndpoint {
    private static final int DAYS = 30;

    private final Desk desk;
    private final Generations generations;
    private final Clock clock;

    @Activate
    public ActivityEndpoint(@Reference Desk desk, @Reference Generations generations) {
        this(desk, generations, Clock.systemUTC());
    }

    ActivityEndpoint(Desk desk, Generations generations, Clock clock) {
        this.desk = desk;
        this.generations = generations;
        this.clock = clock;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            var account = asker.account(request.query("account"));
            var key = request.query("api_key_hash");
            var data = new JsonArray();
            rows(Fields.day(request, "date"), account, key).forEach(row -> data.add(json(row)));
            return Answer.data(data);
        });
    }

    /** One for each day and endpoint, whatever the key. */
    private Iterable<Activity> rows(Optional<LocalDate> day, String account, Optional<String> key) {
        var today = LocalDate.now(clock);
        var first = today.minusDays(DAYS);
        if (day.filter(date -> date.isBefore(first) || date.isAfter(today)).isPresent()) {
            throw Fields.wrong("date", "within the last 30 days");
        }
        Map<List<Object>, Activity> rows = new LinkedHashMap<>();
        for (var row : generations.activity(day.orElse(first), day.orElse(today))) {
            if (row.account().equals(account)
                    && key.filter(id -> !id.equals(row.key())).isEmpty()) {
                rows.merge(List.of(row.day(), row.endpoint()), row, ActivityEndpoint::sum);
            }
        }
        return rows.values();
    }

    private static Activity sum(Activity one, Activity other) {
        return new Activity(
                one.day(),
                one.account(),
                "",
                one.model(),
                one.provider(),
                one.endpoint(),
                one.requests() + other.requests(),
                one.promptTokens() + other.promptTokens(),
                one.completionTokens() + other.completionTokens(),
                one.reasoningTokens() + other.reasoningTokens(),
                one.charged().plus(other.charged()),
                one.cost().plus(other.cost()),
                one.ownCost().plus(other.ownCost()));
    }

    private static JsonObject json(Activity row) {
        var json = new JsonObject();
        json.addProperty("date", row.day().toString());
        json.addProperty("model", row.model());
        json.addProperty("model_permaslug", row.model());
        json.addProperty("endpoint_id", row.endpoint());
        json.addProperty("provider_name", row.provider());
        json.addProperty("usage", row.charged().dollars());
        json.addProperty("byok_usage_inference", row.ownCost().dollars());
        json.addProperty("requests", row.requests());
        json.addProperty("prompt_tokens", row.promptTokens());
        json.addProperty("completion_tokens", row.completionTokens());
        json.addProperty("reasoning_tokens", row.reasoningTokens());
        return json;
    }
}
