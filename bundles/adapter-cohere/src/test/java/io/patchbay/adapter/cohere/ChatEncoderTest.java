package io.patchbay.adapter.cohere;

import static io.patchbay.adapter.cohere.Samples.json;
import static io.patchbay.adapter.cohere.Samples.messages;
import static io.patchbay.adapter.cohere.Samples.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatEncoderTest {
    private static final String TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\","
            + "\"description\":\"d\",\"parameters\":{\"type\":\"object\",\"properties\":{\"x\":{}}}}},"
            + "{\"type\":\"function\",\"function\":{\"name\":\"b\"}}]";

    @Test
    void asksForAStreamOfTheProvidersOwnModel() {
        var request = Samples.encode("{\"model\":\"cohere/command-x\",\"stream\":true,\"provider\":{},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(request.toString()).isEqualTo("POST /v2/chat");
        assertThat(request.headers().first("Authorization")).contains("Bearer the-key");
        assertThat(request.framing()).isEqualTo(Framing.SSE);
        assertThat(Samples.body(request))
                .isEqualTo(json("{\"model\":\"command-x-2026\",\"stream\":true,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
    }

    @Test
    void writesParametersByTheirOtherNames() {
        var body = sent("\"max_completion_tokens\":9,\"max_tokens\":8,\"temperature\":0.5,\"top_p\":0.5,\"top_k\":40,"
                + "\"stop\":\"END\",\"seed\":7,\"frequency_penalty\":0.25,\"presence_penalty\":0.5,\"min_p\":0.1,"
                + "\"user\":\"u\",\"logit_bias\":{},\"logprobs\":true,\"safety_mode\":\"STRICT\"");

        assertThat(body)
                .isEqualTo(json("{\"model\":\"command-x-2026\",\"stream\":false,\"messages\":[],\"max_tokens\":9,"
                        + "\"temperature\":0.5,\"p\":0.5,\"k\":40,\"stop_sequences\":[\"END\"],\"seed\":7,"
                        + "\"frequency_penalty\":0.25,\"presence_penalty\":0.5,\"logprobs\":true,"
                        + "\"safety_mode\":\"STRICT\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "top_p, 1, p, 0.99",
        "top_p, 0, p, 0.01",
        "top_k, 1000, k, 500",
        "frequency_penalty, 2, frequency_penalty, 1",
        "presence_penalty, -2, presence_penalty, 0",
    })
    void staysWithinTheProvidersRanges(String name, String value, String as, String within) {
        assertThat(sent('"' + name + "\":" + value).get(as)).hasToString(within);
    }

    @Test
    void makesASeedWithoutASign() {
        assertThat(sent("\"seed\":-1").get("seed").getAsLong()).isPositive();
    }

    @Test
    void takesTheOperatorsSafetyModeWhereTheClientHasNone() {
        var endpoint = Samples.endpoint(Map.of("safety-mode", "OFF"), Set.of());

        var request = Samples.ADAPTER.encode(Samples.request("{\"messages\":[]}"), endpoint, Credential.none());

        assertThat(Samples.body(request).get("safety_mode").getAsString()).isEqualTo("OFF");
        assertThat(request.headers().first("Authorization")).isEmpty();
    }

    @Test
    void writesMessagesOfEveryRole() {
        assertThat(messages("{\"role\":\"developer\",\"content\":\"be brief\"},"
                        + "{\"role\":\"user\",\"name\":\"u\",\"content\":[{\"type\":\"text\",\"text\":\"look\","
                        + "\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"data:image/png;base64,AAAA\",\"detail\":\"low\"}}]},"
                        + "{\"role\":\"assistant\",\"content\":null},"
                        + "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"}"))
                .isEqualTo(json("[{\"role\":\"system\",\"content\":\"be brief\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"u: look\"},{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"data:image/png;base64,AAAA\",\"detail\":\"low\"}}]},"
                        + "{\"role\":\"assistant\",\"content\":\"\"},"
                        + "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"No.\"}]}]"));
    }

    @Test
    void writesToolCallsAndTheirResults() {
        assertThat(messages("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                        + "{\"id\":\"c1\",\"type\":\"function\",\"index\":0,\"function\":{\"name\":\"a\","
                        + "\"arguments\":\"{\\\"x\\\": 1.0}\"}},"
                        + "{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"b\",\"arguments\":\"\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"one\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":[{\"type\":\"document\","
                        + "\"document\":{\"id\":\"d\",\"data\":{\"t\":1}}}]}"))
                .isEqualTo(json("[{\"role\":\"assistant\",\"tool_calls\":["
                        + "{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"a\","
                        + "\"arguments\":\"{\\\"x\\\": 1.0}\"}},"
                        + "{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"content\":\"one\",\"tool_call_id\":\"c1\"},"
                        + "{\"role\":\"tool\",\"content\":[{\"type\":\"document\",\"document\":{\"id\":\"d\","
                        + "\"data\":{\"t\":1}}}],\"tool_call_id\":\"c2\"}]"));
    }

    @Test
    void givesEveryToolItsParameters() {
        var body = sent(TOOLS + ",\"tool_choice\":\"auto\",\"parallel_tool_calls\":false");

        assertThat(body.get("tools"))
                .isEqualTo(json("[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"description\":\"d\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{\"x\":{}}}}},"
                        + "{\"type\":\"function\",\"function\":{\"name\":\"b\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]"));
        assertThat(body.keySet()).doesNotContain("tool_choice", "strict_tools", "parallel_tool_calls");
    }

    @Test
    void saysHowToolsAreToBeChosen() {
        assertThat(sent(TOOLS + ",\"tool_choice\":\"required\"").get("tool_choice"))
                .hasToString("\"REQUIRED\"");
        assertThat(sent(TOOLS + ",\"tool_choice\":\"none\"").get("tool_choice")).hasToString("\"NONE\"");
    }

    @Test
    void offersOnlyTheToolThatMustBeCalled() {
        var body = sent(TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"b\"}}");

        assertThat(body.getAsJsonArray("tools")).hasSize(1);
        assertThat(body.getAsJsonArray("tools").toString()).contains("\"name\":\"b\"");
        assertThat(body.get("tool_choice")).hasToString("\"REQUIRED\"");
    }

    @Test
    void isStrictOnlyWhereEveryToolAsksForIt() {
        var strict = "{\"type\":\"function\",\"function\":{\"name\":\"a\",\"strict\":true}}";
        var free = "{\"type\":\"function\",\"function\":{\"name\":\"b\"}}";

        assertThat(sent("\"tools\":[" + strict + "]").get("strict_tools")).hasToString("true");
        assertThat(sent("\"tools\":[" + strict + "," + free + "]").has("strict_tools"))
                .isFalse();
    }

    @Test
    void asksForJson() {
        assertThat(sent("\"response_format\":{\"type\":\"text\"}").has("response_format"))
                .isFalse();
        assertThat(sent("\"response_format\":{\"type\":\"json_object\"}").get("response_format"))
                .isEqualTo(json("{\"type\":\"json_object\"}"));
        assertThat(sent("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,"
                                + "\"schema\":{\"type\":\"object\"}}}")
                        .get("response_format"))
                .isEqualTo(json("{\"type\":\"json_object\",\"json_schema\":{\"type\":\"object\"}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n | \"n\":2",
                "modalities | \"modalities\":[\"text\",\"audio\"]",
                "messages[0].content[0] | \"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}]",
                "messages[0].content[0] | \"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\"}]}]",
                "messages[0].content[0] | \"messages\":[{\"role\":\"tool\",\"content\":[{\"type\":\"image_url\"}]}]",
                "messages[0].role | \"messages\":[{\"role\":\"function\"}]",
                "tools[0].type | \"tools\":[{\"type\":\"custom\"}]",
                "tool_choice | \"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],"
                        + "\"tool_choice\":{\"function\":{\"name\":\"z\"}}",
                "response_format | \"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],"
                        + "\"response_format\":{\"type\":\"json_object\"}",
                "response_format.type | \"response_format\":{\"type\":\"grammar\"}",
            })
    void refusesWhatWouldChangeTheAnswer(String field, String members) {
        var failure = catchThrowableOfType(FailureException.class, () -> sent(members))
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.field()).contains(field);
    }
}
