package io.patchbay.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is written with single quotes. */
class EmbeddingsRequestReaderTest {
    @Test
    void readsAnOrdinaryRequest() {
        var request = read("{'model':'a/b','input':['x','y'],'dimensions':8,'encoding_format':'base64',"
                + "'input_type':'search_query','user':'u','provider':{'only':['p']},'nobody_knows_me':1}");

        assertThat(request.models()).containsExactly("a/b");
        assertThat(request.texts()).containsExactly("x", "y");
        assertThat(request.wantsBase64()).isTrue();
        assertThat(request.dimensions()).hasValue(8);
        assertThat(request.json().has("nobody_knows_me")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'text'",
                "['a']",
                "[1,2,3]",
                "[[1,2],[3]]",
                "[{'content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'data:,'}}]}]"
            })
    void takesAllFormsOfInput(String input) {
        assertThat(read("{'model':'a/b','dimensions':null,'user':null,'input':" + input + "}")
                        .inputs())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                             | body",
                "[]                                             | body",
                "{'input':'a'}                                  | model",
                "{'model':' ','input':'a'}                      | model",
                "{'model':7,'input':'a'}                        | model",
                "{'model':'a/b'}                                | input",
                "{'model':'a/b','input':null}                   | input",
                "{'model':'a/b','input':{}}                     | input",
                "{'model':'a/b','input':''}                     | input",
                "{'model':'a/b','input':[]}                     | input",
                "{'model':'a/b','input':['a','']}               | input[1]",
                "{'model':'a/b','input':['a',1]}                | input[1]",
                "{'model':'a/b','input':[true]}                 | input[0]",
                "{'model':'a/b','input':[1,1.5]}                | input[1]",
                "{'model':'a/b','input':[1,-1]}                 | input[1]",
                "{'model':'a/b','input':[[1],[]]}               | input[1]",
                "{'model':'a/b','input':[[1],[2,'x']]}          | input[1][1]",
                "{'model':'a/b','input':[{}]}                   | input[0].content",
                "{'model':'a/b','input':[{'content':['x']}]}    | input[0].content",
                "{'model':'a/b','input':[{'content':[{}]}]}     | input[0].content[0].type",
                "{'model':'a/b','input':'a','dimensions':0}     | dimensions",
                "{'model':'a/b','input':'a','dimensions':'8'}   | dimensions",
                "{'model':'a/b','input':'a','encoding_format':'int8'} | encoding_format",
                "{'model':'a/b','input':'a','input_type':1}     | input_type",
                "{'model':'a/b','input':'a','provider':'openai'}| provider",
                "{'model':'a/b','input':'a','user':{}}          | user",
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(FailureException.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
            assertThat(refused.failure().field()).contains(field);
        });
    }

    @Test
    void takesNoMoreInputsThanOpenAi() {
        assertThat(read("{'model':'a/b','input':[" + String.join(",", Collections.nCopies(2048, "'a'")) + "]}")
                        .inputs())
                .isEqualTo(2048);
        assertThatThrownBy(() ->
                        read("{'model':'a/b','input':[" + String.join(",", Collections.nCopies(2049, "'a'")) + "]}"))
                .hasMessageContaining("2048");
        assertThat(read("{'model':'a/b','input':[" + String.join(",", Collections.nCopies(5000, "7")) + "]}")
                        .inputs())
                .isEqualTo(1);
    }

    private static EmbeddingsRequest read(String body) {
        return EmbeddingsRequestReader.read(body.replace('\'', '"').getBytes(UTF_8));
    }
}
