package io.patchbay.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.json.JsonAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkTagsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void showsThoughtsBetweenTagsAsReasoningHoweverTheStreamIsCut(int length) {
        var seen = stream("\n<think>\n1 < 2 and </thin is no end</think>\n\nYes, <b>1 < 2</b>.", length);

        assertThat(seen.reasoning()).isEqualTo("\n1 < 2 and </thin is no end");
        assertThat(seen.content()).isEqualTo("Yes, <b>1 < 2</b>.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", " <thi", "<", "<b>bold</b>", "a <think>b</think>", "  ", ""})
    void leavesATextWithoutThoughtsAsItIs(String text) {
        for (int length : List.of(1, 100)) {
            var seen = stream(text, length);

            assertThat(seen.reasoning()).isEmpty();
            assertThat(seen.content()).isEqualTo(text);
        }
    }

    @Test
    void showsThoughtsThatWereCutOff() {
        var seen = stream("<think>so far, so </thi", 4);

        assertThat(seen.reasoning()).isEqualTo("so far, so </thi");
        assertThat(seen.content()).isEmpty();
    }

    @Test
    void showsTheThoughtsOfAWholeAnswer() {
        var events = new ArrayList<ChatEvent>();

        decoder(false, Map.of("think-tags", "true"))
                .decode(
                        Frame.of(
                                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"<think>a</think>\\n\\nb\"},"
                                        + "\"finish_reason\":\"stop\"}]}"),
                        events::add);

        var message = ((ChatCompletion) events.get(0))
                .json()
                .objects("choices")
                .get(0)
                .object("message")
                .orElseThrow();
        assertThat(message.string("reasoning")).contains("a");
        assertThat(message.string("content")).contains("b");
    }

    @Test
    void leavesTagsAloneUnlessTheOperatorSaysOtherwise() {
        var events = new ArrayList<ChatEvent>();
        var frame = Samples.delta("{\"content\":\"<think>a</think>b\"}");

        decoder(true, Map.of()).decode(Frame.of(frame), events::add);

        assertThat(Samples.chunks(events)).containsExactly(frame);
    }

    private static Seen stream(String text, int length) {
        var events = new ArrayList<ChatEvent>();
        var decoder = decoder(true, Map.of("think-tags", "true"));
        decoder.decode(Frame.of(Samples.delta("{\"role\":\"assistant\",\"content\":\"\"}")), events::add);
        for (int from = 0; from < text.length(); from += length) {
            var piece = text.substring(from, Math.min(text.length(), from + length));
            decoder.decode(Frame.of(Samples.delta("{\"content\":" + JsonAppender.quote(piece) + "}")), events::add);
        }
        decoder.decode(Frame.of(Samples.finish("stop")), events::add);
        decoder.decode(Frame.of("[DONE]"), events::add);
        assertThat(events.get(events.size() - 1)).isEqualTo(ChatEvent.End.INSTANCE);
        return new Seen(all(events, "reasoning"), all(events, "content"));
    }

    private static String all(List<ChatEvent> events, String name) {
        var text = new StringBuilder();
        for (var event : events) {
            if (event instanceof ChatChunk chunk) {
                chunk.choices()
                        .forEach(choice -> choice.object("delta")
                                .flatMap(delta -> delta.string(name))
                                .ifPresent(text::append));
            }
        }
        return text.toString();
    }

    private static ChatDecoder decoder(boolean stream, Map<String, String> options) {
        return Samples.ADAPTER.decoder(
                Samples.request("{\"model\":\"openai/gpt-x\",\"stream\":" + stream + "}"), Samples.endpoint(options));
    }

    private record Seen(String reasoning, String content) {}
}
