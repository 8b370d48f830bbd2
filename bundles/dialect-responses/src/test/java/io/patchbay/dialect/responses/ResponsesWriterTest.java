package io.patchbay.dialect.responses;

import static io.patchbay.testkit.Quoted.json;
import static io.patchbay.testkit.Quoted.text;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Canonical answers become responses. */
class ResponsesWriterTest {
    private static final GenerationHead HEAD = new GenerationHead(
            "gen-1-x", Instant.EPOCH, "a/b", "Acme", new GenerationHead.Way("acme", 1, Duration.ofMillis(7)));
    private static final GenerationRecord RECORD =
            GenerationRecord.builder("gen-1-x", Instant.EPOCH).build();

    private final StringBuilder streamed = new StringBuilder();

    @Test
    void writesAWholeResponseWithItsItems() {
        var response = whole(
                "{'tools':[{'type':'custom','name':'shell'}]}",
                "{'choices':[{'finish_reason':'tool_calls','message':{'content':'Look:','reasoning_details':["
                        + "{'type':'reasoning.summary','summary':'Hm.','index':0,'format':'openai-responses-v1'},"
                        + "{'type':'reasoning.encrypted','data':'xyz','index':0,'format':'openai-responses-v1'}],"
                        + "'annotations':[{'type':'url_citation','url_citation':{'url':'https://a','title':'A'}}],"
                        + "'tool_calls':[{'id':'c1','function':{'name':'f','arguments':'{}'}},"
                        + "{'id':'c2','function':{'name':'shell','arguments':'{\\'input\\':\\'ls\\'}'}}]}}]}");

        assertThat(response.get("status").getAsString()).isEqualTo("completed");
        assertThat(response.get("output_text").getAsString()).isEqualTo("Look:");
        assertThat(response.get("output"))
                .isEqualTo(json("[{'id':'rs_x_0','type':'reasoning','status':'completed','summary':["
                        + "{'type':'summary_text','text':'Hm.'}],'encrypted_content':'xyz','format':'openai-responses-v1'},"
                        + "{'id':'msg_x_1','type':'message','status':'completed','role':'assistant','content':["
                        + "{'type':'output_text','text':'Look:','annotations':[{'url':'https://a','title':'A',"
                        + "'type':'url_citation'}],'logprobs':[]}]},"
                        + "{'id':'fc_x_2','type':'function_call','status':'completed','call_id':'c1','name':'f',"
                        + "'arguments':'{}'},"
                        + "{'id':'ctc_x_3','type':'custom_tool_call','status':'completed','call_id':'c2','name':'shell',"
                        + "'input':'ls'}]"));
    }

    @Test
    void costsHaveTheNamesThatOpenRouterGivesThemInResponses() {
        var usage = Usage.of(JsonView.parse("{\"prompt_tokens\":5,\"completion_tokens\":7}"));
        var record =
                GenerationRecord.builder("gen-1-x", Instant.EPOCH).usage(usage).build();

        var response = new JsonObject();
        ResponseObject.addUsage(record, response);

        var details = response.getAsJsonObject("usage").getAsJsonObject("cost_details");
        assertThat(details.keySet())
                .containsExactlyInAnyOrder(
                        "upstream_inference_cost",
                        "upstream_inference_input_cost",
                        "upstream_inference_output_cost",
                        "margin");
    }

    @Test
    void whatWasReadOfAFileIsNoCitation() {
        var response = whole(
                "{}",
                "{'choices':[{'finish_reason':'stop','message':{'content':'12 Euro','annotations':["
                        + "{'type':'file','file':{'hash':'f4','name':'may.pdf','content':[]}}]}}]}");

        assertThat(response.get("output").toString()).contains("12 Euro", "\"annotations\":[]");
    }

    @Test
    void repeatsWhatWasAskedFor() {
        var response = whole(
                "{'instructions':'Be brief.','temperature':0.5,'text':{'format':{'type':'json_object'}},"
                        + "'reasoning':{'effort':'low'}}",
                "{'choices':[{'finish_reason':'length','message':{'content':'Hi'}}]}");

        assertThat(response.get("instructions").getAsString()).isEqualTo("Be brief.");
        assertThat(response.get("temperature").getAsDouble()).isEqualTo(0.5);
        assertThat(response.get("text")).isEqualTo(json("{'format':{'type':'json_object'}}"));
        assertThat(response.get("reasoning")).isEqualTo(json("{'effort':'low','summary':null}"));
        assertThat(response.get("status").getAsString()).isEqualTo("incomplete");
        assertThat(response.get("incomplete_details")).isEqualTo(json("{'reason':'max_output_tokens'}"));
        assertThat(response.get("completed_at").isJsonNull()).isTrue();
    }

    @Test
    void tellsOfEachItemFromItsBeginningToItsEnd() {
        var writer = new ResponsesWriter(new JsonObject(), List.of("a/b"));
        chunk(writer, "{'reasoning_details':[{'type':'reasoning.text','text':'Hm','index':0}]}");
        chunk(writer, "{'content':'Hi'}");
        chunk(writer, "{'tool_calls':[{'index':0,'id':'c1','function':{'name':'f','arguments':'{}'}}]}");
        take(writer.end(RECORD));

        assertThat(types())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events().stream().map(event -> event.get("sequence_number").getAsInt()))
                .containsExactlyElementsOf(
                        IntStream.range(0, events().size()).boxed().toList());
        assertThat(events().stream()
                        .filter(event -> event.has("output_index"))
                        .map(event -> event.get("output_index").getAsInt())
                        .distinct())
                .containsExactly(0, 1, 2);
    }

    @Test
    void aBrokenStreamIsAFailedResponse() {
        var writer = new ResponsesWriter(new JsonObject(), List.of("a/b"));
        chunk(writer, "{'content':'Hi'}");
        take(writer.broken(Failure.of(FailureKind.CUT_OFF, "It broke off."), RECORD));

        var last = events().get(events().size() - 1);
        assertThat(last.get("type").getAsString()).isEqualTo("response.failed");
        var response = last.getAsJsonObject("response");
        assertThat(response.get("status").getAsString()).isEqualTo("failed");
        assertThat(response.get("error")).isEqualTo(json("{'code':'server_error','message':'It broke off.'}"));
        assertThat(response.getAsJsonArray("output")).hasSize(1);
        // Nobody knows it, and clients do not take null.
        assertThat(response.has("usage")).isFalse();
    }

    private static JsonObject whole(String asked, String completion) {
        var writer = new ResponsesWriter(json(asked).getAsJsonObject(), List.of("a/b"));
        var bytes = writer.whole(ChatCompletion.of(JsonView.parse(text(completion))), RECORD);
        return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
    }

    private void chunk(ResponsesWriter writer, String delta) {
        var chunk = ChatChunk.of(JsonView.parse(text("{'choices':[{'index':0,'delta':" + delta + "}]}")));
        take(writer.chunks(HEAD, List.of(chunk)));
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
}
