package io.patchbay.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.failure.FailureException;
import io.patchbay.testkit.Quoted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of requests has to look like. */
class InputLineTest {
    private static final String CHATS = "/v1/chat/completions";

    private static String line(String id) {
        return Quoted.text(
                "{'custom_id':'" + id + "','method':'POST','url':'/v1/chat/completions','body':{'model':'a/b'}}");
    }

    @Test
    void isReadLineByLineAndEmptyOnesAreNone() {
        var lines = InputLine.all(line("a") + "\n\n" + line("b") + "\n", CHATS);

        assertThat(lines).extracting(InputLine::customId).containsExactly("a", "b");
        assertThat(lines).extracting(InputLine::number).containsExactly(1, 3);
        assertThat(lines.get(0).body().string("model")).contains("a/b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "not json                                                        | body          | Line 2",
                "{'body':{}}                                                     | custom_id     | Line 2",
                "{'custom_id':'a','body':{}}                                     | custom_id     | another line's",
                "{'custom_id':'b','method':'GET','body':{}}                      | method        | POST",
                "{'custom_id':'b','url':'/v1/embeddings','body':{}}              | url           | /v1/chat/completions",
                "{'custom_id':'b','body':'x'}                                    | body          | object",
                "{'custom_id':'b','body':{'stream':true}}                        | body.stream   | stream",
            })
    void isRefusedByLineAndField(String second, String field, String words) {
        var text = line("a") + '\n' + Quoted.text(second);

        var refused = catchThrowableOfType(FailureException.class, () -> InputLine.all(text, CHATS));

        assertThat(refused.failure().field()).contains(field);
        assertThat(refused.failure().message()).startsWith("Line 2").contains(words);
    }

    @Test
    void isSomething() {
        var refused = catchThrowableOfType(FailureException.class, () -> InputLine.all("\n", CHATS));

        assertThat(refused.failure().message()).contains("empty");
    }
}
