package io.patchbay.guardrails;

import static io.patchbay.testkit.Quoted.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.guardrails.ContentFilter;
import io.patchbay.api.guardrails.ContentFilter.Action;
import io.patchbay.api.guardrails.ContentFilter.Side;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are looked at on their way to the client. */
class AnswerSieveTest {
    private static final String SAID =
            "Dear reader, ".repeat(20) + "write to ann@example.com. " + "Good bye! ".repeat(30);

    private static AnswerSieve sieve(Action action) {
        var filter = new ContentFilter("email", true, action, "", Side.OUTPUT);
        return new AnswerSieve(new Sieve(Filters.of(List.of(filter))));
    }

    private static ChatChunk chunk(String text) {
        return ChatChunk.of(view("{'choices':[{'index':0,'delta':{'content':'" + text + "'},'finish_reason':null}]}"));
    }

    private static JsonView view(String quoted) {
        return JsonView.parse(text(quoted));
    }

    private static String said(List<ChatChunk> chunks) {
        var text = new StringBuilder();
        chunks.forEach(chunk -> chunk.choices()
                .forEach(choice -> choice.object("delta")
                        .flatMap(delta -> delta.string("content"))
                        .ifPresent(text::append)));
        return text.toString();
    }

    private static List<ChatChunk> pieces(int size) {
        var pieces = new ArrayList<ChatChunk>();
        for (int i = 0; i < SAID.length(); i += size) {
            pieces.add(chunk(SAID.substring(i, Math.min(i + size, SAID.length()))));
        }
        return pieces;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 50, 1_000})
    void redactsAStreamWhereverItIsCut(int size) {
        var sieve = sieve(Action.REDACT);
        var seen = new ArrayList<ChatChunk>();

        pieces(size).forEach(piece -> seen.addAll(sieve.chunks(List.of(piece))));
        seen.addAll(sieve.rest());

        assertThat(said(seen)).isEqualTo(SAID.replace("ann@example.com", "[EMAIL]"));
    }

    @Test
    void givesWhatItKeptBackWithThePieceThatEndsTheAnswer() {
        var sieve = sieve(Action.REDACT);
        assertThat(sieve.chunks(List.of(chunk("Write to ann@exa"), chunk("mple.com"))))
                .isEmpty();

        var last = sieve.chunks(
                List.of(ChatChunk.of(view("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}"))));

        assertThat(said(last)).isEqualTo("Write to [EMAIL]");
        assertThat(last.get(0).finishReason()).contains("stop");
        assertThat(sieve.rest()).isEmpty();
    }

    @Test
    void letsPassWhatIsNoText() {
        var call = ChatChunk.of(view("{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a'}]}}]}"));

        assertThat(sieve(Action.REDACT).chunks(List.of(call)))
                .extracting(chunk -> chunk.json().toString())
                .containsExactly(call.json().toString());
    }

    @Test
    void endsAStreamBeforeWhatIsBlockedIsSeen() {
        var sieve = sieve(Action.BLOCK);
        var seen = new ArrayList<ChatChunk>();

        var blocked = catchThrowableOfType(
                FailureException.class, () -> pieces(7).forEach(piece -> seen.addAll(sieve.chunks(List.of(piece)))));

        assertThat(blocked.failure().kind()).isEqualTo(FailureKind.CONTENT_FILTERED);
        assertThat(blocked.failure().patterns()).containsExactly("email");
        assertThat(blocked.failure().message()).startsWith("Response blocked").doesNotContain("ann@");
        assertThat(said(seen)).startsWith("Dear reader").doesNotContain("ann");
    }

    @Test
    void redactsAWholeAnswer() {
        var answer = ChatCompletion.of(
                view("{'choices':[{'message':{'content':'ann@example.com'}},{'message':{'content':null}}]}"));

        var seen = sieve(Action.REDACT).whole(answer);

        assertThat(seen.choices().get(0).object("message").orElseThrow().string("content"))
                .contains("[EMAIL]");
    }
}
