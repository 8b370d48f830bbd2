package io.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RemoteAttemptTest {
    private static final String WITH_SEED = "{\"model\":\"m/one\",\"seed\":1,\"messages\":[]}";
    private static final String INSISTING =
            "{\"model\":\"m/one\",\"seed\":1,\"messages\":[],\"provider\":{\"require_parameters\":true}}";

    @Test
    void saysInTheRecordWhatTheProviderWasNotTold() {
        try (var here = installation((request, endpoint) -> request.dropping(List.of("seed")))) {
            var record = here.ask(WITH_SEED).await();

            assertThat(record.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.failure()).isEmpty();
                assertThat(attempt.dropped()).containsExactly("seed");
            });
        }
    }

    @Test
    void goesOnToAProviderThatCanBeToldWhereTheClientInsists() {
        try (var here = installation((request, endpoint) ->
                endpoint.provider().name().equals("a") ? request.dropping(List.of("seed")) : request)) {
            var record = here.ask(INSISTING).await();

            assertThat(record.attempts())
                    .extracting(attempt -> attempt.endpoint().id())
                    .containsExactly("a:m/one", "b:m/one");
            assertThat(record.attempts().get(1).failure()).isEmpty();
        }
    }

    @Test
    void namesTheFieldWhereNoProviderCanBeTold() {
        try (var here = installation((request, endpoint) -> request.dropping(List.of("seed")))) {
            var heard = here.ask(INSISTING);
            heard.await();

            assertThat(heard.failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
            assertThat(heard.failure.field()).contains("seed");
            assertThat(heard.failure.message()).contains("does not support seed", "require_parameters");
        }
    }

    @Test
    void insistsOnParametersButNotOnSmallWishesInMessages() {
        try (var here = installation((request, endpoint) -> request.dropping(List.of("messages.name")))) {
            var record = here.ask(INSISTING).await();

            assertThat(record.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.failure()).isEmpty();
                assertThat(attempt.dropped()).containsExactly("messages.name");
            });
        }
    }

    @Test
    void goesOnToTheNextProviderWhereAnAdapterCanNotSayTheRequest() {
        try (var here = installation((request, endpoint) -> {
            if (endpoint.provider().name().equals("a")) {
                throw Failure.invalid("n", "One choice only.").toException();
            }
            return request;
        })) {
            var record = here.ask(WITH_SEED).await();

            assertThat(record.attempts()).hasSize(2);
            assertThat(record.attempts().get(1).failure()).isEmpty();
        }
    }

    private static Installation installation(BiFunction<UpstreamRequest, Endpoint, UpstreamRequest> encoding) {
        var here = new Installation("a:m/one", "b:m/one");
        here.network((provider, request, listener) -> {
            listener.head(200, Headers.none());
            listener.frames(List.of(Frame.of("hello")));
            listener.ended();
            return () -> {};
        });
        here.installChats(new ToyAdapter(encoding));
        return here;
    }

    /** Says whatever the test wants. */
    private record ToyAdapter(BiFunction<UpstreamRequest, Endpoint, UpstreamRequest> encoding) implements ChatAdapter {
        @Override
        public UpstreamRequest encode(ChatRequest request, Endpoint endpoint, Credential credential) {
            return encoding.apply(UpstreamRequest.post("/", Headers.none(), new byte[0], Framing.WHOLE), endpoint);
        }

        @Override
        public ChatDecoder decoder(ChatRequest request, Endpoint endpoint) {
            return new ChatDecoder() {
                @Override
                public void decode(Frame frame, Consumer<? super ChatEvent> events) {
                    events.accept(ScriptedModel.completion("hello"));
                }

                @Override
                public void end(Consumer<? super ChatEvent> events) {
                    // The one frame was the end.
                }
            };
        }

        @Override
        public Failure classify(int status, Headers headers, byte[] body) {
            return Failure.of(FailureKind.UPSTREAM_ERROR, "The provider failed.");
        }
    }
}
