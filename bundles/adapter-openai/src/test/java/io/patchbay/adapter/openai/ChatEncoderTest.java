package io.patchbay.adapter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatEncoderTest {
    @Test
    void leavesFetchingToTheGatewayWhereTheFileSaysSo() {
        var adapter = new OpenAiAdapter();

        assertThat(adapter.fetches("https://a/b.png", Samples.endpoint(Map.of())))
                .isTrue();
        assertThat(adapter.fetches("https://a/b.png", Samples.endpoint(Map.of("fetches", "false"))))
                .isFalse();
    }

    @Test
    void changesNothingButTheModel() {
        var body = encode(
                "{ \"messages\" : [ {\"role\":\"user\",\"content\":\"\\u00e9 \\ud83d\\ude00 ü\"} ],\"model\":\"openai/gpt-x\","
                        + "\"seed\":12345678901234567890, \"temperature\": 1.0 ,\"zzz\":{ \"a\" : [1,  2.50e1] }}");

        assertThat(body)
                .isEqualTo(
                        "{\"messages\" : [ {\"role\":\"user\",\"content\":\"\\u00e9 \\ud83d\\ude00 ü\"} ],\"model\":\"gpt-x-2026\","
                                + "\"seed\":12345678901234567890,\"temperature\": 1.0,\"zzz\":{ \"a\" : [1,  2.50e1] }}");
    }

    @Test
    void removesWhatIsMeantForTheGateway() {
        var body = encode("{\"model\":\"a/b\",\"models\":[\"a/c\"],\"route\":\"fallback\",\"provider\":{\"order\":[]},"
                + "\"plugins\":[],\"transforms\":[],\"preset\":\"p\",\"session_id\":\"s\",\"trace\":{},"
                + "\"usage\":{\"include\":true},\"include_reasoning\":true,\"debug\":{},"
                + "\"stop_server_tools_when\":[],\"user\":\"u\"}");

        assertThat(body).isEqualTo("{\"model\":\"gpt-x-2026\",\"user\":\"u\"}");
    }

    @Test
    void picturesThatToolsReturnFollowAsTheUsers() {
        var picture = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}}";
        var body = encode("{\"model\":\"a/b\",\"messages\":["
                + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":[" + picture + "]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"2\",\"content\":[{\"type\":\"text\",\"text\":\"two\"},"
                + picture + "]},{\"role\":\"user\",\"content\":\"And?\"}]}");

        assertThat(body)
                .contains("\"messages\":["
                        + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"See the next message.\"}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"2\",\"content\":[{\"type\":\"text\",\"text\":\"two\"}]},"
                        + "{\"role\":\"user\",\"content\":[" + picture + "," + picture + "]},"
                        + "{\"role\":\"user\",\"content\":\"And?\"}]");
    }

    @Test
    void namesTheModelWhereTheClientNamedOnlyAlternatives() {
        assertThat(encode("{\"models\":[\"a/b\"],\"user\":\"u\"}"))
                .isEqualTo("{\"user\":\"u\",\"model\":\"gpt-x-2026\"}");
    }

    @Test
    void asksForTheTokenCountsOfAStream() {
        assertThat(encode("{\"model\":\"a/b\",\"stream\":true}"))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(encode("{\"model\":\"a/b\",\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":false,\"include_obfuscation\":false}}"))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}}");
        assertThat(encode("{\"model\":\"a/b\",\"stream\":true,\"stream_options\":null}"))
                .endsWith("\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void leavesStreamOptionsOutForServersThatRejectThem() {
        assertThat(encode(
                        "{\"model\":\"a/b\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                        Map.of("stream-usage", "false")))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"stream\":true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'effort':'high'}|high",
                "{'enabled':true}|medium",
                "{'enabled':false}|none",
                "{'max_tokens':200}|low",
                "{'max_tokens':500}|medium",
                "{'max_tokens':900}|high",
                "{'max_tokens':0}|none",
            })
    void saysReasoningInOpenAisWord(String reasoning, String effort) {
        var body = encode(("{'model':'a/b','max_tokens':1000,'reasoning':" + reasoning + "}").replace('\'', '"'));

        assertThat(body)
                .isEqualTo(("{'model':'gpt-x-2026','max_tokens':1000,'reasoning_effort':'" + effort + "'}")
                        .replace('\'', '"'));
    }

    @Test
    void leavesTheModelItsOwnEffortWhereTheClientOnlyHidesIt() {
        assertThat(encode("{\"model\":\"a/b\",\"reasoning\":{\"exclude\":true}}"))
                .isEqualTo("{\"model\":\"gpt-x-2026\"}");
    }

    @Test
    void prefersTheClientsOwnReasoningEffort() {
        assertThat(encode("{\"model\":\"a/b\",\"reasoning_effort\":\"low\",\"reasoning\":{\"effort\":\"high\"}}"))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"reasoning_effort\":\"low\"}");
    }

    @Test
    void passesReasoningOnWhereItIsTheProvidersOwnWord() {
        assertThat(encode("{\"model\":\"a/b\",\"reasoning\":{\"effort\":\"high\"}}", Map.of("reasoning", "native")))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"reasoning\":{\"effort\":\"high\"}}");
        assertThat(encode("{\"model\":\"a/b\",\"reasoning\":{\"effort\":\"high\"}}", Map.of("reasoning", "drop")))
                .isEqualTo("{\"model\":\"gpt-x-2026\"}");
    }

    @Test
    void renamesParameters() {
        var options = Map.of("rename.max_tokens", "max_completion_tokens");

        assertThat(encode("{\"model\":\"a/b\",\"max_tokens\":5}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"max_completion_tokens\":5}");
        assertThat(encode("{\"model\":\"a/b\",\"max_tokens\":5,\"max_completion_tokens\":7}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"max_completion_tokens\":7}");
    }

    @Test
    void saysWhichFieldsItLeavesOut() {
        var json = "{\"model\":\"a/b\",\"seed\":1,\"logit_bias\":{\"1\":2},\"n\":1}";

        assertThat(request(json, Map.of("drop", "logit_bias,logprobs,n")).dropped())
                .containsExactly("logit_bias");
        assertThat(request(json, Map.of()).dropped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Who has no word for it, and no switch.
                "reasoning=drop|'reasoning':{'effort':'high'}|reasoning",
                "reasoning=drop|'reasoning':{'enabled':false}|reasoning",
                "drop=reasoning_effort|'reasoning':{'effort':'high'}|reasoning",
                "drop=reasoning_effort|'reasoning_effort':'high'|reasoning_effort",
                // Said, or nothing to say.
                "reasoning=drop;thinking=enable_thinking|'reasoning':{'effort':'high'}|",
                "reasoning=drop;thinking-budget=budget|'reasoning':{'max_tokens':9}|",
                "reasoning=drop|'reasoning':{'exclude':true},'include_reasoning':false|",
                "reasoning=native;drop=seed|'reasoning':{'effort':'high'}|",
                "drop=seed|'reasoning':{'effort':'high'},'reasoning_effort':'low'|",
            })
    void saysWhatItCanNotSayOfThoughts(String options, String asked, String dropped) {
        var settings = new HashMap<String, String>();
        for (var option : options.split(";", -1)) {
            settings.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }

        assertThat(request(("{'model':'a/b'," + asked + "}").replace('\'', '"'), settings)
                        .dropped())
                .isEqualTo(dropped == null ? List.of() : List.of(dropped));
    }

    @Test
    void asksAModelThatDoesNotThinkForNoThoughtsAndShowsItNone() {
        var endpoint = Samples.endpoint(Map.of("message-drop", "name")).toBuilder()
                .supportedParameters(Set.of("temperature"))
                .build();
        var asked = Samples.request("{\"model\":\"a/b\",\"reasoning\":{\"effort\":\"low\"},\"messages\":["
                + "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning\":\"hm\",\"reasoning_details\":[{}]}]}");

        var request = Samples.ADAPTER.encode(asked, endpoint, Credential.none());

        assertThat(new String(request.body(), UTF_8))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"}]}");
        assertThat(request.dropped()).containsExactly("reasoning", "messages.reasoning_details");
        var quiet = Samples.request("{\"model\":\"a/b\",\"reasoning\":{\"enabled\":false}}");
        assertThat(Samples.ADAPTER.encode(quiet, endpoint, Credential.none()).dropped())
                .isEmpty();
    }

    @Test
    void leavesOutWhatTheProviderRefuses() {
        var options = Map.of("drop", "logit_bias, logprobs,reasoning_effort");

        assertThat(encode(
                        "{\"model\":\"a/b\",\"logprobs\":true,\"logit_bias\":{},\"seed\":1,\"reasoning\":{\"effort\":\"low\"}}",
                        options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"seed\":1}");
    }

    @Test
    void addsWhatTheProviderHasToBeTold() {
        var options = Map.of("set.reasoning_split", "true");

        assertThat(encode("{\"model\":\"a/b\"}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"reasoning_split\":true}");
        assertThat(encode("{\"model\":\"a/b\",\"reasoning_split\":false}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"reasoning_split\":false}");
    }

    @Test
    void saysTheSameOfAFieldToEveryoneWhereItIsDroppedAndSet() {
        assertThat(encode("{\"model\":\"a/b\",\"store\":true}", Map.of("drop", "store", "set.store", "false")))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"store\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enable_thinking|'reasoning':{'effort':'high'}|'enable_thinking':true,'reasoning_effort':'high'",
                "enable_thinking|'reasoning':{'enabled':false}|'enable_thinking':false",
                "thinking.type enabled disabled|'reasoning':{'effort':'none'}|'thinking':{'type':'disabled'}",
                "thinking.type enabled disabled|'reasoning_effort':'none'|'thinking':{'type':'disabled'}",
                "thinking.type enabled disabled|'reasoning_effort':'low'|'reasoning_effort':'low','thinking':{'type':'enabled'}",
                "thinking.type enabled disabled|'reasoning':{'effort':'low'},'thinking':{'type':'disabled'}"
                        + "|'thinking':{'type':'disabled'},'reasoning_effort':'low'",
                "chat_template_kwargs.enable_thinking|'chat_template_kwargs':{'a':1},'reasoning':{'effort':'none'}"
                        + "|'chat_template_kwargs':{'a':1,'enable_thinking':false}",
                "reasoning.enabled|'reasoning':{'enabled':false}|'reasoning':{'enabled':false}",
                "reasoning.enabled|'reasoning':{'effort':'low'}|'reasoning':{'enabled':true},'reasoning_effort':'low'",
                "enable_thinking|'reasoning':{'exclude':true}|",
            })
    void turnsTheProvidersSwitchForThinking(String place, String asked, String sent) {
        var body = encode(("{'model':'a/b'," + asked + "}").replace('\'', '"'), Map.of("thinking", place));

        assertThat(body)
                .isEqualTo(("{'model':'gpt-x-2026'" + (sent == null ? "" : "," + sent) + "}").replace('\'', '"'));
    }

    @Test
    void hasOnlyTheSwitchWhereTheProviderKnowsNoEffort() {
        var options = Map.of("thinking", "enable_thinking", "thinking-budget", "thinking_budget", "reasoning", "drop");

        assertThat(encode("{\"model\":\"a/b\",\"reasoning\":{\"max_tokens\":2000}}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"thinking_budget\":2000,\"enable_thinking\":true}");
        assertThat(encode("{\"model\":\"a/b\",\"reasoning\":{\"effort\":\"high\"}}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"enable_thinking\":true}");
    }

    @Test
    void saysAnEffortInTheProvidersWord() {
        var options = Map.of("effort.minimal", "low", "effort.xhigh", "high");

        assertThat(encode("{\"model\":\"a/b\",\"reasoning\":{\"effort\":\"minimal\"}}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"reasoning_effort\":\"low\"}");
        assertThat(encode("{\"model\":\"a/b\",\"reasoning_effort\":\"xhigh\"}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"reasoning_effort\":\"high\"}");
        assertThat(encode("{\"model\":\"a/b\",\"reasoning_effort\":\"medium\"}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"reasoning_effort\":\"medium\"}");
    }

    @Test
    void callsTheDeveloperByTheRoleTheProviderKnows() {
        var options = Map.of("developer-role", "system");

        assertThat(encode(
                        "{\"model\":\"a/b\",\"messages\":[{\"role\":\"developer\",\"content\":\"a\"}, {\"role\":\"user\"}]}",
                        options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"messages\":[{\"role\":\"system\",\"content\":\"a\"},"
                        + "{\"role\":\"user\"}]}");
        assertThat(encode("{\"model\":\"a/b\",\"messages\":[ {\"role\":\"user\"}]}", options))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"messages\":[ {\"role\":\"user\"}]}");
    }

    @Test
    void leavesOutOfMessagesWhatTheProviderRefuses() {
        assertThat(encode(
                        "{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"name\":\"Ann\",\"content\":\"a\"}]}",
                        Map.of("message-drop", "name")))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
    }

    @Test
    void leavesOutOfPartsAndToolsWhatTheProviderRefusesAndSaysSo() {
        var cached = ",\"cache_control\":{\"type\":\"ephemeral\"}";
        var asked =
                "{\"model\":\"a/b\",\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"a\""
                        + cached + "},{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"user\",\"content\":\"c\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}" + cached + "}]}";

        var request = request(asked, Map.of("message-drop", "name, cache_control"));

        assertThat(new String(request.body(), UTF_8))
                .isEqualTo(asked.replace("a/b", "gpt-x-2026").replace(cached, ""));
        assertThat(request.dropped()).containsExactly("messages.cache_control", "tools.cache_control");
        assertThat(encode(asked)).isEqualTo(asked.replace("a/b", "gpt-x-2026"));
    }

    @Test
    void addsWhatTheProviderHasToBeToldWhereTheClientSaysTheSameToTheGateway() {
        assertThat(encode("{\"model\":\"a/b\",\"include_reasoning\":true}", Map.of("set.include_reasoning", "true")))
                .isEqualTo("{\"model\":\"gpt-x-2026\",\"include_reasoning\":true}");
    }

    @Test
    void givesThoughtsBackUnderTheProvidersName() {
        var call = "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\"}]";
        var asked = "{\"model\":\"a/b\",\"messages\":[{\"role\":\"assistant\",\"reasoning\":\"so\"}," + call
                + ",\"reasoning\":\"x\",\"reasoning_content\":\"y\"}," + call + "},{\"role\":\"assistant\"}]}";

        assertThat(encode(asked, Map.of("history-reasoning", "reasoning_content")))
                .isEqualTo(
                        "{\"model\":\"gpt-x-2026\",\"messages\":[{\"role\":\"assistant\",\"reasoning_content\":\"so\"},"
                                + call + ",\"reasoning_content\":\"y\"}," + call + "},{\"role\":\"assistant\"}]}");
        assertThat(encode(asked, Map.of("history-reasoning", "reasoning_content required")))
                .endsWith(call + ",\"reasoning_content\":\" \"},{\"role\":\"assistant\"}]}");
    }

    @Test
    void showsTheKeyAsBearerTokenOrInTheHeaderTheProviderWants() {
        var usual = request("{\"model\":\"a/b\"}", Map.of());
        var azure = request("{\"model\":\"a/b\"}", Map.of("auth-header", "api-key", "path", "/chat?api-version=1"));

        assertThat(usual.headers().first("Authorization")).contains("Bearer sk-test");
        assertThat(usual.path()).isEqualTo("/chat/completions");
        assertThat(azure.headers().first("api-key")).contains("sk-test");
        assertThat(azure.headers().first("Authorization")).isEmpty();
        assertThat(azure.path()).isEqualTo("/chat?api-version=1");
    }

    @Test
    void showsNoKeyWhereThereIsNone() {
        var request = Samples.ADAPTER.encode(
                Samples.request("{\"model\":\"a/b\"}"), Samples.endpoint(Map.of()), Credential.none());

        assertThat(request.headers().first("Authorization")).isEmpty();
    }

    @Test
    void expectsEventsForAStreamAndOneBodyOtherwise() {
        assertThat(request("{\"model\":\"a/b\",\"stream\":true}", Map.of()).framing())
                .isEqualTo(Framing.SSE);
        assertThat(request("{\"model\":\"a/b\",\"stream\":false}", Map.of()).framing())
                .isEqualTo(Framing.WHOLE);
    }

    @Test
    void asksForTheModels() {
        var request = Samples.ADAPTER.encode(
                Provider.builder("acme", "openai").build(), Credential.apiKey(Secret.of("sk-test")));

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/models");
        assertThat(request.headers().first("authorization")).contains("Bearer sk-test");
    }

    private static String encode(String json) {
        return encode(json, Map.of());
    }

    private static String encode(String json, Map<String, String> options) {
        return new String(request(json, options).body(), UTF_8);
    }

    private static UpstreamRequest request(String json, Map<String, String> options) {
        return Samples.ADAPTER.encode(
                Samples.request(json), Samples.endpoint(options), Credential.apiKey(Secret.of("sk-test")));
    }
}
