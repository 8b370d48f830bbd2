package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What guardrails and plugins do to requests and answers, seen from outside. */
class GuardrailsIT {
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    private static final String SECRET = "I am ann@example.com";

    private static FakeUpstream provider;
    private static Distribution gateway;
    private static Api operator;
    private static int accounts;

    @BeforeAll
    static void start() {
        provider = FakeUpstream.start().answer(GuardrailsIT::answer);
        gateway = Distribution.withHome("guardrails")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured("io.patchbay.provider~fake.cfg", provider("fake/one=one, other/two=two"))
                .configured("io.patchbay.provider~small.cfg", provider("small/one=small") + "context-length = 4000\n")
                .configured("com.example.patchbay.blockedwords.cfg", "words = ann, falcon\n")
                .configured("io.patchbay.gateway.cfg", "required-guardrails = accounts\npark-timeout-millis = 1500\n")
                .start();
        operator = new Api(gateway, OPERATOR_KEY);
    }

    private static String provider(String models) {
        return "adapter = openai\nbase-url = " + provider.baseUrl() + "\nmodels = " + models
                + "\nprice-prompt = 1\nprice-completion = 1\napi-key = upstream-secret\n";
    }

    /** Says what it is asked to say. */
    private static void answer(FakeExchange exchange) throws IOException, InterruptedException {
        var body = exchange.request().bodyText();
        var text = said(body);
        boolean streams = body.contains("\"stream\":true");
        (streams ? FakeAnswers.chatStream(text.split("(?<=[e@ ])", -1)) : FakeAnswers.chat(text)).run(exchange);
    }

    private static String said(String asked) {
        if (asked.contains("broken JSON")) {
            return "Sure! {a: 1, 'b': [true,";
        }
        if (asked.contains("an order")) {
            return "{\"items\":[{\"price\":3}]}";
        }
        return asked.contains("a wrong one")
                ? "{\"items\":[{\"price\":\"cheap\"}]}"
                : "You are bob@example.com, I think";
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    /** An account of its own for each test, with a key, and its hash. */
    private record Client(String account, Api api, String hash) {
        static Client create() {
            var account = "account-" + ++accounts;
            operator.fund(account, "10");
            var created = operator.post("/keys", "{\"name\":\"app\",\"account\":\"" + account + "\"}");
            return new Client(
                    account,
                    new Api(gateway, created.json().get("key").getAsString()),
                    created.data().get("hash").getAsString());
        }

        /** Makes a guardrail and assigns it to the key; returns its id. */
        String guarded(String rules) {
            var created = operator.post(
                    "/guardrails?account=" + account, "{\"name\":\"Test\"," + rules.replace('\'', '"') + "}");
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            var id = created.data().get("id").getAsString();
            var assigned = operator.post(
                    "/guardrails/" + id + "/assignments/keys?account=" + account,
                    "{\"key_hashes\":[\"" + hash + "\"]}");
            assertThat(assigned.json().get("assigned_count").getAsInt()).isEqualTo(1);
            return id;
        }

        Api.Answer ask(String path, String request) {
            return api.post(path, request.replace('\'', '"'));
        }
    }

    private static String chat(String more) {
        return "{'model':'fake/one'," + more + "'messages':[{'role':'user','content':'" + SECRET + "'}]}";
    }

    private static String content(Api.Answer answer) {
        return answer.json()
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("message")
                .get("content")
                .getAsString();
    }

    private static JsonObject error(Api.Answer answer) {
        return answer.json().getAsJsonObject("error");
    }

    @Test
    void promptsAndAnswersAreRedacted() {
        var client = Client.create();
        client.guarded("'content_filter_builtins':[{'slug':'email','action':'redact','applies_to':'both'}]");

        var answer = client.ask("/chat/completions", chat(""));

        assertThat(content(answer)).isEqualTo("You are [EMAIL], I think");
        assertThat(provider.requests().get(provider.requests().size() - 1).bodyText())
                .contains("I am [EMAIL]")
                .doesNotContain("ann@");
    }

    @Test
    void whoAsksWhatAProviderWasSentSeesIt() {
        var client = Client.create();
        client.guarded("'content_filter_builtins':[{'slug':'email','action':'redact','applies_to':'input'}]");

        var answer = client.ask("/chat/completions", chat("'stream':true,'debug':{'echo_upstream_body':true},"));
        var wrong = client.ask("/chat/completions", chat("'stream':true,'debug':{'echo_upstream_body':1},"));

        var first = answer.text()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .findFirst()
                .orElseThrow();
        assertThat(first)
                .contains("\"choices\":[]", "\"echo_upstream_body\":{", "I am [EMAIL]")
                .doesNotContain("ann@");
        assertThat(wrong.field()).isEqualTo("debug.echo_upstream_body");
    }

    @Test
    void streamsAreRedactedWhereverTheyAreCut() {
        var client = Client.create();
        client.guarded("'content_filter_builtins':[{'slug':'email','action':'redact','applies_to':'output'}]");

        var answer = client.ask("/chat/completions", chat("'stream':true,"));

        assertThat(answer.text()).contains("[EMAIL]", "I think", "[DONE]").doesNotContain("bob@", "example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/chat/completions | {'model':'fake/one','messages':[{'role':'user','content':'I am ann@example.com'}]}",
                "/messages | {'model':'fake/one','max_tokens':9,'messages':[{'role':'user','content':'I am ann@example.com'}]}",
                "/responses | {'model':'fake/one','input':'I am ann@example.com'}",
                "/completions | {'model':'fake/one','prompt':'I am ann@example.com'}",
                "/embeddings | {'model':'fake/one','input':'I am ann@example.com'}",
            })
    void whatIsBlockedIsRefusedInEveryDialectAndSentToNobody(String path, String request) {
        var client = Client.create();
        client.guarded("'content_filters':[{'pattern':'(?i)ANN@','action':'block','label':'Ann'}]");
        int before = provider.requests().size();

        var answer = client.ask(path, request);

        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.text()).contains("Request blocked", "Ann").doesNotContain("ann@example.com");
        assertThat(provider.requests()).hasSize(before);
    }

    @Test
    void aBlockedRequestNamesWhatItWasBlockedFor() {
        var client = Client.create();
        client.guarded("'content_filter_builtins':[{'slug':'email','action':'block'}]");

        var metadata = error(client.ask("/chat/completions", chat(""))).getAsJsonObject("metadata");

        assertThat(metadata.getAsJsonArray("patterns")).hasToString("[\"email\"]");
        assertThat(metadata.get("error_type").getAsString()).isEqualTo("content_policy_violation");
    }

    @Test
    void modelsAndProvidersAreWhatTheGuardrailAllows() {
        var client = Client.create();
        var id = client.guarded("'allowed_models':['other/*']");
        assertThat(error(client.ask("/chat/completions", chat("")))
                        .getAsJsonObject("availability")
                        .getAsJsonArray("excluded_by"))
                .hasToString("[\"allowed_models\"]");
        assertThat(client.api().chat("other/two").status()).isEqualTo(200);

        var changed = operator.send(
                "PATCH",
                "/guardrails/" + id + "?account=" + client.account(),
                "{\"allowed_models\":null,\"ignored_providers\":[\"fake\"]}");

        assertThat(changed.data().get("allowed_models").isJsonNull()).isTrue();
        assertThat(changed.data().getAsJsonArray("ignored_providers")).hasToString("[\"fake\"]");
        assertThat(client.api().chat("other/two").status()).isEqualTo(404);
    }

    @Test
    void aKeySpendsNoMoreThanTheGuardrailLetsIt() {
        var client = Client.create();
        client.guarded("'limit_usd':0.000001,'reset_interval':'daily'");

        var answer = client.ask("/chat/completions", chat(""));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(error(answer).getAsJsonObject("metadata").get("limit_source").getAsString())
                .isEqualTo("guardrail_budget");
    }

    @Test
    void whatWasFoundIsInTheRecord() {
        var client = Client.create();
        client.guarded("'content_filter_builtins':[{'slug':'email','action':'flag'}]");

        var answer = client.api()
                .send("POST", "/chat/completions", chat("").replace('\'', '"'), "X-OpenRouter-Metadata", "enabled");

        assertThat(answer.json()
                        .getAsJsonObject("openrouter_metadata")
                        .getAsJsonArray("pipeline")
                        .toString())
                .contains("\"type\":\"guardrail\"", "email flagged 1x in the prompt");
        var id = answer.json().get("id").getAsString();
        assertThat(client.api()
                        .get("/generation?id=" + id)
                        .data()
                        .get("pipeline")
                        .toString())
                .contains("email flagged");
    }

    @Test
    void guardrailsAreListedAndDeletedByTheirAccountOnly() {
        var client = Client.create();
        var id = client.guarded(
                "'description':'for a test','enforce_zdr':true,'limit_usd':5,'reset_interval':'monthly'");
        var path = "/guardrails/" + id + "?account=" + client.account();

        var read = operator.get(path).data();
        assertThat(read.get("description").getAsString()).isEqualTo("for a test");
        assertThat(read.get("enforce_zdr_openai").getAsBoolean()).isTrue();
        assertThat(read.get("limit_usd").getAsInt()).isEqualTo(5);
        assertThat(read.get("reset_interval").getAsString()).isEqualTo("monthly");
        var assignments = operator.get("/guardrails/assignments/keys?account=" + client.account());
        assertThat(assignments
                        .json()
                        .getAsJsonArray("data")
                        .get(0)
                        .getAsJsonObject()
                        .get("key_hash")
                        .getAsString())
                .isEqualTo(client.hash());
        assertThat(operator.get("/guardrails").json().toString()).doesNotContain(id);
        assertThat(operator.get("/guardrails/" + id).status()).isEqualTo(404);
        assertThat(client.api().get("/guardrails").status()).isEqualTo(403);

        assertThat(operator.send("DELETE", path, "").json().get("deleted").getAsBoolean())
                .isTrue();
        assertThat(operator.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                                                                    | name",
                "{'name':'a','limit_usd':-1}                                           | limit_usd",
                "{'name':'a','limit_usd':1,'reset_interval':'hourly'}                  | reset_interval",
                "{'name':'a','content_filters':[{'pattern':'(?=a)','action':'block'}]} | content_filters[0].pattern",
                "{'name':'a','content_filters':[{'pattern':'a'}]}                      | content_filters[0].action",
                "{'name':'a','content_filter_builtins':[{'slug':'name','action':'block'}]} | content_filter_builtins",
                "{'name':'a','allowed_models':['!b/c']}                                | allowed_models",
                "{'name':'a','include_byok_in_budgets':true}                           | include_byok_in_budgets",
            })
    void whatIsWrongIsRefusedByName(String body, String field) {
        var answer = operator.post("/guardrails", body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(field);
    }

    /** Fails closed: what relies on a guardrail is not sent without it. */
    @Test
    void nothingIsSentWhileTheGuardrailsAreAway() {
        var client = Client.create();
        gateway.console("bundle:stop io.patchbay.guardrails");
        try {
            var refused = client.api().chat("fake/one");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).contains("guardrail");
        } finally {
            gateway.console("bundle:start io.patchbay.guardrails");
        }
        assertThat(client.api().chat("fake/one").status()).isEqualTo(200);
    }

    /** The example is all that somebody else has to write. */
    @Test
    void aGuardrailOfSomebodyElsesIsInstalledWhileTheGatewayRuns() throws IOException {
        var client = Client.create();
        assertThat(client.ask("/chat/completions", chat("")).status()).isEqualTo(200);

        gateway.console(
                "bundle:install -s " + Example.jar("guardrail-blocked-words").toUri());
        try {
            assertThat(client.ask("/chat/completions", chat("")).status()).isEqualTo(403);
            assertThat(client.api().chat("fake/one").status()).isEqualTo(200);
        } finally {
            gateway.console("bundle:uninstall guardrail-blocked-words");
        }

        assertThat(client.ask("/chat/completions", chat("")).status()).isEqualTo(200);
    }

    @Test
    void aBrokenJsonAnswerIsRepairedAndSaidToBe() {
        var client = Client.create();
        var request =
                "{'model':'fake/one','response_format':{'type':'json_object'},'plugins':[{'id':'response-healing'}],"
                        + "'messages':[{'role':'user','content':'give me broken JSON'}]}";

        var answer = client.api()
                .send("POST", "/chat/completions", request.replace('\'', '"'), "X-OpenRouter-Metadata", "enabled");

        assertThat(content(answer)).isEqualTo("{\"a\":1,\"b\":[true]}");
        assertThat(answer.json()
                        .getAsJsonObject("openrouter_metadata")
                        .get("pipeline")
                        .toString())
                .contains("response_healing", "repaired");
    }

    @Test
    void aConversationThatIsTooLongLosesItsMiddle() {
        var client = Client.create();
        var long1 = "begins " + "word ".repeat(3_000);
        var request = "{'model':'small/one','messages':[{'role':'user','content':'" + long1 + "'},"
                + "{'role':'assistant','content':'" + long1 + "'},{'role':'user','content':'" + long1
                + "'},{'role':'user','content':'and now?'}]";

        var refused = client.ask("/chat/completions", request + ",'transforms':[]}");
        assertThat(refused.status()).as(refused.text()).isIn(400, 404);
        var answer = client.ask("/chat/completions", request + ",'transforms':['middle-out']}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var sent = provider.requests().get(provider.requests().size() - 1).bodyText();
        assertThat(sent).contains("and now?");
        assertThat(sent.length()).isLessThan(20_000);
    }

    private static final String SCHEMA =
            "{'type':'object','properties':{'items':{'type':'array','items':{'type':'object',"
                    + "'properties':{'price':{'type':'number'}},'required':['price']}}},'required':['items']}";
    private static final String VALIDATED = "'plugins':[{'id':'schema-validation'}]";
    private static final String ORDER = VALIDATED
            + ",'response_format':{'type':'json_schema','json_schema':{'name':'order','schema':" + SCHEMA + "}}";

    private static String order(String fields, String prompt) {
        return "{'model':'fake/one'," + fields + ",'messages':[{'role':'user','content':'" + prompt + "'}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/chat/completions | 'response_format':{'type':'json_schema','json_schema':{'name':'order','schema':SCHEMA}},'messages':[{'role':'user','content':'a wrong one'}]",
                "/messages | 'max_tokens':90,'output_config':{'format':{'type':'json_schema','schema':SCHEMA}},'messages':[{'role':'user','content':'a wrong one'}]",
                "/responses | 'text':{'format':{'type':'json_schema','name':'order','schema':SCHEMA}},'input':'a wrong one'",
            })
    void anAnswerThatDoesNotMatchItsSchemaIsAnErrorThatSaysWhereAndIsChargedLikeAnyOther(String path, String fields) {
        var client = Client.create();
        int before = provider.requests().size();

        var answer =
                client.ask(path, "{'model':'fake/one'," + VALIDATED + ',' + fields.replace("SCHEMA", SCHEMA) + '}');

        assertThat(answer.status()).as(answer.text()).isEqualTo(502);
        assertThat(answer.text())
                .contains("does not match the schema", "/items/0/price is not a number")
                .doesNotContain("cheap");
        assertThat(provider.requests()).hasSize(before + 1);
        var id = answer.response().headers().firstValue("X-Generation-Id").orElseThrow();
        var record = client.api().get("/generation?id=" + id).data();
        assertThat(record.get("total_cost").getAsBigDecimal()).isEqualByComparingTo("0.000012");
        assertThat(record.get("pipeline").toString()).contains("schema-validation", "does not match");
        assertThat(client.api().get("/key").data().get("usage").getAsBigDecimal())
                .isEqualByComparingTo("0.000012");
    }

    @Test
    void aMismatchHasItsOwnTypeOfError() {
        var error = error(Client.create().ask("/chat/completions", order(ORDER, "a wrong one")));

        assertThat(error.getAsJsonObject("metadata").get("error_type").getAsString())
                .isEqualTo("schema_mismatch");
        assertThat(error.get("message").getAsString())
                .isEqualTo("The answer does not match the schema 'order': /items/0/price is not a number.");
    }

    @Test
    void anAnswerThatMatchesItsSchemaPassesAndIsSaidTo() {
        var answer = Client.create()
                .api()
                .send(
                        "POST",
                        "/chat/completions",
                        order(ORDER, "an order").replace('\'', '"'),
                        "X-OpenRouter-Metadata",
                        "enabled");

        assertThat(content(answer)).isEqualTo("{\"items\":[{\"price\":3}]}");
        assertThat(answer.json()
                        .getAsJsonObject("openrouter_metadata")
                        .get("pipeline")
                        .toString())
                .contains("schema-validation", "the answer matches the schema");
    }

    @Test
    void aStreamThatDoesNotMatchItsSchemaEndsWithAnError() {
        var client = Client.create();

        var matching = client.ask("/chat/completions", order("'stream':true," + ORDER, "an order"));
        var wrong = client.ask("/chat/completions", order("'stream':true," + ORDER, "a wrong one"));

        assertThat(matching.text())
                .contains("\"finish_reason\":\"stop\"", "[DONE]")
                .doesNotContain("error");
        assertThat(wrong.status()).isEqualTo(200);
        assertThat(wrong.text())
                .contains("che", "schema_mismatch", "\"finish_reason\":\"error\"")
                .doesNotContain("\"finish_reason\":\"stop\"", "[DONE]");
    }

    @Test
    void whatWasRepairedIsHeldAgainstTheSchemaAfterwards() {
        var format = "'response_format':{'type':'json_schema','json_schema':{'name':'order','schema':"
                + "{'type':'object','properties':{'a':{'type':'TYPE'}}}}}";
        var plugins = "'plugins':[{'id':'schema-validation'},{'id':'response-healing'}],";
        var client = Client.create();

        var sound = client.ask("/chat/completions", order(plugins + format.replace("TYPE", "number"), "broken JSON"));
        var wrong = client.ask("/chat/completions", order(plugins + format.replace("TYPE", "string"), "broken JSON"));

        assertThat(content(sound)).isEqualTo("{\"a\":1,\"b\":[true]}");
        assertThat(wrong.text()).contains("/a is not a string");
    }

    @Test
    void aSchemaThatIsNoneIsRefusedByNameAndNobodyIsAsked() {
        int before = provider.requests().size();

        var answer = Client.create()
                .ask("/chat/completions", order(ORDER.replace(SCHEMA, "{'$ref':'https://example.com/a'}"), "an order"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo("response_format.json_schema.schema");
        assertThat(provider.requests()).hasSize(before);
    }

    @Test
    void aPresetCanInsistOnItsSchema() {
        var client = Client.create();
        assertThat(client.ask("/presets/strict/chat/completions", order(ORDER, "an order"))
                        .status())
                .isIn(200, 201);

        var answer = client.ask(
                "/chat/completions", "{'model':'@preset/strict','messages':[{'role':'user','content':'a wrong one'}]}");

        assertThat(answer.text()).contains("/items/0/price is not a number");
    }

    @Test
    void aPluginThatThereIsNotIsRefusedByName() {
        var answer = Client.create().ask("/chat/completions", chat("'plugins':[{'id':'telepathy'}],"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo("plugins[0].id");
        assertThat(answer.text()).contains("context-compression", "response-healing", "schema-validation");
    }
}
