package io.patchbay.http;

import io.patchbay.api.http.Headers;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests from Jetty: refuses what can be refused by the header, reads the rest whole and passes it on. Declared
 * as not blocking, so that the thread that read a request is the one that handles it.
 */
final class Exchanges extends Handler.Abstract.NonBlocking {
    private static final Logger log = LoggerFactory.getLogger(Exchanges.class);

    private static final byte[] NOTHING = {};

    private final Routes routes;
    private final Settings.Limits limits;
    private final boolean cors;
    private final StandardHeaders standardHeaders;
    private final BodyBudget budget;
    private final AtomicInteger inFlight = new AtomicInteger();

    Exchanges(Routes routes, Settings settings, StandardHeaders standardHeaders) {
        this.routes = routes;
        this.limits = settings.limits();
        this.cors = settings.cors();
        this.standardHeaders = standardHeaders;
        this.budget = new BodyBudget(settings.limits().bufferedBytes());
    }

    int inFlight() {
        return inFlight.get();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var id = RequestIds.of(request.getHeaders().get(StandardHeaders.REQUEST_ID));
        var exchange = new Exchange(id, path(request.getHttpURI()), request, response, callback, this);
        int others = inFlight.getAndIncrement();
        // An answer may take longer than the connection may be idle; reads and writes have their own limits.
        request.addIdleTimeoutListener(timeout -> false);
        exchange.begin();
        if (others >= limits.inFlight()) {
            exchange.refuseUnread(Refusal.OVERLOADED);
        } else if (!isRefused(exchange, request)) {
            receive(exchange, request);
        }
        return true;
    }

    private static String path(HttpURI uri) {
        var path = uri.getCanonicalPath();
        if (path == null) {
            return "";
        }
        return path.indexOf('%') < 0 ? path : uri.getDecodedPath();
    }

    /** Refuses, or answers, what needs no body. */
    private boolean isRefused(Exchange exchange, Request request) {
        var method = exchange.method();
        if (method.equals("CONNECT")) {
            exchange.refuseUnread(Refusal.TUNNEL);
        } else if (method.equals("OPTIONS")) {
            answerOptions(exchange, request);
        } else if (!routes.knows(method, exchange.path())) {
            refuseUnknown(exchange, request);
        } else if (request.getLength() > limits.bodyBytes()) {
            exchange.refuseUnread(Refusal.TOO_LARGE);
        } else {
            return false;
        }
        return true;
    }

    private void refuseUnknown(Exchange exchange, Request request) {
        var methods = routes.methods(exchange.path());
        closeIfBodyComes(exchange, request);
        if (methods.isEmpty()) {
            exchange.refuse(Refusal.NOT_FOUND);
            return;
        }
        var refusal = Refusal.METHOD_NOT_ALLOWED;
        var headers = refusal.headers().and("Allow", String.join(", ", methods));
        exchange.send(refusal.status(), headers, refusal.body());
    }

    private void answerOptions(Exchange exchange, Request request) {
        var methods = routes.methods(exchange.path());
        closeIfBodyComes(exchange, request);
        if (methods.isEmpty() && !exchange.path().equals("*")) {
            exchange.refuse(Refusal.NOT_FOUND);
            return;
        }
        var allow = methods.isEmpty() ? "GET, HEAD, POST, OPTIONS" : String.join(", ", methods);
        var headers = Headers.builder().add("Allow", allow);
        if (cors) {
            headers.add("Access-Control-Allow-Methods", allow)
                    // The wildcard stands for every header but this one.
                    .add("Access-Control-Allow-Headers", "Authorization, *")
                    .add("Access-Control-Max-Age", "86400");
        }
        exchange.send(204, headers.build(), NOTHING);
    }

    /** A body that nobody reads must not be taken for the next request. */
    private static void closeIfBodyComes(Exchange exchange, Request request) {
        if (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            exchange.closeAfterwards();
        }
    }

    private void receive(Exchange exchange, Request request) {
        var encoding = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_ENCODING))
                .orElse("identity");
        boolean gzip = encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
        if (!gzip && !encoding.equalsIgnoreCase("identity")) {
            exchange.refuseUnread(Refusal.UNSUPPORTED_ENCODING);
            return;
        }
        exchange.receiving();
        new BodyReader(request, exchange, limits.bodyBytes(), budget, body -> {
                    exchange.doneReceiving();
                    if (gzip) {
                        exchange.execute(() -> unpack(exchange, request, body));
                    } else {
                        dispatch(exchange, request, body);
                    }
                })
                .run();
    }

    /** Not on the I/O thread: a large body takes a while. */
    private void unpack(Exchange exchange, Request request, byte[] packed) {
        try {
            var unpacked = Gunzip.unpack(packed, limits.bodyBytes());
            unpacked.ifPresentOrElse(
                    body -> dispatch(exchange, request, body), () -> exchange.refuse(Refusal.TOO_LARGE));
        } catch (IOException e) {
            log.debug("Request {} is not gzip", exchange.id(), e);
            exchange.refuse(Refusal.BAD_GZIP);
        }
    }

    private void dispatch(Exchange exchange, Request request, byte[] body) {
        exchange.received(new ReceivedRequest(
                exchange.id(),
                exchange.method(),
                exchange.path(),
                request.getHttpURI().getQuery(),
                request.getHeaders().asImmutable(),
                body,
                Request.getRemoteAddr(request),
                request.getBeginNanoTime()));
        routes.dispatch(exchange);
    }

    void standardHeaders(HttpFields.Mutable headers, String requestId) {
        standardHeaders.addTo(headers, requestId);
    }

    void ended(Exchange exchange) {
        inFlight.decrementAndGet();
        if (exchange.reserved() > 0) {
            budget.release(exchange.reserved());
        }
    }
}
