package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Collections;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that requests name by their addresses, for providers that fetch none; in every dialect. */
class LinkedContentIT {
    /** One transparent pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static final int UPDATES = 10;

    private static FakeUpstream ollama;
    private static FakeUpstream plain;
    private static HttpServer pictures;
    private static Distribution gateway;
    private static Api client;

    @BeforeAll
    static void start() throws IOException {
        ollama = FakeUpstream.start()
                .answer(FakeAnswers.json(
                        200,
                        "{\"message\":{\"role\":\"assistant\",\"content\":\"a cat\"},\"done\":true,"
                                + "\"done_reason\":\"stop\",\"prompt_eval_count\":3,\"eval_count\":2}"));
        plain = FakeUpstream.start().answer(FakeAnswers.chat("a cat"));
        pictures = HttpServer.create(new InetSocketAddress(0), 0);
        pictures.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "pictures");
            thread.setDaemon(true);
            return thread;
        }));
        serve("/cat.png", Base64.getDecoder().decode(PNG));
        serve("/page", "<html>No cat</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        pictures.start();
        gateway = Distribution.withHome("pictures")
                .configured(
                        "io.patchbay.provider~pond.cfg",
                        "adapter = ollama\nbase-url = " + ollama.baseUrl()
                                + "\ncredential-required = false\nmodels = pond/llava=llava, both/seer=llava\n"
                                + "price-prompt = 1\nprice-completion = 2\n")
                .configured(
                        "io.patchbay.provider~studio.cfg",
                        "base-url = " + plain.baseUrl()
                                + "\ncredential-required = false\nmodels = studio/seer=seer\noption.fetches = false\n"
                                + "price-prompt = 1\nprice-completion = 2\n")
                .configured(
                        "io.patchbay.provider~fetcher.cfg",
                        "base-url = " + plain.baseUrl()
                                + "\ncredential-required = false\nmodels = both/seer=seer\n"
                                + "price-prompt = 9\nprice-completion = 9\n")
                .configured("io.patchbay.fetch.cfg", "permitted-networks = 127.0.0.1/32\n")
                .start();
        client = new Api(gateway, gateway.key());
    }

    private static void serve(String path, byte[] content) {
        pictures.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    @AfterAll
    static void stop() {
        gateway.close();
        pictures.stop(0);
        ollama.close();
        plain.close();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + pictures.getAddress().getPort() + path;
    }

    private static JsonObject chat(String model, String url) {
        return JsonParser.parseString(("{'model':'" + model + "','messages':[{'role':'user','content':[{'type':'text',"
                                + "'text':'What is it?'},{'type':'image_url','image_url':{'url':'" + url + "'}}]}]}")
                        .replace('\'', '"'))
                .getAsJsonObject();
    }

    private static Api.Answer ask(String model, String url) {
        return client.post("/chat/completions", chat(model, url).toString());
    }

    @Test
    void aPictureReachesAProviderThatFetchesNone() {
        var answer = ask("pond/llava", url("/cat.png"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(ollama.lastRequest().bodyText()).contains("\"images\":[\"" + PNG + "\"]");
    }

    /** Its server says that it is a JPEG; providers compare. */
    @Test
    void itIsCalledWhatItIs() {
        assertThat(ask("studio/seer", url("/cat.png")).status()).isEqualTo(200);

        assertThat(plain.lastRequest().bodyText()).contains("\"url\":\"data:image/png;base64," + PNG + '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/messages | {'model':'pond/llava','max_tokens':9,'messages':[{'role':'user','content':[{'type':'image','source':{'type':'url','url':'URL'}}]}]}",
                "/responses | {'model':'pond/llava','input':[{'role':'user','content':[{'type':'input_image','image_url':'URL'}]}]}",
            })
    void otherDialectsHavePicturesToo(String path, String request) {
        var answer = client.post(path, request.replace('\'', '"').replace("URL", url("/cat.png")));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(ollama.lastRequest().bodyText()).contains(PNG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.2:PORT/cat.png", "http://2130706433:PORT/cat.png", "http://169.254.169.254/"})
    void addressesInsideAreRefused(String address) {
        int sent = ollama.requests().size();

        var refused = ask(
                "pond/llava",
                address.replace("PORT", String.valueOf(pictures.getAddress().getPort())));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo("messages[0].content[1].image_url.url");
        assertThat(ollama.requests()).hasSize(sent);
    }

    @Test
    void whatIsNoPictureIsRefusedByItsPlace() {
        for (var path : new String[] {"/page", "/nothing"}) {
            var refused = ask("pond/llava", url(path));
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.field()).isEqualTo("messages[0].content[1].image_url.url");
        }
    }

    /** The cheaper one can't have it; the other may see what nobody here can. */
    @Test
    void anAddressThatOnlyTheProviderReachesGoesToOneThatFetches() {
        var answer = ask("both/seer", url("/nothing"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(plain.lastRequest().bodyText()).contains(url("/nothing"));
    }

    @Test
    void anUpdateOfWhatFetchesFailsNoRequest() throws Exception {
        var failures = new ConcurrentLinkedQueue<String>();
        var answers = new AtomicInteger();
        var isOver = new AtomicBoolean();
        var clients = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            clients.execute(() -> {
                while (!isOver.get()) {
                    var answer = ask("pond/llava", url("/cat.png"));
                    if (answer.status() == 200) {
                        answers.incrementAndGet();
                    } else {
                        failures.add(answer.text());
                    }
                }
            });
        }

        gateway.console(String.join("; ", Collections.nCopies(UPDATES, "patchbay:update io.patchbay.fetch")));
        isOver.set(true);
        clients.shutdown();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        System.out.printf("io.patchbay.fetch updated %d times under pictures: %d answers%n", UPDATES, answers.get());
        assertThat(failures).isEmpty();
        assertThat(answers.get()).isGreaterThan(UPDATES);
    }
}
