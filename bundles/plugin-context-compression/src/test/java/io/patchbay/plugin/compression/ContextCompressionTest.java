package io.patchbay.plugin.compression;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.testkit.FakeRoom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Conversations that are too long. */
class ContextCompressionTest {
    private static final Optional<JsonView> NAMED = Optional.of(JsonView.parse("{\"id\":\"context-compression\"}"));
    private static final Optional<JsonView> NOT_NAMED = Optional.empty();

    private final JsonArray messages = new JsonArray();
    private final JsonObject request = new JsonObject();

    private JsonObject say(String role, String content) {
        var message = new JsonObject();
        message.addProperty("role", role);
        message.addProperty("content", content);
        messages.add(message);
        return message;
    }

    /** About so many tokens, that begin and end with a word of their own. */
    private static String text(String name, int tokens) {
        return name + "-begins " + "abc ".repeat(tokens) + name + "-ends";
    }

    private Optional<Passage> enter(Optional<JsonView> settings, long context) {
        request.addProperty("model", "a/b");
        request.add("messages", messages);
        var view = JsonView.of(request);
        return new ContextCompression()
                .enter(ChatRequest.of(view), settings, new FakeRoom(view.length() / 4, OptionalLong.of(context)));
    }

    private static List<String> beginnings(Passage passage) {
        return ChatRequest.of(passage.request()).messages().stream()
                .map(message -> message.string("content").orElse("").replaceFirst("-.*", ""))
                .toList();
    }

    @Test
    void loseTheirMiddle() {
        say("system", text("rules", 100));
        for (int i = 0; i < 10; i++) {
            say("user", text("question" + i, 450));
            say("assistant", text("answer" + i, 450));
        }
        say("user", text("last", 100));

        var passage = enter(NAMED, 6_000).orElseThrow();

        assertThat(beginnings(passage))
                .startsWith("rules", "question0", "answer0")
                .endsWith("question9", "answer9", "last")
                .doesNotContain("question5", "answer5");
        assertThat((long) passage.request().length() / 4).isBetween(3_500L, 5_000L);
        assertThat(passage.notes()).extracting(Note::type).containsExactly("context_compression");
        assertThat(passage.notes().get(0).summary()).matches("1[0-9] messages removed from the middle");
    }

    @Test
    void loseACallTogetherWithItsResults() {
        say("user", text("first", 300));
        var call = say("assistant", "");
        call.add("tool_calls", new JsonArray());
        say("tool", text("result1", 1_500)).addProperty("tool_call_id", "1");
        say("tool", text("result2", 1_500)).addProperty("tool_call_id", "2");
        say("assistant", text("then", 300));
        say("user", text("last", 300));

        var passage = enter(NAMED, 3_000).orElseThrow();

        assertThat(beginnings(passage)).containsExactly("first", "then", "last");
        assertThat(passage.notes().get(0).summary()).isEqualTo("3 messages removed from the middle");
    }

    @Test
    void loseTheMiddleOfTheirLastMessageIfThereIsNothingElse() {
        say("system", text("rules", 50));
        say("user", text("last", 20_000));

        var passage = enter(NAMED, 4_000).orElseThrow();

        var last = ChatRequest.of(passage.request())
                .messages()
                .get(1)
                .string("content")
                .orElseThrow();
        assertThat(last).startsWith("last-begins").endsWith("last-ends").contains("[...]");
        assertThat(passage.request().length() / 4).isBetween(2_000, 2_900);
        assertThat(passage.notes().get(0).summary()).isEqualTo("0 messages removed from the middle, 1 shortened");
    }

    @Test
    void areLeftAsTheyAreIfThereIsRoom() {
        say("user", text("long", 5_000));

        assertThat(enter(NAMED, 100_000)).isEmpty();
    }

    @Test
    void areMadeShorterForSmallModelsUnlessTheRequestForbidsIt() {
        say("user", text("a", 5_000));
        say("user", text("b", 5_000));
        assertThat(enter(NOT_NAMED, 8_192)).isPresent();
        assertThat(enter(NOT_NAMED, 8_193)).isEmpty();

        request.add("transforms", new JsonArray());
        assertThat(enter(NOT_NAMED, 8_192)).isEmpty();

        request.getAsJsonArray("transforms").add("middle-out");
        assertThat(enter(NOT_NAMED, 9_000)).isPresent();
    }

    @Test
    void leaveRoomForTheAnswerThatIsWanted() {
        say("user", text("a", 2_500));
        say("user", text("b", 2_500));
        request.addProperty("max_tokens", 6_000);

        assertThat(enter(NAMED, 10_000)).isPresent();
        request.addProperty("max_tokens", 100);
        assertThat(enter(NAMED, 10_000)).isEmpty();
    }
}
