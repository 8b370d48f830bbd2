package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.TransferQuery;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /ledger}: an account's transfers with their entries, the newest first, page by page. */
@Component(service = HttpEndpoint.class, property = HttpEndpoint.ROUTES + "=GET /api/v1/ledger")
public final class LedgerEndpoint implements HttpEndpoint {
    private static final int PAGE = 100;
    /** The days that can be asked for: the book counts milliseconds of them. */
    private static final LocalDate FIRST = LocalDate.EPOCH;

    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final Desk desk;
    private final Ledger ledger;

    @Activate
    public LedgerEndpoint(@Reference Desk desk, @Reference Ledger ledger) {
        this.desk = desk;
        this.ledger = ledger;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> {
            var account = asker.account(request.query("account"));
            int limit =
                    Fields.number(request, "limit", TransferQuery.LARGEST_PAGE).orElse(PAGE);
            var query = TransferQuery.latest(Math.max(1, limit)).of(LedgerAccount.credit(account));
            return page(inTime(request, query));
        });
    }

    private static TransferQuery inTime(HttpRequest request, TransferQuery query) {
        var from = Fields.day(request, "from").orElse(FIRST);
        var to = Fields.day(request, "to").orElse(LAST);
        var within = query.within(
                from.atStartOfDay().toInstant(ZoneOffset.UTC),
                to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        var before = request.query("before");
        try {
            return before.isEmpty() ? within : within.before(Long.parseLong(before.get()));
        } catch (NumberFormatException unreadable) {
            var refusal = Fields.wrong("before", "a next_before of an earlier page");
            refusal.initCause(unreadable);
            throw refusal;
        }
    }

    private Answer page(TransferQuery query) {
        var found = ledger.transfers(query);
        var data = new JsonArray();
        for (var posted : found) {
            var json = TransferJson.of(posted.transfer());
            json.addProperty("sequence", posted.sequence());
            data.add(json);
        }
        var answer = new JsonObject();
        answer.add("data", data);
        if (found.size() < query.limit()) {
            answer.add("next_before", JsonNull.INSTANCE);
        } else {
            answer.addProperty("next_before", found.get(found.size() - 1).sequence());
        }
        return Answer.json(200, answer);
    }
}
