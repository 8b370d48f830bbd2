package io.patchbay.openapi;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        document = read("openapi.json");
        page = read("docs.html");
    }

    private static byte[] read(String name) {
        try (var resource = DocumentsEndpoint.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new FileNotFoundException(name);
            }
            return resource.readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        boolean isPage = request.path().equals("/docs");
        response.send(200, isPage ? HTML : JSON, (isPage ? page : document).clone());
    }
}
