package io.patchbay.admin.api;

import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.ledger.Ledger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /key}, formerly {@code /auth/key}: what a key may do and what has been spent with it. */
@Component(
        service = HttpEndpoint.class,
        property = {HttpEndpoint.ROUTES + "=GET /api/v1/key", HttpEndpoint.ROUTES + "=GET /api/v1/auth/key"})
public final class KeyEndpoint implements HttpEndpoint {
    private final Desk desk;
    private final KeyJson keyJson;

    @Activate
    public KeyEndpoint(@Reference Desk desk, @Reference Ledger ledger) {
        this.desk = desk;
        this.keyJson = new KeyJson(ledger);
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(request, response, asker -> Answer.data(keyJson.itself(asker.key())));
    }
}
