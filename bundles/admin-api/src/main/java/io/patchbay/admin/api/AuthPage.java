package io.patchbay.admin.api;

import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.Resources;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code GET /auth}: the page on which a user lets an app have a key, with a key of their own. It keeps nothing. */
@Component(
        service = HttpEndpoint.class,
        property = {HttpEndpoint.ROUTES + "=GET /auth", HttpEndpoint.ROUTES + "=GET /auth.js"})
public final class AuthPage implements HttpEndpoint {
    private static final Headers HTML = Headers.builder()
            .add("Content-Type", "text/html; charset=utf-8")
            .add(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self';"
                            + " form-action 'none'; frame-ancestors 'none'; base-uri 'none'")
            .add("Referrer-Policy", "no-referrer")
            .add("Cache-Control", "no-store")
            .build();
    private static final Headers SCRIPT = Headers.of("Content-Type", "text/javascript; charset=utf-8");

    private final byte[] page;
    private final byte[] script;

    /** Reads both: nothing can be read any more when the bundle has been updated. */
    @Activate
    public AuthPage() {
        page = Resources.read(AuthPage.class, "auth.html");
        script = Resources.read(AuthPage.class, "auth.js");
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        boolean isScript = request.path().endsWith(".js");
        response.send(200, isScript ? SCRIPT : HTML, (isScript ? script : page).clone());
    }
}
