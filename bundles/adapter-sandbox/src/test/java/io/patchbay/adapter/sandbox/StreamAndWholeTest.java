package io.patchbay.adapter.sandbox;

import static io.patchbay.adapter.sandbox.SandboxFixture.ask;
import static io.patchbay.adapter.sandbox.SandboxFixture.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream, put together as clients do it, is the whole answer. */
class StreamAndWholeTest {
    private static final String TOOLS = "\"tools\":["
            + function(
                    "weather",
                    "{\"type\":\"object\",\"required\":[\"city\"],"
                            + "\"properties\":{\"city\":{\"type\":\"string\"}}}")
            + ',' + function("time", "{}") + ']';

    static Stream<String> requests() {
        return Stream.of(
                ask("What is Patchbay?"),
                ask(""),
                ask("👩‍👩‍👧 é日本語 \r\n  end  "),
                ask("one two three", "\"max_tokens\":2"),
                ask("one two three", "\"max_tokens\":0"),
                ask("one two three", "\"stop\":[\"three\"]"),
                ask("one two three", "\"n\":3"),
                ask("json", "\"response_format\":{\"type\":\"json_object\"}"),
                ask(
                        "schema",
                        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"array\","
                                + "\"minItems\":3,\"items\":{\"type\":\"string\",\"format\":\"email\"}}}}"),
                ask("weather", TOOLS),
                ask("in parallel", TOOLS),
                ask("in parallel", TOOLS, "\"n\":2"),
                ask("in parallel", TOOLS, "\"max_tokens\":3"),
                ask("weather", TOOLS, "\"tool_choice\":\"none\""),
                ask("weather", TOOLS, "\"tool_choice\":\"required\",\"seed\":1,\"temperature\":0.5"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void sayTheSame(String request) {
        for (var model : List.of("sandbox/echo", "sandbox/parrot", "sandbox/long")) {
            var fixture = new SandboxFixture();
            var whole = fixture.whole(model, request);
            var events = fixture.events(model, streamed(request));
            var chunks = SandboxFixture.chunks(events);

            assertThat(events.get(events.size() - 1)).isEqualTo(ChatEvent.End.INSTANCE);
            for (int i = 0; i < whole.choices().size(); i++) {
                assertThat(joined(chunks, i))
                        .isEqualTo(comparable(whole.choices().get(i)));
            }
            var last = chunks.get(chunks.size() - 1);
            assertThat(last.choices()).isEmpty();
            assertThat(last.usage().orElseThrow().json())
                    .hasToString(whole.usage().orElseThrow().json().toString());
        }
    }

    private static JsonObject comparable(JsonView choice) {
        var message = choice.toTree().getAsJsonObject("message");
        var comparable = new JsonObject();
        comparable.add("content", message.get("content"));
        comparable.add("tool_calls", message.has("tool_calls") ? message.get("tool_calls") : new JsonArray());
        comparable.addProperty("finish_reason", choice.string("finish_reason").orElseThrow());
        return comparable;
    }

    private static JsonObject joined(List<ChatChunk> chunks, int index) {
        JsonElement content = JsonNull.INSTANCE;
        var calls = new JsonArray();
        var joined = new JsonObject();
        for (var chunk : chunks) {
            for (var choice : chunk.choices()) {
                if (choice.integer("index").orElseThrow() != index) {
                    continue;
                }
                var delta = choice.toTree().getAsJsonObject("delta");
                if (delta.has("content") && !delta.get("content").isJsonNull()) {
                    var before = content.isJsonNull() ? "" : content.getAsString();
                    content = new JsonPrimitive(before + delta.get("content").getAsString());
                }
                if (delta.has("tool_calls")) {
                    add(calls, delta.getAsJsonArray("tool_calls").get(0).getAsJsonObject());
                }
                choice.string("finish_reason").ifPresent(reason -> joined.addProperty("finish_reason", reason));
            }
        }
        var ordered = new JsonObject();
        ordered.add("content", content);
        ordered.add("tool_calls", calls);
        ordered.add("finish_reason", joined.get("finish_reason"));
        return ordered;
    }

    private static void add(JsonArray calls, JsonObject delta) {
        int index = delta.remove("index").getAsInt();
        if (delta.has("id")) {
            assertThat(calls).hasSize(index);
            calls.add(delta);
            return;
        }
        var function = calls.get(index).getAsJsonObject().getAsJsonObject("function");
        var more = delta.getAsJsonObject("function").get("arguments").getAsString();
        function.addProperty("arguments", function.get("arguments").getAsString() + more);
    }

    private static String function(String name, String parameters) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"parameters\":" + parameters + "}}";
    }
}
