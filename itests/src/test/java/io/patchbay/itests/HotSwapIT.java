package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.conformance.CheckedHttpClient;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promise: bundles come, change and go under load, and no request notices. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HotSwapIT {
    private static final int UPDATES = 20;
    private static final int CLIENTS = 16;

    private static FakeUpstream upstream;
    private static Distribution gateway;

    @BeforeAll
    static void start() {
        upstream = FakeUpstream.start();
        upstream.answer(HotSwapIT::talk);
        gateway = Distribution.withHome("hot-swap")
                .configured(
                        "io.patchbay.provider~fake-provider.cfg",
                        "base-url = " + upstream.baseUrl()
                                + "\ncredential-required = false\nmodels = fake/talker=talker\nprice-prompt = 1\n"
                                + "price-completion = 2\n")
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Order(1)
    @ParameterizedTest
    @CsvSource({
        "io.patchbay.adapter.openai, fake/talker",
        "io.patchbay.adapter.sandbox, sandbox/parrot",
        "io.patchbay.strategy.price, fake/talker",
        "io.patchbay.strategy.throughput, fake/talker:nitro",
        "io.patchbay.router, fake/talker",
        "io.patchbay.health, fake/talker",
        "io.patchbay.catalog, fake/talker",
        "io.patchbay.access, fake/talker",
        "io.patchbay.idempotency, fake/talker",
        "io.patchbay.billing, fake/talker",
        "io.patchbay.generations, fake/talker",
        "io.patchbay.ledger, fake/talker",
        "io.patchbay.database, fake/talker",
        "io.patchbay.gateway, fake/talker",
        "io.patchbay.dialect.openai, fake/talker",
        "io.patchbay.dialect.anthropic, fake/talker",
        "io.patchbay.dialect.responses, fake/talker",
        "io.patchbay.tokenizer, fake/talker",
        "io.patchbay.presets, fake/talker",
        "io.patchbay.response.cache, fake/talker",
        "io.patchbay.batches, fake/talker",
        "io.patchbay.guardrails, fake/talker",
        "io.patchbay.plugin.response.healing, fake/talker",
        "io.patchbay.plugin.context.compression, fake/talker",
        "io.patchbay.plugin.file.parser, fake/talker",
        "io.patchbay.fetch, fake/talker",
        "io.patchbay.plugin.schema.validation, fake/talker",
        "io.patchbay.admin.api, fake/talker",
        "io.patchbay.transport, fake/talker",
    })
    void anUpdateFailsNoRequestAndCutsNoStream(String bundle, String model) throws Exception {
        var load = Load.on(gateway, Load.Dialect.of(bundle), model, CLIENTS);
        try (load) {
            gateway.console(String.join("; ", Collections.nCopies(UPDATES, "patchbay:update " + bundle)));
            load.awaitMoreThan(UPDATES);
        }

        System.out.printf(
                "%s updated %d times under load: %d answers, %d streams, %d failed, p99 %d ms%n",
                bundle, UPDATES, load.answers(), load.streams(), load.failures().size(), load.p99Millis());
        assertThat(load.failures()).isEmpty();
        assertThat(load.answers()).isGreaterThan(UPDATES);
        assertThat(load.streams()).isGreaterThan(UPDATES);
    }

    @Test
    @Order(2)
    void anAdapterThatIsUninstalledTakesItsModelsAlongAndOneThatIsInstalledBringsThem() throws Exception {
        assertThat(ask("sandbox/echo").statusCode()).isEqualTo(200);

        try (var load = Load.on(gateway, "fake/talker", CLIENTS)) {
            gateway.console("feature:uninstall patchbay-adapter-sandbox");
            assertThat(ask("sandbox/echo").statusCode()).isEqualTo(404);
            assertThat(models()).doesNotContain("sandbox/echo").contains("fake/talker");

            gateway.console("feature:install patchbay-adapter-sandbox");
            assertThat(ask("sandbox/echo").statusCode()).isEqualTo(200);
            assertThat(models()).contains("sandbox/echo");

            load.close();
            assertThat(load.failures()).isEmpty();
        }
    }

    /** Takes its time, so that there is always something under way. */
    private static void talk(FakeExchange exchange) throws IOException, InterruptedException {
        if (!exchange.request().bodyText().contains("\"stream\":true")) {
            exchange.pause(Duration.ofMillis(20));
            FakeAnswers.chat("one two three").run(exchange);
            return;
        }
        exchange.sseHead();
        for (int i = 0; i < 10; i++) {
            exchange.chunk("data: " + FakeAnswers.chatChunk("{\"content\":\"word \"}", "null") + "\n\n")
                    .pause(Duration.ofMillis(30));
        }
        exchange.chunk("data: " + FakeAnswers.chatChunk("{}", "\"stop\"") + "\n\ndata: [DONE]\n\n")
                .lastChunk();
    }

    private static HttpResponse<String> ask(String model) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + "/chat/completions"))
                .header("Authorization", "Bearer " + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
                .build();
        return CheckedHttpClient.create().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String models() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(gateway.url() + "/models")).build();
        return CheckedHttpClient.create()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
