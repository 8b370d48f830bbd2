package io.patchbay.openapi;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.Resources;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code GET /openapi.json} and {@code GET /docs}. Needs no key. */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /openapi.json",
            HttpEndpoint.ROUTES + "=GET /api/v1/openapi.json",
            HttpEndpoint.ROUTES + "=GET /v1/openapi.json",
            HttpEndpoint.ROUTES + "=GET /docs"
        })
public final class DocumentsEndpoint implements HttpEndpoint {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final Headers HTML = Headers.of("Content-Type", "text/html; charset=utf-8");

    private final byte[] document;
    private final byte[] page;

    /** Reads both: nothing can be read any more when the bundle has been updated. */
    @Activate
    public DocumentsEndpoint() {
        document = Resources.read(DocumentsEndpoint.class, "openapi.json");
        page = Resources.read(DocumentsEndpoint.class, "docs.html");
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        boolean isPage = request.path().equals("/docs");
        response.send(200, isPage ? HTML : JSON, (isPage ? page : document).clone());
    }
}
