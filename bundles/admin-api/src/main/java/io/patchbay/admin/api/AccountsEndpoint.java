package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.access.Account;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.JsonBody;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.Money;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /accounts}: accounts are made and listed, by the operator. */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /api/v1/accounts",
            HttpEndpoint.ROUTES + "=POST /api/v1/accounts",
            HttpEndpoint.ROUTES + "=PATCH /api/v1/accounts/*"
        })
public final class AccountsEndpoint implements HttpEndpoint {
    private static final String PATH = "/api/v1/accounts/";

    private final Desk desk;
    private final Accounts accounts;
    private final Ledger ledger;

    @Activate
    public AccountsEndpoint(@Reference Desk desk, @Reference Accounts accounts, @Reference Ledger ledger) {
        this.desk = desk;
        this.accounts = accounts;
        this.ledger = ledger;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            asker.requireOperator();
            return switch (request.method()) {
                case "POST" -> create(request);
                case "PATCH" -> change(request);
                default -> list();
            };
        });
    }

    private Answer list() {
        var data = new JsonArray();
        accounts.accounts().forEach(account -> data.add(json(account)));
        return Answer.data(data);
    }

    private Answer create(HttpRequest request) {
        var body = JsonBody.parse(request.body());
        var id = Fields.text(body, "id").orElseThrow(() -> Fields.wrong("id", "given"));
        var account = accounts.create(
                id,
                settings -> rules(body, settings, Permissions.ALL, Optional.empty())
                        .name(Fields.text(body, "name").orElse(id))
                        .overdraft(Fields.dollars(body, "overdraft").orElse(Money.ZERO)));
        return Answer.json(201, data(account));
    }

    private Answer change(HttpRequest request) {
        var body = JsonBody.parse(request.body());
        var id = request.path().substring(PATH.length());
        var account = accounts.findAccount(id)
                .flatMap(old -> accounts.changeAccount(
                        id, settings -> rules(body, settings, old.permissions(), old.strategy())))
                .orElseThrow(() -> Asker.notFound("account"));
        return Answer.json(200, data(account));
    }

    private static Account.Builder rules(
            JsonView body, Account.Builder settings, Permissions permissions, Optional<String> strategy) {
        return settings.permissions(RulesJson.permissions(body, permissions))
                .strategy(RulesJson.strategy(body, strategy));
    }

    private JsonObject data(Account account) {
        var answer = new JsonObject();
        answer.add("data", json(account));
        return answer;
    }

    private JsonObject json(Account account) {
        var balance = ledger.balance(account.id());
        var json = new JsonObject();
        json.addProperty("id", account.id());
        json.addProperty("name", account.name());
        json.addProperty("created_at", account.created().toString());
        json.addProperty("overdraft", account.overdraft().dollars());
        json.addProperty("credit", balance.credit().dollars());
        json.addProperty("held", balance.held().dollars());
        RulesJson.add(json, account.permissions(), account.strategy());
        return json;
    }
}
