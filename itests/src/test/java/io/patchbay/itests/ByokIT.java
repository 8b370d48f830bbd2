package io.patchbay.itests;

import static io.patchbay.testkit.FakeAnswers.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts bring keys of providers of their own: these are tried first, kept secret, and paid for by the account. */
class ByokIT {
    private static final String OPERATOR_KEY = "management-key-of-the-operator";
    private static final String SHARED = "sk-shared-by-the-operator-0123456789";
    private static final String OWN = "sk-brought-by-acme-9876543210-abcdef";

    private static FakeUpstream upstream;
    private static Distribution gateway;
    private static Api operator;

    @BeforeAll
    static void start() {
        upstream = FakeUpstream.start();
        gateway = Distribution.withHome("byok")
                .with("PATCHBAY_BOOTSTRAP_KEY", OPERATOR_KEY)
                .configured("io.patchbay.billing.cfg", "byok-fee = 10%\n")
                .configured("io.patchbay.provider~shared.cfg", provider("api-key = " + SHARED, "fake/talker=talker"))
                .configured("io.patchbay.provider~bring.cfg", provider("", "fake/dormant=dormant"))
                .start();
        operator = new Api(gateway, OPERATOR_KEY);
    }

    private static String provider(String key, String models) {
        return "base-url = " + upstream.baseUrl() + '\n' + key + "\nmodels = " + models
                + "\nprice-prompt = 1000\nprice-completion = 2000\n";
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void anAccountsOwnKeyIsTriedFirstAndTheProviderIsPaidByTheAccount() {
        upstream.answer(chat("hello"));
        var acme = account("first", "shared");

        var answer = acme.chat("fake/talker");

        assertThat(bearer()).isEqualTo(OWN);
        var usage = answer.json().getAsJsonObject("usage");
        assertThat(usage.get("is_byok").getAsBoolean()).isTrue();
        assertThat(usage.get("cost").getAsBigDecimal()).isEqualByComparingTo("0.0019");
        assertThat(usage.getAsJsonObject("cost_details")
                        .get("upstream_inference_cost")
                        .getAsBigDecimal())
                .isEqualByComparingTo("0.019");
        var generation = acme.get("/generation?id=" + answer.json().get("id").getAsString());
        assertThat(generation.data().get("is_byok").getAsBoolean()).isTrue();
        assertThat(generation.text()).contains("shared:fake/talker@first");
        new Api(gateway, gateway.key()).chat("fake/talker");
        assertThat(bearer()).as("somebody else's request").isEqualTo(SHARED);
    }

    @Test
    void aRefusedOwnKeyFallsBackToTheSharedOneAndHarmsNobody() {
        upstream.answer(ByokIT::refuseOwn);
        var acme = account("second", "shared");

        for (int i = 0; i < 8; i++) {
            var answer = acme.chat("fake/talker");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().getAsJsonObject("usage").get("is_byok").getAsBoolean())
                    .isFalse();
        }
        assertThat(gateway.console("patchbay:health --no-format").lines())
                .anyMatch(line -> line.matches("shared:fake/talker\\s+ok\\s.*\\s0\\s+100\\.0 %.*"));
        assertThat(new Api(gateway, gateway.key()).chat("fake/talker").status()).isEqualTo(200);
    }

    @Test
    void aProviderThatOnlyTheAccountHasAKeyOfIsThereForIt() {
        upstream.answer(chat("hello"));
        var acme = account("third", "bring");

        assertThat(acme.chat("fake/dormant").status()).isEqualTo(200);
        assertThat(bearer()).isEqualTo(OWN);
        assertThat(new Api(gateway, gateway.key()).chat("fake/dormant").status())
                .isEqualTo(404);
        operator.send("DELETE", "/byok/third:bring", "");
        assertThat(acme.chat("fake/dormant").status()).isEqualTo(404);
    }

    @Test
    void whatTheAccountPaysItselfIsKeptAndCountsForTheLimitsThatSaySo() {
        upstream.answer(chat("hello"));
        account("seventh", "shared");
        var counting = key("seventh", "\"limit\":0.05,\"include_byok_in_limit\":true");
        var free = key("seventh", "\"limit\":0.05");

        for (int i = 0; i < 2; i++) {
            assertThat(counting.chat("fake/talker").status()).isEqualTo(200);
        }
        var refused = counting.chat("fake/talker");
        for (int i = 0; i < 4; i++) {
            assertThat(free.chat("fake/talker").status()).isEqualTo(200);
        }

        assertThat(refused.status()).as(refused.text()).isEqualTo(402);
        assertThat(refused.json().toString()).contains("\"limit_source\":\"key_limit\"");
        var itself = counting.get("/key").data();
        assertThat(itself.get("usage").getAsBigDecimal()).isEqualByComparingTo("0.0038");
        assertThat(itself.get("byok_usage").getAsBigDecimal()).isEqualByComparingTo("0.038");
        assertThat(itself.get("byok_usage_daily").getAsBigDecimal()).isEqualByComparingTo("0.038");
        assertThat(itself.get("limit_remaining").getAsBigDecimal()).isEqualByComparingTo("0.0082");
        assertThat(free.get("/key").data().get("limit_remaining").getAsBigDecimal())
                .isEqualByComparingTo("0.0424");
        assertThat(gateway.console("patchbay:ledger-verify")).contains("right");
    }

    private static Api key(String account, String settings) {
        var made = operator.post("/keys", "{\"name\":\"app\",\"account\":\"" + account + "\"," + settings + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return new Api(gateway, made.json().get("key").getAsString());
    }

    /** S1, S4, S5. */
    @Test
    void theKeyIsInNoFileLogOrAnswerAndTheClientsIsNotSentOn() throws IOException {
        upstream.answer(exchange -> exchange.head(
                        401,
                        "Content-Type: application/json",
                        "Set-Cookie: session=1",
                        "OpenAI-Organization: org-secret",
                        "X-Echo: " + OWN,
                        "Content-Length: " + echo().length())
                .write(echo()));
        gateway.console("log:set DEBUG io.patchbay");
        var acme = account("fourth", "bring");

        var answer = acme.post(
                "/chat/completions",
                "{\"model\":\"fake/dormant\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");

        var part = OWN.substring(0, OWN.length() * 3 / 4);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).doesNotContain(part);
        assertThat(answer.response().headers().map().toString())
                .doesNotContain(part, "org-secret", "session=1")
                .doesNotContainIgnoringCase("set-cookie");
        var sent = upstream.lastRequest();
        assertThat(sent.headerNames().stream().flatMap(name -> sent.headers(name).stream()))
                .noneMatch(value -> value.contains(acmeKey));
        assertThat(operator.get("/byok?account=fourth").text())
                .contains("fourth:bring")
                .doesNotContain(part);
        try (var files = Files.walk(gateway.home())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(part))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    @Test
    void nobodySeesOrChangesAnothersKeysOfProviders() {
        account("fifth", "shared");
        operator.post("/accounts", "{\"id\":\"sixth\"}");
        var manager = new Api(
                gateway,
                operator.post("/keys", "{\"name\":\"m\",\"management\":true,\"account\":\"sixth\"}")
                        .json()
                        .get("key")
                        .getAsString());

        assertThat(manager.get("/byok").json().get("total_count").getAsInt()).isZero();
        assertThat(manager.get("/byok?account=fifth").status()).isEqualTo(404);
        assertThat(manager.get("/byok/fifth:shared").status()).isEqualTo(404);
        assertThat(manager.send("DELETE", "/byok/fifth:shared", "").status()).isEqualTo(404);
        assertThat(manager.post("/byok", "{\"provider\":\"nobody\",\"key\":\"x\"}")
                        .field())
                .isEqualTo("provider");
        assertThat(manager.post("/byok", "{\"provider\":\"shared\",\"key\":\"a b\"}")
                        .field())
                .isEqualTo("key");
    }

    private static String acmeKey = "";

    private static Api account(String id, String provider) {
        operator.post("/accounts", "{\"id\":\"" + id + "\"}");
        operator.post("/credits/grant", "{\"account\":\"" + id + "\",\"amount\":10}");
        var stored = operator.post(
                "/byok", "{\"account\":\"" + id + "\",\"provider\":\"" + provider + "\",\"key\":\"" + OWN + "\"}");
        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        acmeKey = operator.post("/keys", "{\"name\":\"app\",\"account\":\"" + id + "\"}")
                .json()
                .get("key")
                .getAsString();
        return new Api(gateway, acmeKey);
    }

    private static void refuseOwn(FakeExchange exchange) throws IOException, InterruptedException {
        if (exchange.request().header("Authorization").orElse("").contains(OWN)) {
            exchange.body(
                    401, "application/json", "{\"error\":{\"message\":\"bad key\"}}".getBytes(StandardCharsets.UTF_8));
        } else {
            chat("hello").run(exchange);
        }
    }

    private static String echo() {
        return "{\"error\":{\"message\":\"Incorrect API key provided: " + OWN
                + "\",\"type\":\"invalid_request_error\"}}";
    }

    private static String bearer() {
        return upstream.lastRequest().header("Authorization").orElse("").replace("Bearer ", "");
    }
}
