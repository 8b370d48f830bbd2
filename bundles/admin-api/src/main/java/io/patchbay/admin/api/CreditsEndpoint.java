package io.patchbay.admin.api;

import com.google.gson.JsonObject;
import io.patchbay.api.access.Accounts;
import io.patchbay.api.billing.Billing;
import io.patchbay.api.billing.Deposit;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.JsonBody;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import io.patchbay.api.ledger.TransferQuery;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /credits}: what was given to an account and what it has used. {@code POST /credits/grant} gives. */
@Component(
        service = HttpEndpoint.class,
        property = {HttpEndpoint.ROUTES + "=GET /api/v1/credits", HttpEndpoint.ROUTES + "=POST /api/v1/credits/grant"})
public final class CreditsEndpoint implements HttpEndpoint {
    private final Desk desk;
    private final Accounts accounts;
    private final Billing billing;
    private final Ledger ledger;

    @Activate
    public CreditsEndpoint(
            @Reference Desk desk, @Reference Accounts accounts, @Reference Billing billing, @Reference Ledger ledger) {
        this.desk = desk;
        this.accounts = accounts;
        this.billing = billing;
        this.ledger = ledger;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(
                request,
                response,
                asker -> request.method().equals("POST")
                        ? grant(asker, request)
                        : Answer.data(credits(asker.account(request.query("account")))));
    }

    /** What was used is what is missing of what was given: that way both add up to the balance, whenever it is read. */
    private JsonObject credits(String account) {
        var balance = ledger.balance(account);
        var given = given(account);
        var data = new JsonObject();
        data.addProperty("total_credits", given.dollars());
        data.addProperty("total_usage", given.minus(balance.credit()).dollars());
        data.addProperty("held", balance.held().dollars());
        return data;
    }

    private Money given(String account) {
        var query = TransferQuery.latest(TransferQuery.LARGEST_PAGE)
                .of(LedgerAccount.credit(account))
                .withoutCharges();
        var given = new ArrayList<Money>();
        ledger.each(query, transfer -> given.add(transfer.debit().negated()));
        return given.stream().reduce(Money.ZERO, Money::plus);
    }

    private Answer grant(Asker asker, HttpRequest request) {
        asker.requireOperator();
        var body = JsonBody.parse(request.body());
        var amount = Fields.dollars(body, "amount")
                .filter(Money::isPositive)
                .orElseThrow(() -> Fields.wrong("amount", "a number of US dollars above zero"));
        var account = asker.account(Fields.text(body, "account"));
        if (accounts.findAccount(account).isEmpty()) {
            throw Asker.notFound("account");
        }
        var id = request.header("Idempotency-Key")
                .or(() -> Fields.text(body, "id"))
                .orElseGet(() -> "deposit-" + UUID.randomUUID());
        var deposit = new Deposit(
                id,
                account,
                amount,
                Fields.flag(body, "paid").orElse(false),
                Fields.text(body, "note").orElse(""));
        var transfer = post(deposit);
        var data = TransferJson.of(transfer);
        data.addProperty("balance", ledger.balance(account).credit().dollars());
        return Answer.data(data);
    }

    private Transfer post(Deposit deposit) {
        try {
            return billing.deposit(deposit).toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw FailureException.find(failed)
                    .<RuntimeException>map(failure -> failure.toException())
                    .orElse(failed);
        } catch (IllegalArgumentException unusable) {
            var refusal = Fields.wrong("id", "1 to 128 printable characters without blanks");
            refusal.initCause(unusable);
            throw refusal;
        }
    }
}
