package io.patchbay.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckedHttpClientTest {
    private static final String COUNT = "{\"data\":{\"count\":7}}";
    private static final String NO_COUNT = "{\"data\":{\"count\":\"seven\"}}";
    private static final String MISMATCH = "GET /models/count 200 /data/count type";

    private FakeUpstream gateway;

    @BeforeEach
    void start() {
        gateway = FakeUpstream.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whatIsWrongIsKnownWhenTheAnswerIsRead() throws Exception {
        gateway.answerNext(FakeAnswers.json(200, COUNT)).answerNext(FakeAnswers.json(200, NO_COUNT));

        assertThat(ask(CheckedHttpClient.create(), gateway.baseUrl())).isEqualTo(COUNT);
        assertThat(Conformance.takeMismatches()).isEmpty();
        assertThat(ask(CheckedHttpClient.create(), gateway.baseUrl())).isEqualTo(NO_COUNT);
        assertThat(Conformance.takeMismatches())
                .anySatisfy(found -> assertThat(found.toString()).startsWith(MISMATCH));
    }

    @Test
    void packedAnswersAreUnpacked() throws Exception {
        gateway.answer(exchange -> {
            var packed = FakeExchange.gzip(NO_COUNT.getBytes(StandardCharsets.UTF_8));
            exchange.head(
                            200,
                            "Content-Type: application/json",
                            "Content-Encoding: gzip",
                            "Content-Length: " + packed.length)
                    .write(packed);
        });

        assertThat(ask(CheckedHttpClient.create(), gateway.baseUrl())).isNotEmpty();

        assertThat(Conformance.takeMismatches())
                .anySatisfy(found -> assertThat(found.toString()).startsWith(MISMATCH));
    }

    @Test
    void ofAStreamThatIsLeftWhatCameIsSeen() throws Exception {
        gateway.answer(exchange -> {
            exchange.sseHead().chunk("data: {\"object\":\"chat.completion.chunk\"}\n\n");
            exchange.awaitClientGone(Duration.ofSeconds(60));
        });
        var request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        var response = CheckedHttpClient.create().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            assertThat(body.read()).isEqualTo('d');
        }

        assertThat(Conformance.takeMismatches())
                .anySatisfy(found ->
                        assertThat(found.toString()).startsWith("POST /chat/completions 200 /data/choices required"));
    }

    @Test
    void theProxyGivesWhatItGotAndLooksAtIt() throws Exception {
        gateway.answer(FakeAnswers.json(200, NO_COUNT));

        try (var proxy = CheckingProxy.of(gateway.baseUrl().resolve("/"))) {
            assertThat(ask(HttpClient.newHttpClient(), proxy.root().resolve("/v1")))
                    .isEqualTo(NO_COUNT);
        }

        assertThat(gateway.lastRequest().path()).isEqualTo("/v1/models/count");
        assertThat(Conformance.takeMismatches())
                .anySatisfy(found -> assertThat(found.toString()).startsWith(MISMATCH));
    }

    @Test
    void everyTestAsksWithIt() throws IOException {
        try (var files = Files.walk(Path.of("src", "test", "java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")
                            && !file.toString().contains("conformance")))
                    .allSatisfy(file -> assertThat(Files.readString(file)
                                    .replaceAll("CheckedHttpClient\\.around\\(\\s*HttpClient\\.new", ""))
                            .doesNotContainPattern("(?<!Checked|\\w)HttpClient\\s*\\.new"));
        }
    }

    private static String ask(HttpClient client, URI base) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + "/models/count")).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
