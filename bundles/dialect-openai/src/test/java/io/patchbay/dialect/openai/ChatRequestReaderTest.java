package io.patchbay.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestReaderTest {
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    @Test
    void readsAnOrdinaryRequest() {
        var request = read("{\"model\":\"a/b\",\"models\":[\"a/b\",\"c/d\"],\"stream\":true,\"max_tokens\":9,"
                + "\"nobody_knows_me\":{\"x\":1}," + HELLO + "}");

        assertThat(request.models()).containsExactly("a/b", "c/d");
        assertThat(request.stream()).isTrue();
        assertThat(request.maxTokens()).hasValue(9);
        assertThat(request.json().has("nobody_knows_me")).isTrue();
    }

    @Test
    void nullMeansAbsent() {
        assertThat(read("{\"model\":\"a/b\",\"temperature\":null,\"stop\":null,\"tools\":null,\"stream\":null," + HELLO
                                + "}")
                        .stream())
                .isFalse();
    }

    @Test
    void saysWhereInAnObjectTheWrongMemberStands() {
        assertThatThrownBy(() -> read("{\"model\":\"a/b\",\"reasoning\":{\"enabled\":1}," + HELLO + "}"))
                .hasMessageContaining("'reasoning.enabled' must be a boolean, not a number");
        assertThat(read("{\"model\":\"a/b\",\"reasoning\":{\"effort\":null,\"max_tokens\":0,\"zzz\":1}," + HELLO + "}")
                        .parameters())
                .containsExactly("reasoning");
    }

    @Test
    void anAssistantMayHaveNoContentAndPartsAreWelcome() {
        read("{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}]},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"x\",\"content\":\"y\"}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | body",
                "'nonsense'                           | body",
                "'[]'                                 | body",
                "'{\"model\":\"a/b\"'                 | body",
                "'{\"model\":\"a/b\",\"provider\":{\"sort\":\"a\",\"sort\":\"b\"},HELLO}' | body",
                "'{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"role\":\"system\",\"content\":\"\"}]}' | body",
                "'{HELLO}'                            | model",
                "'{\"model\":\"\",HELLO}'             | model",
                "'{\"model\":7,HELLO}'                | model",
                "'{\"models\":[],HELLO}'              | model",
                "'{\"models\":[1],HELLO}'             | models[0]",
                "'{\"model\":\"a/b\"}'                | messages",
                "'{\"model\":\"a/b\",\"messages\":[]}' | messages",
                "'{\"model\":\"a/b\",\"messages\":{}}' | messages",
                "'{\"model\":\"a/b\",\"messages\":[1]}' | messages[0]",
                "'{\"model\":\"a/b\",\"messages\":[{}]}' | messages[0].role",
                "'{\"model\":\"a/b\",\"messages\":[{\"role\":\"pope\",\"content\":\"x\"}]}' | messages[0].role",
                "'{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\"}]}' | messages[0].content",
                "'{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"content\":3}]}' | messages[0].content",
                "'{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"content\":[\"x\"]}]}' | messages[0].content[0]",
                "'{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"content\":[{}]}]}' | messages[0].content[0].type",
                "'{\"model\":\"a/b\",\"temperature\":\"hot\",HELLO}' | temperature",
                "'{\"model\":\"a/b\",\"temperature\":2.1,HELLO}' | temperature",
                "'{\"model\":\"a/b\",\"temperature\":1e999,HELLO}' | temperature",
                "'{\"model\":\"a/b\",\"max_tokens\":0,HELLO}' | max_tokens",
                "'{\"model\":\"a/b\",\"max_tokens\":1.5,HELLO}' | max_tokens",
                "'{\"model\":\"a/b\",\"max_tokens\":1e999,HELLO}' | max_tokens",
                "'{\"model\":\"a/b\",\"n\":0,HELLO}' | n",
                "'{\"model\":\"a/b\",\"stream\":\"yes\",HELLO}' | stream",
                "'{\"model\":\"a/b\",\"stop\":[1],HELLO}' | stop[0]",
                "'{\"model\":\"a/b\",\"tools\":{},HELLO}' | tools",
                "'{\"model\":\"a/b\",\"response_format\":\"json\",HELLO}' | response_format",
                "'{\"model\":\"a/b\",\"route\":\"scenic\",HELLO}' | route",
                "'{\"model\":\"a/b\",\"top_logprobs\":21,HELLO}' | top_logprobs",
                "'{\"model\":\"a/b\",\"reasoning\":\"high\",HELLO}' | reasoning",
                "'{\"model\":\"a/b\",\"reasoning\":{\"effort\":3},HELLO}' | reasoning.effort",
                "'{\"model\":\"a/b\",\"reasoning\":{\"max_tokens\":\"2000\"},HELLO}' | reasoning.max_tokens",
                "'{\"model\":\"a/b\",\"reasoning\":{\"exclude\":\"true\"},HELLO}' | reasoning.exclude",
                "'{\"model\":\"a/b\",\"include_reasoning\":\"no\",HELLO}' | include_reasoning",
                "'{\"model\":\"a/b\",\"cache_control\":true,HELLO}' | cache_control",
                "'{\"model\":\"a/b\",\"provider\":[],HELLO}' | provider"
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        assertThatThrownBy(() -> read(body.replace("HELLO", HELLO)))
                .isInstanceOfSatisfying(FailureException.class, refused -> {
                    assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
                    assertThat(refused.failure().field()).contains(field);
                });
    }

    private static ChatRequest read(String body) {
        return ChatRequestReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
