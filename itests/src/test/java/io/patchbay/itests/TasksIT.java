package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.patchbay.itests.conformance.CheckedHttpClient;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reranking, pictures, speech and transcriptions, seen from outside. What providers say is in their documented formats. */
class TasksIT {
    private static final byte[] SOUND = {0, 1, 2, (byte) 0xff, '\r', '\n', '-', '-', 'x'};

    private static FakeUpstream openAi;
    private static FakeUpstream cohere;
    private static Distribution gateway;
    private static Api api;

    @BeforeAll
    static void start() {
        openAi = FakeUpstream.start().answer(TasksIT::answer);
        cohere = FakeUpstream.start().answer(exchange -> json(exchange, """
                        {"id":"a","results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}],
                         "meta":{"api_version":{"version":"2"},"billed_units":{"search_units":1}}}"""));
        gateway = Distribution.withHome("tasks")
                .configured("io.patchbay.provider~lab.cfg", """
                        adapter = openai
                        base-url = %s
                        models = lab/rerank=r-1, lab/image=i-1, lab/tts=t-1, lab/stt=s-1, lab/timed=timed, lab/broken=broken
                        price-prompt = 1000
                        price-completion = 2000
                        api-key = upstream-secret
                        """.formatted(openAi.baseUrl()))
                .configured("io.patchbay.provider~cohere-lab.cfg", """
                        adapter = cohere
                        base-url = %s
                        models = cohere/rerank=rerank-v3.5
                        price-prompt = 2000
                        price-completion = 0
                        api-key = upstream-secret
                        """.formatted(cohere.baseUrl()))
                .start();
        api = new Api(gateway, gateway.key());
    }

    private static void json(FakeExchange exchange, String body) throws IOException {
        exchange.body(200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(FakeExchange exchange) throws IOException, InterruptedException {
        var body = exchange.request().bodyText();
        if (body.contains("broken")) {
            exchange.body(
                    500, "application/json", "{\"error\":{\"message\":\"oops\"}}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        switch (exchange.request().path().replaceFirst(".*/v1", "")) {
            case "/rerank" -> json(exchange, """
                        {"model":"r-1","results":[{"index":1,"relevance_score":0.75,"document":{"text":"two"}}],
                         "usage":{"total_tokens":12}}""");
            case "/images/generations" -> json(exchange, """
                        {"created":1748372400,"data":[{"b64_json":"aGk="},{"b64_json":"aG8="}],
                         "usage":{"input_tokens":10,"output_tokens":200,"total_tokens":210}}""");
            case "/audio/speech" -> exchange.body(200, "audio/mpeg", SOUND);
            case "/audio/transcriptions" ->
                json(
                        exchange,
                        body.contains("timed")
                                ? "{\"text\":\"hello\",\"usage\":{\"type\":\"duration\",\"seconds\":2.4}}"
                                : "{\"text\":\"hello\",\"usage\":{\"input_tokens\":14,\"output_tokens\":3,\"total_tokens\":17}}");
            default -> exchange.body(404, "application/json", new byte[0]);
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        openAi.close();
        cohere.close();
    }

    private static Api.Answer ask(String path, String quoted) {
        return api.post(path, quoted.replace('\'', '"'));
    }

    private static JsonObject usage(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getAsJsonObject("usage");
    }

    private static String apiType(Api.Answer answer) {
        var id = answer.response().headers().firstValue("X-Generation-Id").orElseThrow();
        return api.get("/generation?id=" + id).data().get("api_type").getAsString();
    }

    @ParameterizedTest
    @CsvSource({"lab/rerank, 12, 0.012", "cohere/rerank, 1, 0.002"})
    void documentsAreReranked(String model, int tokens, String cost) {
        var answer = ask(
                "/rerank", "{'model':'" + model + "','query':'which?','documents':['one',{'text':'two'}],'top_n':2}");

        assertThat(usage(answer).get("prompt_tokens").getAsInt()).isEqualTo(tokens);
        assertThat(usage(answer).get("cost").getAsBigDecimal()).isEqualByComparingTo(cost);
        var first = answer.json().getAsJsonArray("results").get(0).getAsJsonObject();
        assertThat(first.get("index").getAsInt()).isEqualTo(1);
        assertThat(first.getAsJsonObject("document").get("text").getAsString()).isEqualTo("two");
        assertThat(answer.json().get("model").getAsString()).isEqualTo(model);
        assertThat(answer.json().get("id").getAsString()).startsWith("gen-");
        assertThat(apiType(answer)).isEqualTo("rerank");
    }

    @ParameterizedTest
    @CsvSource({"/images", "/images/generations"})
    void picturesAreMade(String path) {
        var answer = ask(
                path,
                "{'model':'lab/image','prompt':'a cat','n':2,'size':'1024x1024','aspect_ratio':'1:1','provider':{}}");

        assertThat(answer.json().getAsJsonArray("data")).hasSize(2);
        assertThat(answer.json().get("created").getAsLong()).isEqualTo(1748372400L);
        assertThat(usage(answer).get("cost").getAsBigDecimal()).isEqualByComparingTo("0.41");
        var sent = openAi.lastRequest().bodyText();
        assertThat(sent).contains("\"model\":\"i-1\"", "\"n\":2").doesNotContain("aspect_ratio", "provider");
        assertThat(apiType(answer)).isEqualTo("image");
    }

    private static HttpResponse<byte[]> send(String path, String type, byte[] body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .header("Authorization", "Bearer " + gateway.key())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return CheckedHttpClient.create().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void aTextIsReadAloud() throws Exception {
        var answer = send(
                "/audio/speech",
                "application/json",
                "{\"model\":\"lab/tts\",\"input\":\"Grüße\",\"voice\":\"alloy\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("audio/mpeg");
        assertThat(answer.body()).isEqualTo(SOUND);
        var id = answer.headers().firstValue("X-Generation-Id").orElseThrow();
        var record = api.get("/generation?id=" + id).data();
        // Five characters at $1000 for a million.
        assertThat(record.get("total_cost").getAsBigDecimal()).isEqualByComparingTo("0.005");
        assertThat(record.get("api_type").getAsString()).isEqualTo("tts");
    }

    @ParameterizedTest
    @CsvSource({"lab/stt, 14, 3, 0.02", "lab/timed, 3, 0, 0.003"})
    void aRecordingIsWrittenDown(String model, int input, int output, String cost) {
        var sound = Base64.getEncoder().encodeToString(SOUND);

        var answer = ask(
                "/audio/transcriptions",
                "{'model':'" + model + "','input_audio':{'data':'" + sound + "','format':'wav'},'language':'en'}");

        assertThat(usage(answer).get("input_tokens").getAsInt()).isEqualTo(input);
        assertThat(usage(answer).get("output_tokens").getAsInt()).isEqualTo(output);
        assertThat(usage(answer).get("cost").getAsBigDecimal()).isEqualByComparingTo(cost);
        assertThat(answer.json().get("text").getAsString()).isEqualTo("hello");
        assertThat(apiType(answer)).isEqualTo("stt");
        assertThat(openAi.lastRequest().bodyText())
                .contains("filename=\"recording.wav\"", "name=\"language\"\r\n\r\nen");
    }

    /** As OpenAI's libraries send it. */
    @Test
    void aRecordingMayComeInAForm() throws Exception {
        var head = String.join(
                "\r\n",
                "--xyz",
                "Content-Disposition: form-data; name=\"model\"",
                "",
                "lab/stt",
                "--xyz",
                "Content-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"",
                "Content-Type: audio/mpeg",
                "",
                "");
        var body = new ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(SOUND);
        body.writeBytes("\r\n--xyz--\r\n".getBytes(StandardCharsets.UTF_8));

        var answer = send("/audio/transcriptions", "multipart/form-data; boundary=xyz", body.toByteArray());

        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"text\":\"hello\"");
        var sent = openAi.lastRequest().body();
        assertThat(new String(sent, StandardCharsets.ISO_8859_1))
                .contains(new String(SOUND, StandardCharsets.ISO_8859_1), "recording.mp3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/rerank               | {'model':'lab/rerank','query':'a'}                     | documents",
                "/rerank               | {'model':'lab/rerank','query':'a','documents':[1]}     | documents[0]",
                "/rerank               | {'model':'lab/rerank','documents':['a']}               | query",
                "/images               | {'model':'lab/image'}                                  | prompt",
                "/images               | {'model':'lab/image','prompt':'a','n':11}              | n",
                "/images               | {'prompt':'a'}                                         | model",
                "/audio/speech         | {'model':'lab/tts','input':''}                         | input",
                "/audio/speech         | {'model':'lab/tts','input':'a','speed':9}              | speed",
                "/audio/transcriptions | {'model':'lab/stt'}                                    | input_audio",
                "/audio/transcriptions | {'model':'lab/stt','input_audio':{'data':'!','format':'wav'}} | input_audio.data",
                "/audio/transcriptions | {'model':'lab/stt','response_format':'srt'}            | response_format",
                "/images               | {'model':'cohere/rerank','prompt':'a'}                 | model",
            })
    void whatIsWrongIsRefusedByName(String path, String body, String field) {
        var answer = ask(path, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(field);
    }

    @Test
    void aProvidersErrorIsTheClientsAndCostsNothing() {
        var answer = ask("/images", "{'model':'lab/broken','prompt':'a'}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(502);
        assertThat(answer.json()
                        .getAsJsonObject("error")
                        .getAsJsonObject("metadata")
                        .get("provider_name")
                        .getAsString())
                .isNotEmpty();
    }

    @Test
    void aModelThatThereIsNotIsNotFound() {
        assertThat(ask("/rerank", "{'model':'no/such','query':'a','documents':['a']}")
                        .status())
                .isEqualTo(404);
    }
}
