package io.patchbay.dialect.openai;

import static io.patchbay.testkit.Quoted.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.dialect.Heads;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A prompt is a chat, and a chat's answer a text. */
class CompletionsTest {
    private static final GenerationRecord RECORD =
            GenerationRecord.builder("gen-1", Instant.EPOCH).build();

    @Test
    void readsAPromptAsAMessage() {
        var read = read("'prompt':['Once'],'max_tokens':5,'echo':true,'best_of':1,'user':'u'");

        assertThat(read.request().json().toTree())
                .isEqualTo(JsonParser.parseString(text("{'model':'a/b','max_tokens':5,'user':'u',"
                        + "'messages':[{'role':'user','content':'Once'}]}")));
        assertThat(read.echo()).isEqualTo("Once");
    }

    @Test
    void writesATextWithWhatIsToBeRepeated() {
        var answer = new CompletionsWriter(List.of(), "Once ")
                .whole(
                        ChatCompletion.of(JsonView.parse(text(
                                "{'choices':[{'index':0,'message':{'content':'upon'}," + "'finish_reason':'stop'}]}"))),
                        RECORD);

        var json = JsonParser.parseString(new String(answer, StandardCharsets.UTF_8))
                .getAsJsonObject();
        assertThat(json.get("object").getAsString()).isEqualTo("text_completion");
        assertThat(json.get("choices"))
                .isEqualTo(JsonParser.parseString(
                        text("[{'index':0,'text':'Once upon','logprobs':null,'finish_reason':'stop'}]")));
    }

    @Test
    void repeatsOnceInAStream() {
        var writer = new CompletionsWriter(List.of(), "Once ");

        assertThat(string(writer.chunks(Heads.of(RECORD), List.of(chunk("up"), chunk("on")))))
                .contains("\"text\":\"Once up\"")
                .contains("\"text\":\"on\"");
        assertThat(string(writer.end(RECORD))).endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'max_tokens':5|prompt",
                "'prompt':['a','b']|prompt",
                "'prompt':[1,2]|prompt",
                "'prompt':'a','suffix':'b'|suffix",
                "'prompt':'a','logprobs':3|logprobs",
                "'prompt':'a','best_of':3|best_of",
            })
    void namesTheFieldThatIsWrong(String said, String field) {
        var failure =
                catchThrowableOfType(FailureException.class, () -> read(said)).failure();

        assertThat(failure.field()).contains(field);
    }

    private static CompletionsReader.Read read(String members) {
        return CompletionsReader.read(text("{'model':'a/b'," + members + '}').getBytes(StandardCharsets.UTF_8));
    }

    private static ChatChunk chunk(String content) {
        return ChatChunk.of(JsonView.parse(text("{'choices':[{'index':0,'delta':{'content':'" + content + "'}}]}")));
    }

    private static String string(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
