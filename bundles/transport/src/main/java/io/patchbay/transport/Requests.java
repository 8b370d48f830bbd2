package io.patchbay.transport;

import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;

/** Makes Jetty's requests from ours: the provider's address and headers, the adapter's path, headers and body. */
final class Requests {
    /** About the connection, or about the message's form: not for an adapter or a configuration to say. */
    private static final Set<String> RESERVED = caseless(
            "Host",
            "Connection",
            "Content-Length",
            "Expect",
            "Keep-Alive",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade");

    private static final int MAX_KNOWN_ADDRESSES = 4096;

    private final HttpClient client;
    /** Addresses are few and costly to parse. */
    private final Map<Address, URI> known = new ConcurrentHashMap<>();

    Requests(HttpClient client) {
        this.client = client;
    }

    /**
     * A request that is ready to be sent.
     *
     * @throws IllegalArgumentException if base URL and path don't make an HTTP address
     */
    Request request(Provider provider, UpstreamRequest from) {
        var request = client.newRequest(address(provider, from.path())).method(from.method());
        request.headers(fields -> addHeaders(fields, provider, from));
        if (from.body().length > 0) {
            request.body(new BytesRequestContent(from.contentType(), from.body()));
        }
        return request;
    }

    private URI address(Provider provider, String path) {
        var base = provider.baseUrl().orElseThrow(() -> new IllegalArgumentException("no base URL"));
        var address = new Address(base, path);
        var found = known.get(address);
        if (found != null) {
            return found;
        }
        var parsed = URI.create(base + path);
        if (!"http".equalsIgnoreCase(parsed.getScheme()) && !"https".equalsIgnoreCase(parsed.getScheme())) {
            throw new IllegalArgumentException("not an HTTP address");
        }
        if (known.size() < MAX_KNOWN_ADDRESSES) {
            known.put(address, parsed);
        }
        return parsed;
    }

    private static void addHeaders(HttpFields.Mutable fields, Provider provider, UpstreamRequest from) {
        from.headers().forEach((name, value) -> {
            if ("User-Agent".equalsIgnoreCase(name)) {
                fields.put(name, value);
            } else if (!RESERVED.contains(name)) {
                fields.add(name, value);
            }
        });
        provider.headers().forEach((name, value) -> fields.remove(name));
        provider.headers().forEach((name, value) -> {
            if (!RESERVED.contains(name)) {
                fields.add(name, value);
            }
        });
    }

    private static Set<String> caseless(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return set;
    }

    private record Address(URI base, String path) {}
}
