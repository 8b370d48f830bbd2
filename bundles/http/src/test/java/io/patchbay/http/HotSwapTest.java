package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HotSwapTest {
    private static final Duration LONG = Duration.ofSeconds(8);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    /** The route whose absence shows at /health. */
    private static final String ROUTE = "POST /api/v1/chat/completions";

    private static final String PATH = "/api/v1/chat/completions";

    private static TestServer server(Duration parkTime, int parkLimit, Duration drainTime) {
        var swap = new Settings.Swap(parkTime, parkLimit, drainTime, LONG);
        return new TestServer(TestServer.settings(TestServer.limits(LONG), swap));
    }

    private static HttpEndpoint saying(String word) {
        return (request, response) -> response.send(200, TestServer.TEXT, TestServer.bytes(word));
    }

    private static void awaitHidden(TestServer server) {
        Await.until("the endpoint is hidden", () -> {
            try (var client = server.client()) {
                return client.get("/health").answer().status() == 503;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void finishesOpenAnswersBeforeTheEndpointLeaves() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(LONG, 10, LONG).with(manual, ROUTE);
                var client = server.client();
                var newcomer = server.client()) {
            client.post(PATH, "");
            var open = manual.next();
            open.response().start(200, TestServer.TEXT);
            open.write("one").join();
            var leaving = CompletableFuture.runAsync(() -> server.server.unbind(manual));
            awaitHidden(server);

            newcomer.post(PATH, "");
            assertThat(newcomer.isSilent(A_MOMENT)).isTrue();
            assertThat(manual.isEmpty()).isTrue();
            assertThat(leaving).isNotDone();
            open.write("two").join();
            open.response().end(ByteBuffer.wrap(TestServer.bytes("three")));
            assertThat(client.answer().body()).isEqualTo("onetwothree");
            Await.until("the endpoint has left", leaving::isDone);

            server.with(saying("next"), ROUTE);
            assertThat(newcomer.answer().body()).isEqualTo("next");
            assertThat(client.post(PATH, "").answer().body()).isEqualTo("next");
        }
    }

    @Test
    void letsASuccessorAnswerWhileThePredecessorDrains() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(LONG, 10, LONG).with(manual, ROUTE);
                var client = server.client();
                var newcomer = server.client()) {
            client.post(PATH, "");
            var open = manual.next();
            var leaving = CompletableFuture.runAsync(() -> server.server.unbind(manual));
            awaitHidden(server);
            server.with(saying("next"), ROUTE);
            assertThat(newcomer.post(PATH, "").answer().body()).isEqualTo("next");
            assertThat(leaving).isNotDone();
            open.response().send(200, TestServer.TEXT, TestServer.bytes("before"));
            assertThat(client.answer().body()).isEqualTo("before");
            Await.until("the endpoint has left", leaving::isDone);
        }
    }

    @Test
    void letsAnEndpointLeaveWhenTheDrainTimeIsOver() throws Exception {
        var manual = new TestServer.Manual();
        try (var server = server(LONG, 10, SHORT).with(manual, ROUTE);
                var client = server.client()) {
            client.post(PATH, "");
            var open = manual.next();
            long begun = System.nanoTime();
            server.server.unbind(manual);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(SHORT, SHORT.multipliedBy(5));
            open.response().send(200, TestServer.TEXT, TestServer.bytes("late"));
            assertThat(client.answer().body()).isEqualTo("late");
        }
    }

    @Test
    void parksRequestsUntilTheSuccessorComes() throws IOException {
        var first = saying("first");
        try (var server = server(LONG, 10, LONG).with(first, ROUTE);
                var one = server.client();
                var two = server.client()) {
            assertThat(one.post(PATH, "").answer().body()).isEqualTo("first");
            server.server.unbind(first);
            one.post(PATH, "").post(PATH, "");
            two.post(PATH, "");
            assertThat(one.isSilent(A_MOMENT)).isTrue();
            assertThat(two.isSilent(A_MOMENT)).isTrue();
            server.with(saying("second"), ROUTE);
            assertThat(one.answer().body()).isEqualTo("second");
            assertThat(one.answer().body()).isEqualTo("second");
            assertThat(two.answer().body()).isEqualTo("second");
        }
    }

    @Test
    void forgetsTheRouteWhenNoSuccessorComesInTime() throws IOException {
        var first = saying("first");
        try (var server = server(SHORT, 10, LONG).with(first, ROUTE);
                var client = server.client()) {
            server.server.unbind(first);
            long begun = System.nanoTime();
            var refused = client.post(PATH, "").answer();
            isBeingReplaced(refused);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(SHORT.dividedBy(2));
            Await.until("the route is forgotten", Duration.ofSeconds(2), () -> status(client) == 404);
            server.with(saying("second"), ROUTE);
            assertThat(client.post(PATH, "").answer().body()).isEqualTo("second");
        }
    }

    private static int status(RawClient client) {
        try {
            return client.post(PATH, "").answer().status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void isBeingReplaced(RawClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body())
                .startsWith("{\"error\":{\"message\":\"This part of the gateway is being replaced.")
                .contains("\"type\":\"server_error\",\"code\":503,\"param\":null")
                .contains("\"error_type\":\"provider_overloaded\"");
    }

    @Test
    void parksNoMoreThanItsLimit() throws IOException {
        var first = saying("first");
        try (var server = server(LONG, 2, LONG).with(first, ROUTE);
                var one = server.client();
                var two = server.client()) {
            server.server.unbind(first);
            one.post(PATH, "");
            two.post(PATH, "");
            assertThat(one.isSilent(A_MOMENT)).isTrue();
            assertThat(two.isSilent(A_MOMENT)).isTrue();
            // While the car park looks through those who wait, others may slip in.
            Await.until("others are refused", Duration.ofSeconds(2), () -> !isParked(server));
            server.with(saying("second"), ROUTE);
            assertThat(one.answer().body()).isEqualTo("second");
            assertThat(two.answer().body()).isEqualTo("second");
        }
    }

    @Test
    void makesRoomForOthersWhenAParkedClientGoes() throws IOException {
        var first = saying("first");
        try (var server = server(LONG, 1, LONG).with(first, ROUTE)) {
            server.server.unbind(first);
            try (var impatient = server.client()) {
                impatient.post(PATH, "");
                assertThat(impatient.isSilent(A_MOMENT)).isTrue();
                Await.until("others are refused", Duration.ofSeconds(2), () -> !isParked(server));
            }
            Await.until("there is room again", Duration.ofSeconds(3), () -> isParked(server));
        }
    }

    /** Whether one more is parked; if not, it has been refused at once. */
    private static boolean isParked(TestServer server) {
        try (var client = server.client()) {
            client.socket.setSoTimeout((int) A_MOMENT.toMillis());
            isBeingReplaced(client.post(PATH, "").answer());
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Must not be used after it has left. Answers at once or from another thread, in turns. */
    private static final class Version implements HttpEndpoint {
        private volatile boolean left;

        @Override
        public void handle(HttpRequest request, HttpResponse response) {
            if (request.body().length % 2 == 0) {
                answer(response);
            } else {
                var unused = CompletableFuture.runAsync(() -> answer(response));
            }
        }

        private void answer(HttpResponse response) {
            response.send(left ? 500 : 200, TestServer.TEXT, TestServer.bytes("fine"));
        }
    }

    @Test
    void failsNoRequestUnderLoad() throws Exception {
        var current = new AtomicReference<>(new Version());
        try (var server = server(LONG, 100, LONG).with(current.get(), ROUTE)) {
            Load.run(8, 500, () -> new KeepAlive(server.client()), 20, () -> {
                var leaving = current.getAndSet(new Version());
                server.server.unbind(leaving);
                leaving.left = true;
                server.with(current.get(), ROUTE);
            });
        }
    }

    /** One connection for all its requests. */
    private static final class KeepAlive implements Load.Caller {
        private final RawClient client;
        private int calls;

        KeepAlive(RawClient client) {
            this.client = client;
        }

        @Override
        public void call() throws IOException {
            var answer = client.post(PATH, "x".repeat(calls++ % 4)).answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("fine");
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
