package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Anthropic's own client for Java, with nothing changed but the base URL, the key and the model's name. */
class AnthropicClientIT {
    private static Distribution gateway;
    private static AnthropicClient client;

    @BeforeAll
    static void start() {
        gateway = Distribution.withHome("anthropic-java").start().checked();
        client = client(gateway.key());
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void chats() {
        var message =
                client.messages().create(asking("sandbox/parrot", "Grüße 😀").build());

        assertThat(text(message)).isEqualTo("Grüße 😀");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().outputTokens()).isPositive();
    }

    @Test
    void streams() {
        var accumulator = MessageAccumulator.create();
        try (var stream = client.messages()
                .createStreaming(asking("sandbox/parrot", "one two three").build())) {
            stream.stream().forEach(accumulator::accumulate);
        }

        assertThat(text(accumulator.message())).isEqualTo("one two three");
        assertThat(accumulator.message().stopReason()).contains(StopReason.END_TURN);
    }

    @Test
    void callsTools() {
        var city = JsonValue.from(Map.of("type", "string", "enum", List.of("Paris")));
        var tool = Tool.builder()
                .name("weather")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("city", city)
                                .build())
                        .required(List.of("city"))
                        .build())
                .build();

        var message = client.messages()
                .create(asking("sandbox/parrot", "Weather?").addTool(tool).build());

        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        var call = message.content().get(0).asToolUse();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call._input()).isEqualTo(JsonValue.from(Map.of("city", "Paris")));
    }

    @Test
    void throwsItsOwnExceptions() {
        assertThatThrownBy(() -> client("sk-wrong")
                        .messages()
                        .create(asking("sandbox/parrot", "Hi").build()))
                .isInstanceOf(UnauthorizedException.class);
        assertThatThrownBy(() ->
                        client.messages().create(asking("nobody/knows", "Hi").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.messages()
                        .create(asking("sandbox/parrot", "Hi")
                                .putAdditionalBodyProperty("temperature", JsonValue.from(9))
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> client.messages()
                        .create(asking("sandbox/rate-limited", "Hi").build()))
                .isInstanceOf(RateLimitException.class);
    }

    private static AnthropicClient client(String key) {
        return AnthropicOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(gateway.url().resolve("/api").toString())
                .maxRetries(0)
                .build();
    }

    private static MessageCreateParams.Builder asking(String model, String text) {
        return MessageCreateParams.builder().model(model).maxTokens(1_000).addUserMessage(text);
    }

    private static String text(Message message) {
        return message.content().get(0).asText().text();
    }
}
