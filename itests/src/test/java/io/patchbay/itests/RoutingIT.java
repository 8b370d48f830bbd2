package io.patchbay.itests;

import static io.patchbay.testkit.FakeAnswers.error;
import static io.patchbay.testkit.FakeAnswers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which provider gets a request, and why, seen from outside. */
class RoutingIT {
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    /** Long enough for its throughput to be measured. */
    private static final FakeUpstream.Script ANSWER = json(200, """
            {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"one",
             "choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":5,"completion_tokens":40,"total_tokens":45}}""");

    private static FakeUpstream cheap;
    private static FakeUpstream swift;
    private static Distribution gateway;
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    private static Api api;

    @BeforeAll
    static void start() {
        cheap = FakeUpstream.start().answer(RoutingIT::answerSlowly);
        swift = FakeUpstream.start().answer(ANSWER);
        gateway = Distribution.withHome("routing")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured("io.patchbay.provider~cheap.cfg", provider(cheap, "1", "context-length = 2000"))
                .configured(
                        "io.patchbay.provider~swift.cfg",
                        provider(swift, "1000", "retains-prompts = false\nregion = eu"))
                .start();
        api = new Api(gateway, gateway.key());
    }

    private static String provider(FakeUpstream upstream, String price, String more) {
        return "base-url = " + upstream.baseUrl() + "\nmodels = fake/one=one\nprice-prompt = " + price
                + "\nprice-completion = " + price + "\napi-key = upstream-secret\n" + more + '\n';
    }

    private static void answerSlowly(FakeExchange exchange) throws IOException, InterruptedException {
        exchange.pause(Duration.ofMillis(300));
        ANSWER.run(exchange);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        cheap.close();
        swift.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                                                    | cheap",
                "{'order':['swift']}                                   | swift",
                "{'only':['swift']}                                    | swift",
                "{'ignore':['cheap']}                                  | swift",
                "{'zdr':true}                                          | swift",
                "{'max_price':{'prompt':5}}                            | cheap",
                "{'sort':'price'}                                      | cheap",
                "{'quantizations':['unknown']}                         | cheap",
            })
    void aRuleOfTheClientsDecides(String rules, String provider) {
        assertThat(served("{\"model\":\"fake/one\",\"provider\":" + rules.replace('\'', '"') + "," + HELLO + "}"))
                .isEqualTo(provider);
    }

    @Test
    void whatWouldHaveBeenIsReckonedFromWhatWas() {
        for (int i = 0; i < 5; i++) {
            served("{\"model\":\"fake/one\",\"provider\":{\"sort\":\"price\"}," + HELLO + "}");
        }

        // What is on disk counts, and that takes a moment.
        var replayed = Pattern.compile("(\\d+) generations compared");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        var said = "";
        do {
            said = gateway.console("patchbay:replay --since 1h --providers swift");
        } while (!replayed.matcher(said).find() && System.nanoTime() < end);

        assertThat(said)
                .containsPattern("to swift")
                .containsPattern("first token")
                .containsPattern(replayed);
    }

    /** Fails closed: of the cheap one nobody has said where it is. */
    @Test
    void theRulesOfAnAccountAndItsKeyCount() {
        gateway.console("patchbay:account-create --overdraft 1000 europeans");
        var operator = new Api(gateway, OPERATOR_KEY);
        var app = operator.app("europeans");
        var anywhere = "{\"model\":\"fake/one\"," + HELLO + "}";
        assertThat(app.post("/chat/completions", anywhere).text()).contains("\"provider\":\"cheap\"");

        assertThat(gateway.console("patchbay:account-rules --regions eu europeans"))
                .contains("regions eu");
        assertThat(app.post("/chat/completions", anywhere).text()).contains("\"provider\":\"swift\"");

        assertThat(operator.send("PATCH", "/accounts/europeans", "{\"allowed_providers\":[\"cheap\"]}")
                        .status())
                .isEqualTo(200);
        var nobody = app.post("/chat/completions", anywhere);
        assertThat(nobody.status()).as(nobody.text()).isEqualTo(404);
        assertThat(nobody.text()).contains("data_policy:region", "allowed_providers");
    }

    @Test
    void aPromptThatIsTooLongForTheCheapOneGoesToTheOther() {
        var words = "word ".repeat(4_000);

        assertThat(served("{\"model\":\"fake/one\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}"))
                .isEqualTo("swift");
    }

    @Test
    void whatIsFastIsFoundOut() {
        var request = "{\"model\":\"fake/one:nitro\",\"max_tokens\":50," + HELLO + "}";
        for (int i = 0; i < 20; i++) {
            served(request);
        }

        assertThat(explained(request, "candidates", "endpoint_id")).first().isEqualTo("swift:fake/one");
        assertThat(explained(request, "candidates", "reason")).allMatch(reason -> reason.endsWith("tokens per second"));
    }

    @Test
    void whereARequestWouldGoIsToldAndNothingIsSent() {
        int before = cheap.requests().size() + swift.requests().size();
        var request = "{\"model\":\"fake/one\",\"provider\":{\"zdr\":true}," + HELLO + "}";

        assertThat(explained(request, "candidates", "endpoint_id")).containsExactly("swift:fake/one");
        assertThat(explained(request, "dropped", "endpoint_id")).containsExactly("cheap:fake/one");
        assertThat(explained(request, "dropped", "reason"))
                .containsExactly("it may retain prompts, and provider.zdr is set");
        assertThat(cheap.requests().size() + swift.requests().size()).isEqualTo(before);
    }

    @Test
    void toBeToldTakesAKeyAndAModel() {
        assertThat(new Api(gateway, "wrong")
                        .post("/route/explain", "{\"model\":\"fake/one\"," + HELLO + "}")
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/route/explain", "{\"model\":\"fake/none\"," + HELLO + "}")
                        .status())
                .isEqualTo(404);
        assertThat(api.post("/route/explain", "{" + HELLO + "}").field()).isEqualTo("model");
    }

    @Test
    void aStrategyThatIsNotInstalledIsRefusedByName() {
        var refused = api.post(
                "/chat/completions", "{\"model\":\"fake/one\",\"provider\":{\"sort\":\"luck\"}," + HELLO + "}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo("provider.sort");
        assertThat(refused.text()).contains("balanced, exacto, latency, least-busy, price, throughput");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'only':['swift'],'max_price':{'prompt':5}} | constraint_filtered | allowed_providers, max_price",
                "{'quantizations':['fp8']}                   | constraint_filtered | quantization",
                "{'data_collection':'deny'}                  | privacy_restricted  | data_policy:training",
                "{'zdr':true,'only':['cheap']}               | constraint_filtered | data_policy:zdr, allowed_providers",
            })
    void whereNobodyIsLeftTheErrorNamesTheRules(String rules, String code, String excludedBy) {
        var refused = api.post(
                "/chat/completions",
                "{\"model\":\"fake/one\",\"provider\":" + rules.replace('\'', '"') + "," + HELLO + "}");

        assertThat(refused.status()).isEqualTo(404);
        var availability = refused.json().getAsJsonObject("error").getAsJsonObject("availability");
        assertThat(availability.get("code").getAsString()).isEqualTo(code);
        assertThat(StreamSupport.stream(
                                availability.getAsJsonArray("excluded_by").spliterator(), false)
                        .map(JsonElement::getAsString))
                .containsExactlyInAnyOrder(excludedBy.split(", "));
    }

    @Test
    void theConsoleTellsWhyAGenerationWentWhereItWent() {
        cheap.answerNext(error(503, "overloaded"));
        var answer = api.post("/chat/completions", "{\"model\":\"fake/one\"," + HELLO + "}");

        var told = gateway.console("patchbay:explain " + answer.json().get("id").getAsString());

        assertThat(told).contains("strategy: price");
        assertThat(told.lines())
                .anyMatch(line -> line.contains("cheap:fake/one") && line.contains("overloaded"))
                .anyMatch(line -> line.contains("swift:fake/one") && line.contains("an answer"));
        assertThat(gateway.console("patchbay:explain fake/one").lines())
                .anyMatch(line -> line.contains("cheap:fake/one") && line.contains("by price"));
    }

    @Test
    void headersTellWhichWayARequestTook() {
        cheap.answerNext(error(503, "overloaded"));

        var headers = api.post("/chat/completions", "{\"model\":\"fake/one\"," + HELLO + "}")
                .response()
                .headers();

        assertThat(headers.firstValue("X-Patchbay-Provider")).contains("swift");
        assertThat(headers.firstValue("X-Patchbay-Attempts")).contains("2");
        assertThat(headers.firstValueAsLong("X-Patchbay-Latency-Ms")).isPresent();
        assertThat(headers.firstValue("X-Patchbay-Prompt-Tokens")).contains("5");
        assertThat(headers.firstValue("X-Patchbay-Completion-Tokens")).contains("40");
    }

    @Test
    void theConsoleListsStrategiesAndHealth() {
        served("{\"model\":\"fake/one\",\"provider\":{\"only\":[\"swift\"]}," + HELLO + "}");

        assertThat(gateway.console("patchbay:strategies").lines())
                .anyMatch(line -> line.contains("price") && line.contains("yes"));
        assertThat(gateway.console("patchbay:health swift").lines())
                .anyMatch(line -> line.contains("swift:fake/one") && line.contains("100.0 %"));
    }

    /** The example is all that somebody else has to write; the test asks for it before and after. */
    @Test
    void aStrategyOfSomebodyElsesIsInstalledWhileTheGatewayRuns() throws IOException {
        var request = "{\"model\":\"fake/one\",\"provider\":{\"sort\":\"local-first\"}," + HELLO + "}";
        assertThat(api.post("/chat/completions", request).status()).isEqualTo(400);

        gateway.console(
                "bundle:install -s " + Example.jar("strategy-local-first").toUri());

        assertThat(served(request)).isEqualTo("cheap");
        assertThat(explained(request, "candidates", "reason")).containsOnly("on this machine");
        assertThat(gateway.console("patchbay:strategies")).contains("local-first");

        gateway.console("bundle:uninstall strategy-local-first");

        assertThat(api.post("/chat/completions", request).field()).isEqualTo("provider.sort");
    }

    private static String served(String request) {
        var answer = api.post("/chat/completions", request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("provider").getAsString();
    }

    private static List<String> explained(String request, String list, String field) {
        JsonArray all = api.post("/route/explain", request).data().getAsJsonArray(list);
        return StreamSupport.stream(all.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(one -> one.get(field).getAsString())
                .toList();
    }
}
