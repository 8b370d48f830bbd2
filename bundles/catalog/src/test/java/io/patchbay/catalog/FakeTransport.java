package io.patchbay.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.ModelListAdapter;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.transport.Transport;
import io.patchbay.api.transport.UpstreamCall;
import io.patchbay.api.transport.UpstreamListener;
import java.util.ArrayList;
import java.util.List;

/** A transport whose far end is the test itself; its lists of models are names separated by spaces. */
final class FakeTransport implements Transport {
    static final ModelListAdapter WORDS = new ModelListAdapter() {
        @Override
        public UpstreamRequest encode(Provider provider, Credential credential) {
            return UpstreamRequest.get("/models", Headers.none());
        }

        @Override
        public List<String> decode(byte[] body) {
            var text = new String(body, UTF_8);
            if (text.startsWith("<")) {
                throw Failure.of(FailureKind.MALFORMED_ANSWER, "no list").toException();
            }
            return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
        }
    };

    final List<Exchange> exchanges = new ArrayList<>();

    @Override
    public UpstreamCall send(Provider provider, UpstreamRequest request, UpstreamListener listener) {
        var exchange = new Exchange(provider, listener);
        exchanges.add(exchange);
        return exchange;
    }

    Exchange latest() {
        return exchanges.get(exchanges.size() - 1);
    }

    static final class Exchange implements UpstreamCall {
        final Provider provider;
        private final UpstreamListener listener;
        boolean cancelled;

        private Exchange(Provider provider, UpstreamListener listener) {
            this.provider = provider;
            this.listener = listener;
        }

        void answer(int status, String body) {
            listener.head(status, Headers.none());
            listener.frames(List.of(Frame.of(body)));
            listener.ended();
        }

        void fail() {
            listener.failed(Failure.of(FailureKind.UNREACHABLE, "No connection."));
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
