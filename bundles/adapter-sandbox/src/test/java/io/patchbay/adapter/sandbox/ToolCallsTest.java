package io.patchbay.adapter.sandbox;

import static io.patchbay.adapter.sandbox.SandboxFixture.ask;
import static io.patchbay.adapter.sandbox.SandboxFixture.content;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.chat.ChatCompletion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolCallsTest {
    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\","
                    + "\"required\":[\"city\",\"days\"],\"properties\":{\"city\":{\"type\":\"string\"},"
                    + "\"days\":{\"type\":\"integer\",\"minimum\":2}}}}},"
                    + "{\"type\":\"function\",\"function\":{\"name\":\"time\"}},"
                    + "{\"type\":\"function\",\"function\":{\"name\":\"news\"}}]";

    private final SandboxFixture fixture = new SandboxFixture();

    @Test
    void callsTheFirstTool() {
        var completion = fixture.whole("sandbox/echo", ask("weather?", TOOLS));

        var message = completion.choices().get(0).object("message").orElseThrow();
        assertThat(message.toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":["
                        + "{\"id\":\"call_1_0\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"arguments\":\"{\\\"city\\\":\\\"city\\\",\\\"days\\\":2}\"}}]}");
        assertThat(completion.finishReason()).contains("tool_calls");
    }

    @Test
    void callsTheToolItIsToldTo() {
        var choice = "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"news\"}}";
        assertThat(called(fixture.whole("sandbox/echo", ask("weather?", TOOLS, choice))))
                .containsExactly("news");
    }

    @Test
    void refusesToCallAToolThatIsNotOffered() {
        var choice = "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"none\"}}";
        assertThat(fixture.failure("sandbox/echo", ask("weather?", TOOLS, choice))
                        .field())
                .contains("tool_choice");
    }

    @Test
    void callsATool() {
        assertThat(called(fixture.whole("sandbox/echo", ask("?", TOOLS, "\"tool_choice\":\"required\""))))
                .hasSize(1);
    }

    @Test
    void callsTwoToolsInParallelWhenToldTo() {
        assertThat(called(fixture.whole("sandbox/echo", ask("Both in Parallel", TOOLS))))
                .containsExactly("weather", "time");
        assertThat(called(fixture.whole("sandbox/echo", ask("in parallel", TOOLS, "\"parallel_tool_calls\":false"))))
                .hasSize(1);
    }

    @Test
    void talksWhenToolsAreForbidden() {
        var completion = fixture.whole("sandbox/parrot", ask("hi", TOOLS, "\"tool_choice\":\"none\""));
        assertThat(content(completion)).isEqualTo("hi");
        assertThat(completion.finishReason()).contains("stop");
    }

    @Test
    void quotesWhatTheToolReturned() {
        var request =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"weather?\"},{\"role\":\"assistant\",\"content\":null,"
                        + "\"tool_calls\":[{\"id\":\"call_1_0\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"call_1_0\",\"content\":\"21 °C\"}],"
                        + TOOLS + '}';

        assertThat(content(fixture.whole("sandbox/echo", request))).isEqualTo("The tool returned: 21 °C");
    }

    private static List<String> called(ChatCompletion completion) {
        return completion.choices().get(0).object("message").orElseThrow().objects("tool_calls").stream()
                .map(call ->
                        call.object("function").orElseThrow().string("name").orElseThrow())
                .toList();
    }
}
