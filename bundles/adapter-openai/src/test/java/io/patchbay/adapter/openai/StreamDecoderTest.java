package io.patchbay.adapter.openai;

import static io.patchbay.adapter.openai.Samples.chunks;
import static io.patchbay.adapter.openai.Samples.delta;
import static io.patchbay.adapter.openai.Samples.failure;
import static io.patchbay.adapter.openai.Samples.finish;
import static io.patchbay.adapter.openai.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamDecoderTest {
    private static final String USAGE =
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";

    @Test
    void showsThoughtsThatAreInDetailsAlone() {
        var events = Samples.stream(
                Samples.delta("{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"so\"}]}"),
                Samples.delta("{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]}"),
                Samples.finish("stop"),
                "[DONE]");

        assertThat(Samples.chunks(events).get(0)).contains("\"reasoning\":\"so\"", "reasoning_details");
        assertThat(Samples.chunks(events).get(1)).doesNotContain("\"reasoning\":");
    }

    @Test
    void passesChunksOnAsTheBytesThatCame() {
        var first = "{ \"id\":\"c\", \"choices\":[ {\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                + "\"logprobs\":null,\"finish_reason\":null,\"zzz\":1.0} ],\"obfuscation\":\"aB\" }";
        var second = delta("{\"content\":\"h\\u00e9 ü\"}");

        var events = stream(first, second, finish("stop"), USAGE, "[DONE]");

        assertThat(chunks(events)).startsWith(first, second).endsWith(USAGE);
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
        assertThat(events).hasSize(5);
    }

    @Test
    void putsTheProvidersOwnReasonBesideTheCanonicalOne() {
        var events = stream(delta("{\"content\":\"a\"}"), finish("eos"), "[DONE]");

        assertThat(chunks(events).get(1))
                .isEqualTo("{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},"
                        + "\"finish_reason\":\"stop\",\"native_finish_reason\":\"eos\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "eos", "", "tool_call"})
    void seesToolCallsWhateverTheProviderCallsThem(String reason) {
        var events = stream(
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\"}}]}"),
                finish(reason),
                "[DONE]");

        assertThat(finishReasons(events)).containsExactly("tool_calls");
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void takesAnEmptyReasonInEveryChunkForNone() {
        var piece = delta("{\"content\":\"a\"}").replace("null", "\"\"");

        var events = stream(piece, piece, "[DONE]");

        assertThat(chunks(events)).hasSize(3).first().isEqualTo(delta("{\"content\":\"a\"}"));
        assertThat(finishReasons(events)).containsExactly("stop");
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void endsWithoutDoneOnceEveryChoiceHasEnded() {
        assertThat(stream(delta("{\"content\":\"a\"}"), finish("stop"))).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void takesCountsAndDoneForTheEndWhereNoReasonIsGiven() {
        var counts = "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";

        var events = stream(delta("{\"content\":\"a\"}"), counts, "[DONE]");

        assertThat(finishReasons(events)).containsExactly("stop");
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void givesACallAnIdWhereTheProviderGivesNone() {
        var first = delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}");
        var second =
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"{}\"}}]}");

        var chunks = chunks(stream(first, second, finish("tool_calls"), "[DONE]"));

        assertThat(chunks.get(0)).containsPattern("\"id\":\"call_[0-9a-f]{24}\"");
        assertThat(chunks.get(1))
                .doesNotContain("\"id\":\"\"")
                .doesNotContain("\"name\"")
                .contains("{}");
    }

    @Test
    void saysOfWhatTypeACallIsWhereTheProviderDoesNot() {
        var call =
                "{\"tool_calls\":[{\"index\":0,\"id\":\"D681PevKs\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        var more = "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\" \"}}]}";

        var chunks = chunks(stream(delta(call), delta(more), finish("tool_calls"), "[DONE]"));

        assertThat(chunks.get(0)).contains("\"id\":\"D681PevKs\"", "\"type\":\"function\"");
        assertThat(chunks.get(1)).isEqualTo(delta(more));
    }

    @Test
    void neverTakesACutAnswerForAWholeOne() {
        assertThat(failure(stream(delta("{\"content\":\"a\"}"))).kind()).isEqualTo(FailureKind.CUT_OFF);
        assertThat(failure(stream(delta("{\"content\":\"a\"}"), "[DONE]")).kind())
                .isEqualTo(FailureKind.CUT_OFF);
        var second = delta("{\"content\":\"b\"}").replace("\"index\":0", "\"index\":1");
        assertThat(failure(stream(delta("{\"content\":\"a\"}"), second, finish("stop"), "[DONE]"))
                        .kind())
                .isEqualTo(FailureKind.CUT_OFF);
    }

    @Test
    void readsSeveralChoicesToTheirOwnEnds() {
        var other = finish("length").replace("\"index\":0", "\"index\":1");

        var events = stream(delta("{\"content\":\"a\"}"), other, finish("stop"), "[DONE]");

        assertThat(finishReasons(events)).containsExactly("length", "stop");
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void refusesAStreamWithoutAnAnswer() {
        assertThat(failure(stream()).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        assertThat(failure(stream(USAGE, "[DONE]")).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": oops}",
                "{\"choices\":[{\"index\":0,\"del",
                "[]",
                "nonsense",
                "{\"choices\":[{\"index\":-1,\"delta\":{}}]}",
                "{\"choices\":[{\"index\":99999999,\"delta\":{}}]}",
                "{\"choices\":[{\"index\":\"a\",\"delta\":{}}]}",
            })
    void failsOnAPieceItCannotRead(String piece) {
        var events = stream(delta("{\"content\":\"a\"}"), piece, finish("stop"), "[DONE]");

        assertThat(events).hasSize(2);
        assertThat(failure(events).kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'message':'Provider disconnected','type':'server_error','code':502}}|UPSTREAM_ERROR",
                "{'error':{'message':'Overloaded before first token','code':503}}|OVERLOADED",
                "{'error':'no more'}|UPSTREAM_ERROR",
                "{'error':{'message':'Could not finish the message because max_tokens was reached',"
                        + "'type':'invalid_request_error'}}|INVALID_REQUEST",
                "{'choices':[{'index':0,'delta':{'content':''},'finish_reason':'error'}]}|UPSTREAM_ERROR",
                "{'error':{'code':429,'message':'x'},'choices':[{'index':0,'delta':{},'finish_reason':'error'}]}"
                        + "|RATE_LIMITED",
                "{'message':'flat','type':'server_error','param':'','code':'internal'}|UPSTREAM_ERROR",
            })
    void failsWhereTheProviderSaysSoInTheMiddle(String piece, FailureKind kind) {
        var events = stream(delta("{\"content\":\"a\"}"), piece.replace('\'', '"'), finish("stop"), "[DONE]");

        assertThat(events).hasSize(2);
        assertThat(failure(events).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"error\",\"error\":{\"message\":\"Overloaded\",\"type\":\"overloaded_error\"}}",
                "overloaded"
            })
    void failsOnAnErrorEvent(String data) {
        var events = new ArrayList<ChatEvent>();

        Samples.decoder(true)
                .decode(new Frame("error", data.getBytes(java.nio.charset.StandardCharsets.UTF_8)), events::add);

        assertThat(events).hasSize(1);
        assertThat(failure(events).kind()).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void ignoresWhatFollowsTheEnd() {
        var events = stream(finish("stop"), "[DONE]", delta("{\"content\":\"GHOST\"}"), "[DONE]", "{oops");

        assertThat(events).hasSize(2).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void tellsEachChoicesEndOnce() {
        var withUsage = finish("stop").replace("}]}", "}],\"usage\":{\"prompt_tokens\":1}}");

        var events = stream(delta("{\"content\":\"a\"}"), finish("stop"), finish("stop"), withUsage, "[DONE]");

        assertThat(finishReasons(events)).containsExactly("stop");
        assertThat(chunks(events)).hasSize(3);
        assertThat(chunks(events).get(2)).contains("\"choices\":[],\"usage\":{\"prompt_tokens\":1}");
    }

    @Test
    void keepsContentThatComesAfterTheEnd() {
        var late = finish("stop").replace("\"delta\":{}", "\"delta\":{\"content\":\"late\"}");

        var events = stream(finish("stop"), late, "[DONE]");

        assertThat(chunks(events).get(1)).contains("late").contains("\"finish_reason\":null");
    }

    @Test
    void numbersToolCallsWhereTheProviderForgotTo() {
        var events = stream(
                delta("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}"),
                delta("{\"tool_calls\":[{\"id\":\"\",\"function\":{\"arguments\":\"}\"}}]}"),
                delta("{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                        + "{\"id\":\"c\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}"),
                finish("tool_calls"),
                "[DONE]");

        var numbers = new ArrayList<Long>();
        for (var event : events) {
            if (event instanceof ChatChunk chunk) {
                chunk.choices()
                        .get(0)
                        .object("delta")
                        .orElseThrow()
                        .objects("tool_calls")
                        .forEach(call -> numbers.add(call.integer("index").orElseThrow()));
            }
        }
        assertThat(numbers).containsExactly(0L, 0L, 1L, 2L);
    }

    @Test
    void leavesNumberedToolCallsUntouched() {
        var piece = delta(
                "{\"tool_calls\":[ {\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"arguments\":\"1.0\"}}]}");

        assertThat(chunks(stream(piece, finish("tool_calls"), "[DONE]")))
                .first()
                .isEqualTo(piece);
    }

    @Test
    void endsCallsThatWereGivenNoArgumentsWithEmptyOnes() {
        var events = stream(
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"\"}}]}"),
                delta("{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"g\",\"arguments\":\"{\\\"x\\\":1}\"}}]}"),
                finish("tool_calls"),
                finish("tool_calls"),
                "[DONE]");

        assertThat(chunks(events)).hasSize(3);
        assertThat(chunks(events).get(2))
                .contains("\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}");
    }

    @Test
    void writesArgumentsThatAreAnObjectAsTheTextTheyShouldBe() {
        var piece = delta("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"f\",\"arguments\":{\"x\":1.0}}}]}");

        var chunks = chunks(stream(piece, finish("stop"), "[DONE]"));

        assertThat(chunks.get(0)).contains("\"arguments\":\"{\\\"x\\\":1.0}\"");
        assertThat(chunks.get(1)).contains("\"delta\":{}").contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void dropsTheMessageThatGrowsBesideTheDelta() {
        var piece = "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"ab\"},"
                + "\"delta\":{\"content\":\"b\"},\"finish_reason\":null}]}";

        assertThat(chunks(stream(piece, finish("stop"))))
                .first()
                .asString()
                .doesNotContain("message")
                .contains("\"b\"");
    }

    @Test
    void readsAWholeAnswerInThePlaceOfAStream() {
        var events = stream("{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"all\"},\"finish_reason\":\"stop\"}]}");

        assertThat(chunks(events))
                .singleElement()
                .asString()
                .contains("\"delta\":{\"role\":\"assistant\",\"content\":\"all\"}");
        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
    }

    @Test
    void givesEveryChoiceADeltaAndAnIndex() {
        var piece = "{\"choices\":[{\"content_filter_offsets\":{},\"finish_reason\":null}]}";

        assertThat(chunks(stream(piece, finish("stop"))))
                .first()
                .isEqualTo("{\"choices\":[{\"content_filter_offsets\":{},\"finish_reason\":null,\"index\":0,"
                        + "\"delta\":{}}]}");
    }

    @Test
    void passesOnChunksThatHaveNoChoices() {
        var filter = "{\"id\":\"\",\"choices\":[],\"prompt_filter_results\":[]}";

        assertThat(chunks(stream(filter, finish("stop"), "[DONE]"))).first().isEqualTo(filter);
    }

    @Test
    void showsHiddenThoughtsUnderTheCanonicalNameToo() {
        var thought = delta("{\"content\":null,\"reasoning_content\":\"h\\u00e9m\"}");
        var spoken = delta("{\"content\":\"a\",\"reasoning_content\":null}");

        var chunks = chunks(stream(thought, spoken, finish("stop"), "[DONE]"));

        assertThat(chunks.get(0)).contains("\"reasoning_content\":\"h\\u00e9m\",\"reasoning\":\"h\\u00e9m\"");
        assertThat(chunks.get(1)).isEqualTo(spoken);
    }

    private static List<String> finishReasons(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .flatMap(event -> ((ChatChunk) event).finishReason().stream())
                .toList();
    }
}
