package io.patchbay.dialect.anthropic;

import static io.patchbay.testkit.Quoted.json;
import static io.patchbay.testkit.Quoted.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Canonical answers become Anthropic's. */
class MessagesWriterTest {
    private static final GenerationHead HEAD = new GenerationHead(
            "gen-1", Instant.EPOCH, "a/b", "Acme", new GenerationHead.Way("acme", 1, Duration.ofMillis(7)));

    private final MessagesWriter writer = new MessagesWriter("req-1");
    private final StringBuilder streamed = new StringBuilder();

    @Test
    void writesAWholeMessageWithItsBlocks() {
        var message = whole("{'choices':[{'finish_reason':'tool_calls','message':{'role':'assistant','content':'Look:',"
                + "'reasoning':'Hm.','reasoning_details':[{'type':'reasoning.text','text':'Hm.','signature':'sig',"
                + "'format':'anthropic-claude-v1'},{'type':'reasoning.encrypted','data':'secret'}],"
                + "'tool_calls':[{'id':'t1','function':{'name':'f','arguments':'{}'}}]}}]}");

        assertThat(message.get("content"))
                .isEqualTo(json("[{'type':'thinking','thinking':'Hm.','signature':'sig'},"
                        + "{'type':'redacted_thinking','data':'secret'},{'type':'text','text':'Look:','citations':null},"
                        + "{'type':'tool_use','id':'t1','name':'f','input':{},'caller':{'type':'direct'}}]"));
        assertThat(message.get("stop_reason").getAsString()).isEqualTo("tool_use");
        assertThat(message.get("id").getAsString()).isEqualTo("gen-1");
    }

    @Test
    void whatTheCacheHeldIsBesideTheInput() {
        var usage = whole("{'choices':[{'finish_reason':'stop','message':{'content':'Hi'}}]}")
                .getAsJsonObject("usage");

        assertThat(usage.get("input_tokens").getAsInt()).isEqualTo(3);
        assertThat(usage.get("cache_read_input_tokens").getAsInt()).isEqualTo(5);
        assertThat(usage.get("cache_creation_input_tokens").getAsInt()).isEqualTo(2);
        assertThat(usage.get("output_tokens").getAsInt()).isEqualTo(4);
    }

    @Test
    void whatNobodySaysIsNullForStrictClients() {
        var message = whole("{'choices':[{'finish_reason':'stop','message':{'content':'Hi'}}]}");
        chunks("{'tool_calls':[{'index':0,'id':'t1','function':{'name':'f','arguments':'{}'}}]}");
        end();

        var unsaid = List.of("stop_sequence", "stop_details", "container");
        var start = events().get(0).getAsJsonObject("message");
        var delta = events().get(events().size() - 2).getAsJsonObject("delta");
        for (var end : List.of(message, start, delta)) {
            assertThat(unsaid).allSatisfy(field -> assertThat(end.get(field)).isEqualTo(JsonNull.INSTANCE));
        }
        for (var usage : List.of(message.getAsJsonObject("usage"), start.getAsJsonObject("usage"))) {
            assertThat(usage.get("inference_geo")).isEqualTo(JsonNull.INSTANCE);
            assertThat(usage.get("output_tokens_details")).isEqualTo(json("{'thinking_tokens':0}"));
        }
        assertThat(events().get(2).get("content_block"))
                .isEqualTo(json("{'type':'tool_use','id':'t1','name':'f','input':{},'caller':{'type':'direct'}}"));
    }

    @Test
    void streamsBlocksOneAfterTheOther() {
        chunks("{'reasoning':'Hm','reasoning_details':[{'type':'reasoning.text','text':'Hm','index':0}]}");
        chunks("{'reasoning_details':[{'type':'reasoning.text','signature':'sig','index':0,"
                + "'format':'anthropic-claude-v1'}]}");
        chunks("{'content':'Hi'}", "{'content':' there'}");
        chunks("{'tool_calls':[{'index':0,'id':'t1','function':{'name':'f','arguments':''}}]}");
        chunks("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}");
        end();

        assertThat(types())
                .containsExactly(
                        "message_start",
                        "ping",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(deltas())
                .containsExactly(
                        json("{'type':'thinking_delta','thinking':'Hm'}"),
                        json("{'type':'signature_delta','signature':'sig'}"),
                        json("{'type':'text_delta','text':'Hi'}"),
                        json("{'type':'text_delta','text':' there'}"),
                        json("{'type':'input_json_delta','partial_json':'{}'}"));
        assertThat(events().stream()
                        .filter(event -> event.has("index"))
                        .map(event -> event.get("index").getAsInt()))
                .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2);
    }

    @Test
    void callsThatAreWrittenAtTheSameTimeKeepTheirBlocks() {
        chunks("{'tool_calls':[{'index':0,'id':'t1','function':{'name':'f','arguments':'{'}}]}");
        chunks("{'tool_calls':[{'index':1,'id':'t2','function':{'name':'g','arguments':'{}'}}]}");
        chunks("{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}");

        assertThat(events().stream()
                        .filter(event -> event.has("delta"))
                        .map(event -> event.get("index").getAsInt() + ":"
                                + event.getAsJsonObject("delta")
                                        .get("partial_json")
                                        .getAsString()))
                .containsExactly("0:{", "1:{}", "0:}");
    }

    @Test
    void thoughtsOfOtherModelsComeBackAsTheyWere() {
        var message = whole("{'choices':[{'message':{'content':'','reasoning_details':["
                + "{'type':'reasoning.encrypted','data':'xyz','format':'openai-responses-v1','id':'rs_1'}]}}]}");
        var block = message.getAsJsonArray("content").get(0).getAsJsonObject();
        assertThat(block.get("type").getAsString()).isEqualTo("redacted_thinking");

        assertThat(Thoughts.detail(block, 0))
                .contains(json("{'type':'reasoning.encrypted','format':'openai-responses-v1','data':'xyz','id':'rs_1',"
                                + "'index':0}")
                        .getAsJsonObject());
    }

    @Test
    void argumentsThatAreNoObjectAreShownAllTheSame() {
        var message = whole("{'choices':[{'message':{'tool_calls':[{'id':'t','function':"
                + "{'name':'f','arguments':'{broken'}}]}}]}");

        assertThat(message.getAsJsonArray("content").get(0).getAsJsonObject().get("input"))
                .isEqualTo(json("{'arguments':'{broken'}"));
    }

    @Test
    void aBrokenStreamEndsWithAnError() {
        chunks("{'content':'Hi'}");
        take(writer.broken(Failure.of(FailureKind.OVERLOADED, "Too busy."), record()));

        assertThat(events().get(events().size() - 1))
                .isEqualTo(json("{'type':'error','error':{'type':'overloaded_error','message':'Too busy.'},"
                        + "'request_id':'req-1'}"));
    }

    private JsonObject whole(String completion) {
        var bytes = writer.whole(ChatCompletion.of(JsonView.parse(text(completion))), record());
        return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
    }

    private static GenerationRecord record() {
        return GenerationRecord.builder("gen-1", Instant.EPOCH)
                .usage(Usage.of(JsonView.parse(text("{'prompt_tokens':10,'completion_tokens':4,'total_tokens':14,"
                        + "'prompt_tokens_details':{'cached_tokens':5,'cache_write_tokens':2}}"))))
                .build();
    }

    private void chunks(String... deltas) {
        take(writer.chunks(
                HEAD,
                Stream.of(deltas)
                        .map(delta ->
                                ChatChunk.of(JsonView.parse(text("{'choices':[{'index':0,'delta':" + delta + "}]}"))))
                        .toList()));
    }

    private void end() {
        take(writer.end(record()));
    }

    private void take(ByteBuffer events) {
        streamed.append(StandardCharsets.UTF_8.decode(events));
    }

    private List<JsonObject> events() {
        var events = new ArrayList<JsonObject>();
        var data = Pattern.compile("^data: (.*)$", Pattern.MULTILINE).matcher(streamed);
        while (data.find()) {
            events.add(JsonParser.parseString(data.group(1)).getAsJsonObject());
        }
        return events;
    }

    private List<String> types() {
        return events().stream().map(event -> event.get("type").getAsString()).toList();
    }

    private List<JsonElement> deltas() {
        return events().stream()
                .filter(event -> event.get("type").getAsString().equals("content_block_delta"))
                .map(event -> event.get("delta"))
                .toList();
    }
}
