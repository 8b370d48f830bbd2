package io.patchbay.adapter.openai;

import static io.patchbay.adapter.openai.Samples.chunks;
import static io.patchbay.adapter.openai.Samples.delta;
import static io.patchbay.adapter.openai.Samples.finish;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenThoughtsTest {
    private static final String HIDDEN = "\"reasoning\":{\"effort\":\"high\",\"exclude\":true}";
    private static final String DETAILS = "\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]";

    @ParameterizedTest
    @ValueSource(strings = {HIDDEN, "\"include_reasoning\":false"})
    void takesThoughtsOutOfAWholeAnswer(String asked) {
        var events = answer(
                asked,
                Map.of(),
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"42\",\"reasoning\":\"hm\","
                        + "\"reasoning_content\":\"hm\"," + DETAILS + "},\"finish_reason\":\"stop\"}]}");

        var message = ((ChatCompletion) events.get(0)).choices().get(0).object("message");
        assertThat(message).get().hasToString("{\"content\":\"42\"}");
    }

    @Test
    void takesThoughtsOutOfAStream() {
        var last = delta("{\"content\":\"42\"}");

        var events = answer(
                HIDDEN + ",\"stream\":true",
                Map.of(),
                delta("{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"h\"}"),
                delta("{\"content\":null,\"reasoning_content\":\"m\"}"),
                delta("{" + DETAILS + "}"),
                last,
                finish("stop"),
                "[DONE]");

        assertThat(chunks(events)).hasSize(3);
        assertThat(chunks(events).get(0)).isEqualTo(delta("{\"role\":\"assistant\",\"content\":\"\"}"));
        assertThat(chunks(events).get(1)).isEqualTo(last);
        assertThat(chunks(events).get(2)).contains("\"finish_reason\":\"stop\"");
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void takesOutThoughtsThatTheModelWritesIntoItsText() {
        var events = answer(
                HIDDEN + ",\"stream\":true",
                Map.of("think-tags", "true"),
                delta("{\"content\":\"<think>hm</think>\\n42\"}"),
                finish("stop"),
                "[DONE]");

        assertThat(chunks(events).get(0)).isEqualTo(delta("{\"content\":\"42\"}"));
    }

    private static List<ChatEvent> answer(String asked, Map<String, String> options, String... frames) {
        var decoder = Samples.ADAPTER.decoder(Samples.request("{" + asked + "}"), Samples.endpoint(options));
        var events = new ArrayList<ChatEvent>();
        for (var frame : frames) {
            decoder.decode(Frame.of(frame), events::add);
        }
        decoder.end(events::add);
        return events;
    }
}
