package io.patchbay.api.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is written with single quotes. */
class EmbeddingsTest {
    /** 1, -2 and 0.5 as little-endian 32-bit numbers. */
    private static final String PACKED = "AACAPwAAAMAAAAA/";

    private static final EmbeddingsRequest PLAIN = request("{'model':'m','input':['a','b']}");
    private static final EmbeddingsRequest ONE_PACKED = request("{'model':'m','input':'a','encoding_format':'base64'}");

    @Test
    void leavesAloneWhatIsAsTheClientWantsIt() {
        var given = embeddings(
                "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[1,2]},{'object':'embedding','index':1,'embedding':[3,4]}],"
                        + "'model':'x','usage':{'prompt_tokens':4,'total_tokens':4}}");

        assertThat(given.answering(PLAIN)).isSameAs(given);
        assertThat(given.usage().orElseThrow().promptTokens()).isEqualTo(4);
    }

    @Test
    void packsNumbersForAClientThatWantsBase64() {
        var answer =
                embeddings("{'data':[{'embedding':[1,-2.0,5e-1]}],'model':'x'}").answering(ONE_PACKED);

        assertThat(answer.json())
                .hasToString(json("{'object':'list','data':[{'object':'embedding','index':0,'embedding':'" + PACKED
                        + "'}],'model':'x'}"));
    }

    @Test
    void unpacksBase64ForAClientThatWantsNumbers() {
        var answer = embeddings("{'data':[{'embedding':'" + PACKED + "'}]}")
                .answering(request("{'input':'a','encoding_format':'float'}"));

        assertThat(answer.data().get(0).element("embedding")).contains(JsonParser.parseString("[1.0,-2.0,0.5]"));
    }

    @Test
    void nothingIsLostOnTheWayThereAndBack() {
        var numbers = "[0.02832291,-2.5E-30,3.4028235E38,-0.0,1.4E-45]";
        var packed = embeddings("{'data':[{'embedding':" + numbers + "}]}").answering(ONE_PACKED);

        assertThat(packed.answering(request("{'input':'a'}")).json().toString()).contains("\"embedding\":" + numbers);
    }

    @Test
    void putsVectorsIntoTheOrderOfTheInputs() {
        var answer = embeddings("{'data':[{'index':1,'embedding':[2]},{'index':0,'embedding':[1]}]}")
                .answering(PLAIN);

        assertThat(answer.data())
                .extracting(entry -> entry.element("embedding").orElseThrow().toString())
                .containsExactly("[1]", "[2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'data':[]}",
                "{'data':[{'embedding':[1]}]}",
                "{'data':[{'embedding':[1]},{'embedding':[2]},{'embedding':[3]}]}",
                "{'data':[{'index':0,'embedding':[1]},{'index':0,'embedding':[2]}]}",
                "{'data':[{'index':0,'embedding':[1]},{'index':2,'embedding':[2]}]}",
                "{'data':[{'index':-1,'embedding':[1]},{'index':0,'embedding':[2]}]}",
                "{'data':[{'embedding':[1]},{'embedding':null}]}",
                "{'data':[{'embedding':[1]},{'embedding':[]}]}",
                "{'data':[{'embedding':[1]},{'embedding':'***'}]}",
                "{'data':[{'embedding':[1]},{'embedding':'AAAA'}]}",
                "{'data':[{'embedding':[1]},{'embedding':'AADAfw=='}]}",
            })
    void oneVectorForEachInputOrNoAnswerAtAll(String answer) {
        assertMalformed(() -> embeddings(answer).answering(PLAIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"['a']", "[null]", "[[1]]", "[{}]", "[1e99]"})
    void whatIsNoVectorIsNotPacked(String vector) {
        assertMalformed(
                () -> embeddings("{'data':[{'embedding':" + vector + "}]}").answering(ONE_PACKED));
    }

    private static void assertMalformed(ThrowingCallable reading) {
        var refused = catchThrowableOfType(FailureException.class, reading);
        assertThat(refused).isNotNull();
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @Test
    void isBuiltFromVectorsAndACount() {
        var built = Embeddings.builder()
                .vector(JsonParser.parseString("[0.10,2e3]").getAsJsonArray())
                .vector(new float[] {0.5f, -1})
                .promptTokens(7)
                .build();

        assertThat(built.json())
                .hasToString(json("{'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.10,2e3]},"
                        + "{'object':'embedding','index':1,'embedding':[0.5,-1.0]}],"
                        + "'usage':{'prompt_tokens':7,'total_tokens':7}}"));
        assertThat(Embeddings.builder().build().usage()).isEmpty();
    }

    @Test
    void neverShowsVectors() {
        assertThat(embeddings("{'data':[{'embedding':[0.125]}]}").toString()).isEqualTo("Embeddings[1]");
    }

    private static Embeddings embeddings(String json) {
        return Embeddings.of(JsonView.parse(json(json)));
    }

    private static EmbeddingsRequest request(String json) {
        return EmbeddingsRequest.of(JsonView.parse(json(json)));
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
