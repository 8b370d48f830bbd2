package io.patchbay.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty itself finds wrong with a request, in JSON, and ends the connection. */
final class ErrorAnswers implements Request.Handler {
    private final StandardHeaders standardHeaders;

    ErrorAnswers(StandardHeaders standardHeaders) {
        this.standardHeaders = standardHeaders;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var refusal = Refusal.ofParser(response.getStatus());
        response.setStatus(refusal.status());
        var headers = response.getHeaders();
        standardHeaders.addTo(headers, RequestIds.of(request.getHeaders().get(StandardHeaders.REQUEST_ID)));
        refusal.headers().forEach(headers::put);
        headers.put(HttpFields.CONNECTION_CLOSE);
        var body = refusal.body();
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
