package io.patchbay.api.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
    private static final ChatRequest RICH = ChatRequest.of(JsonView.parse("""
            {"model":"a/b","temperature":0.5,"tools":[{"type":"function"}],"response_format":{"type":"json_object"},
            "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:x"}}]},
            {"role":"assistant","content":"{"}]}"""));

    @Test
    void aRequestAsksForItsParametersItsContentsAndWhatItBegins() {
        assertThat(Features.of(RICH)).containsExactly("image", "prefill", "response_format", "temperature", "tools");
        assertThat(Features.of(ChatRequest.of(
                        JsonView.parse("{\"model\":\"a/b\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))))
                .isEmpty();
    }

    /** As providers say it; the first four are recorded, the others from their documentation. */
    @ParameterizedTest
    @CsvSource({
        "This model does not support assistant message prefill. The conversation must end with a user message., prefill",
        "registry.ollama.ai/library/x does not support tools (model), tools",
        "Unsupported parameter: 'temperature' is not supported with this model., temperature",
        "This model does not support image input, image",
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model., response_format",
        "`tool calling` is not supported with this model, tools"
    })
    void knowsFromARefusalWhatAModelCannotDo(String said, String feature) {
        assertThat(Features.isBeyond(refusal(said))).isTrue();
        assertThat(Features.refused(RICH, refusal(said))).contains(feature);
    }

    @ParameterizedTest
    @CsvSource({
        "temperature must be at most 2",
        "Invalid schema for function 'f'",
        "messages: at least one message is required"
    })
    void whatIsWrongWithTheRequestIsWrongEverywhere(String said) {
        assertThat(Features.isBeyond(refusal(said))).isFalse();
        assertThat(Features.refused(RICH, refusal(said))).isEmpty();
    }

    @Test
    void aFormatThatIsRefusedSaysNothingOfTheModel() {
        var refusal = refusal("Unsupported image media type image/tiff");

        assertThat(Features.isBeyond(refusal)).isTrue();
        assertThat(Features.refused(RICH, refusal)).isEmpty();
    }

    private static Failure refusal(String said) {
        return Failure.builder(FailureKind.INVALID_REQUEST, said)
                .providerMessage(said)
                .providerStatus(400)
                .build();
    }
}
