package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in requests, in every dialect; and where the gateway gets them from, and where not. */
class FileParserIT {
    private static final String FIELD = "messages[0].content[0].file.file_data";
    private static final AtomicInteger visits = new AtomicInteger();

    private static FakeUpstream provider;
    private static HttpServer files;
    private static Distribution gateway;
    private static Api client;

    @BeforeAll
    static void start() throws IOException {
        provider = FakeUpstream.start().answer(exchange -> {
            boolean streams = exchange.request().bodyText().contains("\"stream\":true");
            (streams ? FakeAnswers.chatStream("12", " Euro") : FakeAnswers.chat("12 Euro")).run(exchange);
        });
        // On all addresses of this machine: one of them is permitted.
        files = HttpServer.create(new InetSocketAddress(0), 0);
        serve("/may.pdf", TinyPdf.of("Total of May"));
        serve("/notes.md", "# Notes".getBytes(UTF_8));
        redirect("/moved", "/may.pdf");
        redirect("/inside", "http://127.0.0.2:" + files.getAddress().getPort() + "/may.pdf");
        files.start();
        gateway = Distribution.withHome("files")
                .configured(
                        "io.patchbay.provider~fake.cfg",
                        "base-url = " + provider.baseUrl()
                                + "\ncredential-required = false\nmodels = fake/talker=talker\n"
                                + "price-prompt = 1\nprice-completion = 2\n")
                .configured(
                        "io.patchbay.provider~known.cfg",
                        "base-url = " + provider.baseUrl() + "\ncredential-required = false\n")
                .configured(
                        "catalog/known.json",
                        parsed("{'provider':'known','as_of':'2026-11-30','models':["
                                        + "{'id':'known/writer','price':{'prompt':'1','completion':'1'}},"
                                        + "{'id':'known/reader','price':{'prompt':'1','completion':'1'},"
                                        + "'input_modalities':['text','file']}]}")
                                .toString())
                .configured("io.patchbay.fetch.cfg", "permitted-networks = 127.0.0.1/32\n")
                .configured("io.patchbay.plugin.file.parser.cfg", "max-pages = 50\n")
                .start();
        client = new Api(gateway, gateway.key());
    }

    private static void serve(String path, byte[] file) {
        files.createContext(path, exchange -> {
            visits.incrementAndGet();
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
    }

    private static void redirect(String path, String to) {
        files.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    @AfterAll
    static void stop() {
        gateway.close();
        files.stop(0);
        provider.close();
    }

    private static String url(String host, String path) {
        return "http://" + host + ":" + files.getAddress().getPort() + path;
    }

    private static JsonObject parsed(String quoted) {
        return JsonParser.parseString(quoted.replace('\'', '"')).getAsJsonObject();
    }

    /** A chat with a file. */
    private static JsonObject chat(String data) {
        return parsed("{'model':'fake/talker','messages':[{'role':'user','content':[{'type':'file','file':"
                + "{'filename':'may.pdf','file_data':'" + data + "'}},{'type':'text','text':'How much?'}]}]}");
    }

    private static Api.Answer ask(JsonObject request) {
        return client.send("POST", "/chat/completions", request.toString(), "X-OpenRouter-Metadata", "enabled");
    }

    private static JsonObject message(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getAsJsonArray("choices").get(0).getAsJsonObject().getAsJsonObject("message");
    }

    private static String sent() {
        return provider.lastRequest().bodyText();
    }

    @Test
    void aPdfIsSentAsTextAndComesBackWithTheAnswer() {
        var answer = ask(chat(TinyPdf.dataUrl("Total: 7 Euro")));

        var message = message(answer);
        assertThat(sent())
                .contains("<file name=\\\"may.pdf\\\">\\nTotal: 7 Euro\\n</file>", "How much?")
                .doesNotContain("file_data", "plugins");
        assertThat(message.get("content").getAsString()).isEqualTo("12 Euro");
        var file =
                message.getAsJsonArray("annotations").get(0).getAsJsonObject().getAsJsonObject("file");
        assertThat(file.get("name").getAsString()).isEqualTo("may.pdf");
        assertThat(file.getAsJsonArray("content").toString()).contains("Total: 7 Euro");
        assertThat(answer.json()
                        .getAsJsonObject("openrouter_metadata")
                        .getAsJsonArray("pipeline")
                        .toString())
                .contains("\"file-parser\"", "1 file, 1 page read as text");
    }

    @Test
    void aStreamBringsWhatWasReadBeforeItsFirstWord() {
        var request = chat(TinyPdf.dataUrl("Total: 8 Euro"));
        request.addProperty("stream", true);

        var text = ask(request).text();

        assertThat(text.indexOf("\"annotations\":[{\"type\":\"file\""))
                .isPositive()
                .isLessThan(text.indexOf("\"content\":\"12\""));
        assertThat(text).contains("[DONE]").doesNotContain("\"error\"");
        assertThat(text.split("\"annotations\"", -1)).hasSize(2);
    }

    @Test
    void aFileIsFetchedOnceForAConversation() {
        var request = chat(url("127.0.0.1", "/may.pdf"));
        int before = visits.get();
        var message = message(ask(request));
        assertThat(sent()).contains("Total of May");

        var messages = request.getAsJsonArray("messages");
        messages.add(message);
        messages.add(parsed("{'role':'user','content':'Sure?'}"));
        var second = message(ask(request));

        assertThat(visits.get() - before).isEqualTo(1);
        assertThat(sent()).contains("Total of May", "Sure?").doesNotContain("annotations", "\"hash\"");
        assertThat(second.get("annotations")).isNull();
    }

    @Test
    void aFileMayHaveMoved() {
        message(ask(chat(url("127.0.0.1", "/moved"))));

        assertThat(sent()).contains("Total of May");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2:PORT/may.pdf",
                "http://127.0.0.1:PORT/inside",
                "http://2130706433:PORT/may.pdf",
                "http://0x7f.1:PORT/may.pdf",
                "http://[::ffff:127.0.0.1]:PORT/may.pdf",
                "http://0:PORT/may.pdf",
                "http://169.254.169.254/latest/meta-data/",
                "http://user@127.0.0.1:PORT/may.pdf",
            })
    void addressesInsideAreRefusedAndNobodyIsAsked(String address) {
        int before = visits.get();
        int sent = provider.requests().size();

        var refused = ask(
                chat(address.replace("PORT", String.valueOf(files.getAddress().getPort()))));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo(FIELD);
        assertThat(visits).hasValue(before);
        assertThat(provider.requests()).hasSize(sent);
    }

    @Test
    void whatCannotBeReadIsRefusedByItsPlace() {
        for (var broken : new String[] {
            "data:application/pdf;base64,JVBERi0xLjQgbm90aGluZw==", // "%PDF-1.4 nothing"
            TinyPdf.dataUrl(""),
            "data:image/png;base64,iVBORw0KGgo=",
            "no base64",
        }) {
            var refused = ask(chat(broken));
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.field()).isEqualTo(FIELD);
        }
        assertThat(ask(chat(TinyPdf.dataUrl(""))).text()).contains("no text");
    }

    @ParameterizedTest
    @CsvSource({"native, 200", "mistral-ocr, 400"})
    void theEngineMayBeNamed(String engine, int status) {
        var request = chat(TinyPdf.dataUrl("Total"));
        request.add(
                "plugins",
                JsonParser.parseString("[{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"" + engine + "\"}}]"));

        var answer = ask(request);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 200) {
            assertThat(sent()).contains("\"file_data\":\"data:application/pdf");
        } else {
            assertThat(answer.field()).isEqualTo("plugins[0].pdf.engine");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/messages  | {'model':'fake/talker','max_tokens':9,'messages':[{'role':'user','content':[{'type':'document','title':'may','source':{'type':'base64','media_type':'application/pdf','data':'BASE64'}}]}]}",
                "/messages  | {'model':'fake/talker','max_tokens':9,'messages':[{'role':'user','content':[{'type':'document','source':{'type':'url','url':'URL'}}]}]}",
                "/messages  | {'model':'fake/talker','max_tokens':9,'stream':true,'messages':[{'role':'user','content':[{'type':'document','source':{'type':'url','url':'URL'}}]}]}",
                "/messages  | {'model':'fake/talker','max_tokens':9,'messages':[{'role':'user','content':[{'type':'document','source':{'type':'text','data':'Total of May'}}]}]}",
                "/responses | {'model':'fake/talker','input':[{'role':'user','content':[{'type':'input_file','filename':'may.pdf','file_data':'data:application/pdf;base64,BASE64'}]}]}",
                "/responses | {'model':'fake/talker','input':[{'role':'user','content':[{'type':'input_file','file_url':'URL'}]}]}",
                "/responses | {'model':'fake/talker','stream':true,'input':[{'role':'user','content':[{'type':'input_file','file_url':'URL'}]}]}",
            })
    void otherDialectsHaveFilesToo(String path, String request) {
        var body = request.replace('\'', '"')
                .replace("BASE64", TinyPdf.base64("Total of May"))
                .replace("URL", url("127.0.0.1", "/may.pdf"));

        var answer = client.post(path, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("12", " Euro").doesNotContain("\"error\":{");
        assertThat(sent()).contains("Total of May");
    }

    /** Those of which that is known: others get text. */
    @Test
    void modelsThatTakeFilesGetFiles() {
        var request = chat(TinyPdf.dataUrl("Total"));

        request.addProperty("model", "known/reader");
        message(ask(request));
        assertThat(sent()).contains("\"file_data\"");

        request.addProperty("model", "known/writer");
        message(ask(request));
        assertThat(sent()).contains("<file name").doesNotContain("\"file_data\"");
    }

    @Test
    void anExplanationKnowsWhatBecomesOfFiles() {
        int before = visits.get();
        var request = chat(url("127.0.0.1", "/may.pdf"));
        request.addProperty("model", "known/writer");

        var explained = client.post("/route/explain", request.toString());

        assertThat(explained.data().getAsJsonArray("candidates")).hasSize(1);
        assertThat(visits).hasValue(before);
    }

    @Test
    void textIsAFileToo() {
        message(ask(chat(url("127.0.0.1", "/notes.md"))));

        assertThat(sent()).contains("# Notes");
    }
}
