package io.patchbay.api.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonView;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON is written with single quotes. */
class EmbeddingsRequestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'one text'                                                             | 1 | one text
            ['a','b']                                                              | 2 | a,b
            [1,2,3]                                                                | 1 |
            [[1,2],[3]]                                                            | 2 |
            [{'content':[{'type':'text','text':'a'}]},{'content':[{'type':'text','text':'b'}]}] | 2 | a,b
            [{'content':[{'type':'image_url','image_url':{'url':'data:'}}]}]       | 1 |
            [{'content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]  | 1 |
            """)
    void countsInputsAndReadsTexts(String input, int inputs, String texts) {
        var request = request("{'input':" + input + "}");

        assertThat(request.inputs()).isEqualTo(inputs);
        assertThat(String.join(",", request.texts())).isEqualTo(texts == null ? "" : texts);
    }

    @Test
    void refusesForProvidersThatTakeLess() {
        assertThat(refusal(() -> request("{'input':[1,2]}").requireTexts())).contains("texts only");
        assertThat(refusal(() -> request("{'input':['a','b']}").requireOneText()))
                .contains("send 2 requests");
        assertThat(request("{'input':['a']}").requireOneText()).isEqualTo("a");
    }

    @Test
    void onlyTheLengthOfVectorsIsNotEverybodys() {
        assertThat(request("{'model':'a/b','input':'','user':'u','dimensions':4}")
                        .parameters())
                .containsExactly("dimensions");
        assertThat(request("{'model':'a/b','input':''}").parameters()).isEmpty();
        assertThat(request("{'model':'a/b','input':''}").models()).containsExactly("a/b");
    }

    private static String refusal(ThrowingCallable reading) {
        var failure = catchThrowableOfType(FailureException.class, reading).failure();
        assertThat(failure.field()).contains("input");
        return failure.message();
    }

    private static EmbeddingsRequest request(String json) {
        return EmbeddingsRequest.of(JsonView.parse(json.replace('\'', '"')));
    }
}
