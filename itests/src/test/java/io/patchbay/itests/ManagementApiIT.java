package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, credits and the ledger over HTTP, as a script of the operator's and one of a customer's use them. */
class ManagementApiIT {
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    /** 5 prompt tokens at $1000 a million, 7 completion tokens at $2000. */
    private static final String COST = "0.019";

    private static FakeUpstream upstream;
    private static Distribution gateway;
    private static Api operator;
    private static int accounts;

    @BeforeAll
    static void start() {
        upstream = FakeUpstream.start();
        upstream.answer(FakeAnswers.chat("one two three"));
        gateway = Distribution.withHome("management-api")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured(
                        "io.patchbay.provider~fake-provider.cfg",
                        "base-url = " + upstream.baseUrl() + "\ncredential-required = false\n"
                                + "models = fake/talker=talker, fake/other=other, fake/dear=dear, fake/billed=billed\n"
                                + "price-prompt = 1000\nprice-completion = 2000\n")
                .start();
        operator = new Api(gateway, OPERATOR_KEY);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void aGenerationSaysWhoseItWas() {
        var app = new Api(gateway, key(account("10"), "\"disabled\":false").secret());
        var answer = app.send(
                "POST",
                "/chat/completions",
                """
                {"model":"fake/talker","user":"ann","session_id":"talk 7",
                 "trace":{"trace_id":"t-1","step":2,"nested":{"no":1}},
                 "messages":[{"role":"user","content":"hello"}]}""",
                "HTTP-Referer",
                "https://app.example/",
                "X-Title",
                "An app",
                "User-Agent",
                "sdk/1.0");

        var generation = app.get("/generation?id=" + answer.json().get("id").getAsString())
                .data();
        assertThat(generation.get("external_user").getAsString()).isEqualTo("ann");
        assertThat(generation.get("session_id").getAsString()).isEqualTo("talk 7");
        assertThat(generation.get("trace")).hasToString("{\"trace_id\":\"t-1\",\"step\":\"2\"}");
        assertThat(generation.get("http_referer").getAsString()).isEqualTo("https://app.example/");
        assertThat(generation.get("app_title").getAsString()).isEqualTo("An app");
        assertThat(generation.get("user_agent").getAsString()).isEqualTo("sdk/1.0");
    }

    @Test
    void anAppGetsAKeyOfItsOwnThatCanDoNoMoreThanItsUsers() {
        var account = account("10");
        var user = key(account, "\"allowed_models\":[\"fake/talker\"]");
        var guardrail = operator.post("/guardrails?account=" + account, "{\"name\":\"G\"}")
                .data()
                .get("id")
                .getAsString();
        assertThat(operator.post(
                                "/guardrails/" + guardrail + "/assignments/keys?account=" + account,
                                "{\"key_hashes\":[\"" + user.hash() + "\"]}")
                        .status())
                .isEqualTo(200);
        var allowed = new Api(gateway, user.secret()).post("/auth/keys/code", """
                {"callback_url":"https://app.example/back","limit":3,"usage_limit_type":"daily",
                 "code_challenge":"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM","code_challenge_method":"S256"}""");
        assertThat(allowed.status()).as(allowed.text()).isEqualTo(200);
        var code = allowed.data().get("id").getAsString();

        var got = new Api(gateway, "none")
                .post(
                        "/auth/keys",
                        "{\"code\":\"" + code
                                + "\",\"code_verifier\":\"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\"}");

        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("user_id").getAsString()).isEqualTo(account);
        var app = new Api(gateway, got.json().get("key").getAsString());
        assertThat(app.chat("fake/talker").status()).isEqualTo(200);
        assertThat(app.chat("fake/other").status()).isEqualTo(404);
        var known = app.get("/key").data();
        assertThat(known.get("limit").getAsInt()).isEqualTo(3);
        assertThat(known.get("limit_reset").getAsString()).isEqualTo("daily");
        assertThat(operator.get("/guardrails/" + guardrail + "/assignments/keys?account=" + account)
                        .json()
                        .get("total_count")
                        .getAsInt())
                .isEqualTo(2);
        assertThat(operator.get("/keys?account=" + account).text()).contains("app.example");
        // It has a limit of its own, so it lets nobody else spend.
        assertThat(app.post("/auth/keys/code", "{\"callback_url\":\"https://app.example/back\"}")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                                                                     | 400 | callback_url",
                "{'callback_url':'http://evil.example/back'}                            | 400 | callback_url",
                "{'callback_url':'javascript:alert(1)'}                                 | 400 | callback_url",
                "{'callback_url':'https://a@evil.example/'}                             | 400 | callback_url",
                "{'callback_url':'http://localhost:3000/back'}                          | 200 | -",
                "{'callback_url':'https://a.example','code_challenge_method':'none'}    | 400 | code_challenge_method",
                "{'callback_url':'https://a.example','code_challenge':'short'}          | 400 | code_challenge",
                "{'callback_url':'https://a.example','usage_limit_type':'hourly'}       | 400 | usage_limit_type",
                "{'callback_url':'https://a.example','expires_at':'2020-01-01T00:00:00Z'} | 400 | expires_at",
            })
    void whatAnAppMayAskForIsChecked(String body, int status, String field) {
        var answer = new Api(gateway, key(account("1"), "\"disabled\":false").secret())
                .post("/auth/keys/code", body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status != 200) {
            assertThat(answer.field()).isEqualTo(field);
        }
    }

    @Test
    void aCodeThatIsNoneIsRefusedInOpenRoutersWords() {
        var refused = new Api(gateway, "none").post("/auth/keys", "{\"code\":\"auth_code_guess\"}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("Invalid code or code_verifier");
    }

    @Test
    void aPresetFillsInWhatARequestLeavesOpenInEveryDialectAndIsItsAccountsOwn() {
        var app = new Api(gateway, key(account("10"), "\"limit\":5").secret());
        var other = new Api(gateway, key(account("10"), "\"limit\":5").secret());

        var saved = app.post(
                "/presets/brief/chat/completions",
                "{\"model\":\"fake/talker\",\"temperature\":0.25,\"stream\":true,"
                        + "\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"}]}");
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        var version = saved.data().getAsJsonObject("designated_version");
        assertThat(version.get("system_prompt").getAsString()).isEqualTo("Be brief.");
        assertThat(version.get("config")).hasToString("{\"model\":\"fake/talker\",\"temperature\":0.25}");

        var message = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
        var asked = List.of(
                app.post("/chat/completions", "{\"model\":\"@preset/brief\"," + message),
                app.post("/messages", "{\"model\":\"@preset/brief\",\"max_tokens\":9," + message),
                app.post("/responses", "{\"model\":\"fake/talker@preset/brief\",\"input\":\"Hello\"}"));
        for (var answer : asked) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
        var requests = upstream.requests();
        for (var request : requests.subList(requests.size() - asked.size(), requests.size())) {
            assertThat(request.bodyText())
                    .contains("\"temperature\":0.25")
                    .contains("{\"role\":\"system\",\"content\":\"Be brief.\"}");
        }

        var wrong = app.post("/presets/brief/chat/completions", "{\"model\":\"a/b\",\"temperature\":9}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.field()).isEqualTo("temperature");
        assertThat(other.post("/chat/completions", "{\"model\":\"@preset/brief\"," + message)
                        .status())
                .isEqualTo(404);
        assertThat(other.get("/presets/brief").status()).isEqualTo(404);
        assertThat(app.get("/presets").json().get("total_count").getAsInt()).isEqualTo(1);
        assertThat(app.send("DELETE", "/presets/brief", "").status()).isEqualTo(200);
        assertThat(app.get("/presets/brief/versions").status()).isEqualTo(404);
    }

    @Test
    void whatIsSpentShowsEverywhereTheMomentTheAnswerEnds() {
        var account = account("10.000000001");
        var issued = key(account, "\"limit\":5,\"limit_reset\":\"monthly\"");
        var app = new Api(gateway, issued.secret());

        var answer = app.chat("fake/talker");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var id = answer.json().get("id").getAsString();
        var cost = answer.json().getAsJsonObject("usage").get("cost").getAsBigDecimal();

        assertThat(cost).isEqualByComparingTo(COST);
        var generation = app.get("/generation?id=" + id);
        assertThat(generation.data().get("total_cost").getAsBigDecimal()).isEqualByComparingTo(cost);
        assertThat(generation.data().get("provider_name").getAsString()).isEqualTo("fake-provider");
        for (var path : List.of("/key", "/auth/key")) {
            var key = app.get(path);
            assertThat(number(key, "usage_daily")).isEqualByComparingTo(COST);
            assertThat(number(key, "limit_remaining")).isEqualByComparingTo("4.981");
        }
        var credits = operator.get("/credits?account=" + account);
        assertThat(number(credits, "total_credits")).isEqualByComparingTo("10.000000001");
        assertThat(number(credits, "total_usage")).isEqualByComparingTo(COST);
        var transfers = operator.get("/ledger?account=" + account).json().getAsJsonArray("data");
        assertThat(transfers.get(0).getAsJsonObject().get("id").getAsString()).isEqualTo(id);
        assertThat(entries(transfers.get(0)))
                .containsExactlyInAnyOrder("credit/" + account + " -0.019", "cost/fake-provider 0.019");
    }

    @Test
    void aStatementAddsUpToTheCent() {
        var account = account("1.5");
        var app = new Api(gateway, key(account, "\"limit\":5").secret());
        app.chat("fake/talker");
        app.chat("fake/talker");
        app.chat("fake/other");
        operator.post("/credits/grant", "{\"account\":\"" + account + "\",\"amount\":0.25,\"note\":\"=sorry\"}");

        var statement = operator.get("/statements?account=" + account);
        var table = operator.get("/statements?format=csv&account=" + account);

        assertThat(number(statement, "opening_balance")).isEqualByComparingTo("0");
        assertThat(number(statement, "closing_balance")).isEqualByComparingTo("1.693");
        assertThat(statement.data().getAsJsonArray("lines")).hasSize(4);
        assertThat(table.response().headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        var lines = table.text().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo("date,kind,model,provider,key,requests,prompt_tokens,completion_tokens,amount,note");
        assertThat(lines)
                .anyMatch(line -> line.endsWith(",charge,fake/talker,fake-provider,app,2,10,14,-0.038,"))
                .anyMatch(line -> line.endsWith(",charge,fake/other,fake-provider,app,1,5,7,-0.019,"))
                .anyMatch(line -> line.endsWith(",grant,,,,0,0,0,0.25,'=sorry"));
        assertThat(lines.get(lines.size() - 1)).endsWith(",closing_balance,,,,,,,1.693,");
    }

    @Test
    void activitySumsByDayAndEndpoint() {
        var account = account("1");
        var one = key(account, "\"limit\":5");
        new Api(gateway, one.secret()).chat("fake/talker");
        new Api(gateway, key(account, "\"limit\":5").secret()).chat("fake/talker");
        var manager = new Api(gateway, managementKey(account));

        // Sums are written with the records, a moment after the answer.
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        var activity = manager.get("/activity");
        while (requests(activity) < 2 && System.nanoTime() < end) {
            activity = manager.get("/activity");
        }

        assertThat(requests(activity)).isEqualTo(2);
        var row = activity.json().getAsJsonArray("data").get(0).getAsJsonObject();
        assertThat(row.get("model").getAsString()).isEqualTo("fake/talker");
        assertThat(row.get("usage").getAsBigDecimal()).isEqualByComparingTo("0.038");
        assertThat(row.get("completion_tokens").getAsLong()).isEqualTo(14);
        assertThat(requests(manager.get("/activity?api_key_hash=" + one.hash())))
                .isEqualTo(1);
        assertThat(manager.get("/activity?date=2001-01-01").field()).isEqualTo("date");
    }

    @Test
    void aKeyIsMadeReadChangedAndDeleted() {
        var account = account("1");
        var manager = new Api(gateway, managementKey(account));

        var created = manager.post(
                "/keys",
                "{\"name\":\"app\",\"limit\":3,\"limit_reset\":\"daily\",\"expires_at\":\"2999-01-01T00:00:00Z\","
                        + "\"allowed_models\":[\"fake/*\"],\"requests_per_minute\":1}");
        assertThat(created.status()).isEqualTo(201);
        var hash = created.data().get("hash").getAsString();
        var app = new Api(gateway, created.json().get("key").getAsString());
        assertThat(app.chat("fake/talker").status()).isEqualTo(200);
        var limited = app.chat("fake/talker");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(limited.response().headers().firstValue("X-RateLimit-Limit")).contains("1");

        assertThat(manager.get("/keys/" + hash).status()).isEqualTo(200);
        var changed = manager.send(
                "PATCH", "/keys/" + hash, "{\"limit\":null,\"requests_per_minute\":null,\"allowed_models\":[\"a/b\"]}");
        assertThat(changed.data().get("limit").isJsonNull()).isTrue();
        assertThat(app.chat("fake/talker").status()).isEqualTo(404);
        assertThat(app.chat("fake/talker").text()).contains("this API key may not use the model");

        manager.send("PATCH", "/keys/" + hash, "{\"disabled\":true}");
        assertThat(app.get("/key").status()).isEqualTo(401);
        assertThat(manager.get("/keys").text()).doesNotContain(hash);
        assertThat(manager.get("/keys?include_disabled=true").text()).contains(hash);

        assertThat(manager.send("DELETE", "/keys/" + hash, "").status()).isEqualTo(200);
        assertThat(manager.get("/keys/" + hash).status()).isEqualTo(404);
        assertThat(manager.get("/keys?include_disabled=true").text()).doesNotContain(hash);
    }

    @Test
    void anAmountIsExactToABillionthOfADollar() {
        var account = account("0.000000001");

        assertThat(number(operator.get("/credits?account=" + account), "total_credits"))
                .isEqualByComparingTo("0.000000001");
        var tooFine = operator.post("/credits/grant", "{\"account\":\"" + account + "\",\"amount\":0.0000000001}");
        assertThat(tooFine.status()).isEqualTo(400);
        assertThat(tooFine.field()).isEqualTo("amount");
    }

    @Test
    void aGrantThatIsRepeatedHappensOnce() {
        var account = account("1");
        var body = "{\"account\":\"" + account + "\",\"amount\":5,\"paid\":true}";
        var id = "invoice-" + account;

        for (int i = 0; i < 3; i++) {
            var granted = operator.send("POST", "/credits/grant", body, "Idempotency-Key", id);
            assertThat(granted.data().get("balance").getAsBigDecimal()).isEqualByComparingTo("6");
        }
        var other = operator.send("POST", "/credits/grant", body.replace("5", "7"), "Idempotency-Key", id);
        assertThat(other.status()).isEqualTo(400);
        assertThat(number(operator.get("/credits?account=" + account), "total_credits"))
                .isEqualByComparingTo("6");
    }

    @Test
    void nobodySeesOrChangesWhatIsAnothersAccount() {
        var mine = account("1");
        var theirs = account("1");
        var manager = new Api(gateway, managementKey(mine));
        var app = new Api(gateway, key(mine, "\"limit\":1").secret());
        var theirKey = key(theirs, "\"limit\":1");
        var theirId = new Api(gateway, theirKey.secret())
                .chat("fake/talker")
                .json()
                .get("id")
                .getAsString();

        for (var api : List.of(manager, app)) {
            assertThat(api.get("/generation?id=" + theirId).status()).isEqualTo(404);
        }
        for (var path : List.of("/keys", "/credits", "/activity", "/ledger", "/statements")) {
            assertThat(manager.get(path + "?account=" + theirs).status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(app.get(path).status()).as(path).isEqualTo(403);
        }
        var unknown = manager.get("/keys/" + "0".repeat(64));
        var foreign = manager.get("/keys/" + theirKey.hash());
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.text()).isEqualTo(unknown.text());
        assertThat(manager.send("PATCH", "/keys/" + theirKey.hash(), "{\"disabled\":true}")
                        .status())
                .isEqualTo(404);
        assertThat(manager.send("DELETE", "/keys/" + theirKey.hash(), "").status())
                .isEqualTo(404);
        assertThat(manager.post("/keys", "{\"name\":\"x\",\"account\":\"" + theirs + "\"}")
                        .status())
                .isEqualTo(404);
        assertThat(manager.post("/keys", "{\"name\":\"x\",\"management\":true}").status())
                .isEqualTo(403);
        for (var path : List.of("/credits/grant", "/accounts")) {
            assertThat(manager.post(path, "{\"amount\":1,\"id\":\"x\"}").status())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void whatNobodyMaySetIsNotSet() {
        var account = account("1");

        var created = operator.post(
                "/keys",
                "{\"name\":\"app\",\"account\":\"" + account + "\",\"usage\":-5,\"hash\":\"00\","
                        + "\"is_management_key\":true,\"label\":\"x\",\"created_at\":\"2001-01-01T00:00:00Z\"}");
        var hash = created.data().get("hash").getAsString();
        operator.send("PATCH", "/keys/" + hash, "{\"account\":\"operator\",\"purpose\":\"management\",\"usage\":-5}");

        var key = operator.get("/keys/" + hash);
        assertThat(number(key, "usage")).isEqualByComparingTo("0");
        assertThat(key.data().get("account").getAsString()).isEqualTo(account);
        assertThat(key.data().get("purpose").getAsString()).isEqualTo("inference");
        assertThat(key.data().get("created_at").getAsString()).startsWith("20").doesNotStartWith("2001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST; /keys; {}; name",
                "POST; /keys; {\"name\":7}; name",
                "POST; /keys; {\"name\":\" \"}; name",
                "POST; /keys; {\"name\":\"a\",\"limit\":\"5\"}; limit",
                "POST; /keys; {\"name\":\"a\",\"limit\":-5}; limit",
                "POST; /keys; {\"name\":\"a\",\"limit\":1e999}; limit",
                "POST; /keys; {\"name\":\"a\",\"limit\":5,\"limit_reset\":\"hourly\"}; limit_reset",
                "POST; /keys; {\"name\":\"a\",\"expires_at\":\"tomorrow\"}; expires_at",
                "POST; /keys; {\"name\":\"a\",\"expires_at\":\"2001-01-01T00:00:00Z\"}; expires_at",
                "POST; /keys; {\"name\":\"a\",\"expires_at\":\"+1000000000-12-31T23:59:59Z\"}; expires_at",
                "POST; /keys; {\"name\":\"a\",\"allowed_models\":\"x\"}; allowed_models",
                "POST; /keys; {\"name\":\"a\",\"allowed_models\":[\"x\"]}; allowed_models",
                "POST; /keys; {\"name\":\"a\",\"data_collection\":\"no\"}; data_collection",
                "POST; /keys; {\"name\":\"a\",\"requests_per_minute\":1.5}; requests_per_minute",
                "POST; /keys; {; body",
                "POST; /keys; [1]; body",
                "GET; /keys?offset=-1; ''; offset",
                "GET; /generation; ''; id",
                "GET; /activity?date=x; ''; date",
                "GET; /ledger?before=x; ''; before",
                "GET; /ledger?limit=5000; ''; limit",
                "GET; /statements?month=13; ''; month",
                "GET; /statements?from=2026-02-01&to=2026-01-01; ''; to",
                "POST; /credits/grant; {\"amount\":0}; amount",
                "POST; /credits/grant; {\"amount\":1,\"id\":\"a b\"}; id",
                "POST; /accounts; {\"id\":\"A\"}; id",
                "POST; /accounts; {\"id\":\"operator\"}; id",
            })
    void saysWhichFieldIsWrong(String method, String path, String body, String field) {
        var refused = operator.send(method, path, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.field()).as(refused.text()).isEqualTo(field);
    }

    @Test
    void anImportedPriceCountsForTheNextGenerationAndEndsWithItsWithdrawal() {
        var account = account("10");
        var app = new Api(gateway, key(account, "\"limit\":10").secret());
        var table = "endpoint,prompt,completion\nfake-provider:fake/dear,0.1,0.2\n";

        var imported = operator.post("/prices/import", table);
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        var dear = app.chat("fake/dear")
                .json()
                .getAsJsonObject("usage")
                .get("cost")
                .getAsBigDecimal();
        var history =
                operator.get("/prices?endpoint=fake-provider:fake/dear").json().getAsJsonArray("data");
        operator.send("DELETE", "/prices?endpoint=fake-provider:fake/dear", "");
        var usual = app.chat("fake/dear")
                .json()
                .getAsJsonObject("usage")
                .get("cost")
                .getAsBigDecimal();

        assertThat(dear).isEqualByComparingTo("1.9");
        assertThat(usual).isEqualByComparingTo(COST);
        assertThat(history).hasSize(2);
        var version = history.get(0).getAsJsonObject().get("version").getAsString();
        assertThat(operator.get("/ledger?account=" + account).text()).contains("\"price_version\":\"" + version + '"');
        assertThat(operator.post("/prices/import", table.replace("0.1", "x")).text())
                .contains("Line 2: 'prompt' is no amount");
        assertThat(gateway.console("patchbay:prices fake/dear")).contains(version, "prompt 100000, completion 200000");
    }

    @Test
    void aProvidersBillIsComparedWithTheLedger() throws IOException {
        var app = new Api(gateway, key(account("1"), "\"limit\":1").secret());
        app.chat("fake/billed");
        app.chat("fake/billed");
        var today = LocalDate.now(ZoneOffset.UTC);
        var export = "date,model,cost,completion_tokens\n" + today + ",billed,0.05,14\n" + today.minusDays(1)
                + ",billed,0,0\n";

        var compared = operator.post("/reconcile?provider=fake-provider", export);

        assertThat(compared.status()).as(compared.text()).isEqualTo(200);
        assertThat(compared.data().get("from").getAsString())
                .isEqualTo(today.minusDays(1).toString());
        assertThat(compared.data().getAsJsonArray("lines"))
                .filteredOn(line ->
                        line.getAsJsonObject().get("model").getAsString().equals("fake/billed"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getAsJsonObject().get("booked").getAsBigDecimal())
                            .isEqualByComparingTo("0.038");
                    assertThat(line.getAsJsonObject().get("difference").getAsBigDecimal())
                            .isEqualByComparingTo("0.012");
                    assertThat(line.getAsJsonObject()
                                    .get("booked_completion_tokens")
                                    .getAsLong())
                            .isEqualTo(14);
                });
        assertThat(operator.post("/reconcile?provider=fake-provider", "date,cost\nsoon,1\n")
                        .text())
                .contains("Line 2: 'date' is no day");
        assertThat(app.post("/reconcile?provider=fake-provider", export).status())
                .isEqualTo(403);
        var file = Files.writeString(Files.createTempFile("export", ".csv"), export);
        assertThat(gateway.console("patchbay:reconcile fake-provider " + file))
                .containsPattern("fake/billed +\\| +0.05 \\| +0.038 \\| +\\+0.012 \\| +0 / 14 \\| +10 / 14");
        Files.delete(file);
    }

    @Test
    void theLedgerComesPageByPage() {
        var account = account("1");
        var app = new Api(gateway, key(account, "\"limit\":1").secret());
        for (int i = 0; i < 4; i++) {
            app.chat("fake/talker");
        }

        var ids = new ArrayList<String>();
        for (var next = ""; ; ) {
            var page = operator.get("/ledger?limit=2&account=" + account + next).json();
            page.getAsJsonArray("data")
                    .forEach(transfer ->
                            ids.add(transfer.getAsJsonObject().get("id").getAsString()));
            if (page.get("next_before").isJsonNull()) {
                break;
            }
            next = "&before=" + page.get("next_before").getAsLong();
        }

        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
    }

    private record Issued(String hash, String secret) {}

    private static String account(String credit) {
        var id = "account-" + ++accounts;
        assertThat(operator.post("/accounts", "{\"id\":\"" + id + "\"}").status())
                .isEqualTo(201);
        assertThat(operator.post("/credits/grant", "{\"account\":\"" + id + "\",\"amount\":" + credit + '}')
                        .status())
                .isEqualTo(200);
        return id;
    }

    private static Issued key(String account, String settings) {
        var created = operator.post("/keys", "{\"name\":\"app\",\"account\":\"" + account + "\"," + settings + '}');
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return new Issued(
                created.data().get("hash").getAsString(),
                created.json().get("key").getAsString());
    }

    private static String managementKey(String account) {
        return key(account, "\"management\":true").secret();
    }

    private static BigDecimal number(Api.Answer answer, String field) {
        return answer.data().get(field).getAsBigDecimal();
    }

    private static long requests(Api.Answer activity) {
        long sum = 0;
        for (var row : activity.json().getAsJsonArray("data")) {
            sum += row.getAsJsonObject().get("requests").getAsLong();
        }
        return sum;
    }

    private static List<String> entries(JsonElement transfer) {
        var entries = new ArrayList<String>();
        for (var entry : transfer.getAsJsonObject().getAsJsonArray("entries")) {
            var leg = entry.getAsJsonObject();
            entries.add(leg.get("account").getAsString()
                    + ' '
                    + leg.get("amount").getAsBigDecimal().toPlainString());
        }
        return entries;
    }
}
