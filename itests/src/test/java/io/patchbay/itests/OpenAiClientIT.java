package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client for Java, with nothing changed but the base URL, the key and the model's name. */
class OpenAiClientIT {
    private static Distribution gateway;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        gateway = Distribution.withHome("openai-java").start().checked();
        client = client(gateway.key());
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void chats() {
        var completion = client.chat()
                .completions()
                .create(asking("sandbox/parrot", "Good morning, Grüße 😀").build());

        assertThat(completion.choices().get(0).message().content()).contains("Good morning, Grüße 😀");
        assertThat(completion.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(completion.usage().orElseThrow().totalTokens()).isPositive();
        assertThat(completion.model()).isEqualTo("sandbox/parrot");
        assertThat(completion.id()).startsWith("gen-");
    }

    @Test
    void streams() {
        List<ChatCompletionChunk> chunks;
        try (var stream = client.chat()
                .completions()
                .createStreaming(asking("sandbox/parrot", "one two three four").build())) {
            chunks = stream.stream().toList();
        }

        var text = chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
        assertThat(text).isEqualTo("one two three four");
        assertThat(chunks.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .flatMap(choice -> choice.finishReason().stream()))
                .containsExactly(ChatCompletionChunk.Choice.FinishReason.STOP);
        assertThat(chunks.stream().flatMap(chunk -> chunk.usage().stream())).hasSize(1);
    }

    @Test
    void callsTools() {
        var weather = FunctionDefinition.builder()
                .name("get_weather")
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                                "properties",
                                JsonValue.from(
                                        Map.of("city", Map.of("type", "string"), "days", Map.of("type", "integer"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city", "days")))
                        .build())
                .build();
        var params = asking("sandbox/echo", "How is the weather in Paris?")
                .addTool(ChatCompletionFunctionTool.builder().function(weather).build());

        var choice =
                client.chat().completions().create(params.build()).choices().get(0);

        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        var function =
                choice.message().toolCalls().orElseThrow().get(0).asFunction().function();
        assertThat(function.name()).isEqualTo("get_weather");
        var arguments = JsonParser.parseString(function.arguments()).getAsJsonObject();
        assertThat(arguments.get("city").getAsJsonPrimitive().isString()).isTrue();
        assertThat(arguments.get("days").getAsJsonPrimitive().isNumber()).isTrue();
    }

    @Test
    void answersInAGivenSchema() {
        var schema = ResponseFormatJsonSchema.JsonSchema.builder()
                .name("person")
                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty(
                                "properties",
                                JsonValue.from(
                                        Map.of("name", Map.of("type", "string"), "age", Map.of("type", "integer"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("name", "age")))
                        .build())
                .build();
        var params = asking("sandbox/echo", "Invent a person.")
                .responseFormat(
                        ResponseFormatJsonSchema.builder().jsonSchema(schema).build());

        var content = client.chat()
                .completions()
                .create(params.build())
                .choices()
                .get(0)
                .message()
                .content();

        var person = JsonParser.parseString(content.orElseThrow()).getAsJsonObject();
        assertThat(person.get("name").isJsonPrimitive()).isTrue();
        assertThat(person.get("age").getAsInt()).isNotNegative();
    }

    @Test
    void errorsAreTheClassesThatTheClientKnows() {
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(asking("sandbox/unheard-of", "hi").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(asking("sandbox/rate-limited", "hi").build()))
                .isInstanceOf(RateLimitException.class);
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(asking("sandbox/echo", "hi").temperature(9.0).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
        var stranger = client("sk-pb-v1-forged");
        assertThatThrownBy(() -> stranger.chat()
                        .completions()
                        .create(asking("sandbox/echo", "hi").build()))
                .isInstanceOf(UnauthorizedException.class);
        stranger.close();
    }

    @Test
    void givesEmbeddings() {
        var asked = EmbeddingCreateParams.builder()
                .model("sandbox/embed")
                .inputOfArrayOfStrings(List.of("Good morning", "good morning!"))
                .dimensions(16);

        var numbers = client.embeddings().create(asked.build());
        var packed = client.embeddings()
                .create(asked.encodingFormat(EmbeddingCreateParams.EncodingFormat.BASE64)
                        .build());

        assertThat(numbers.data()).hasSize(2);
        assertThat(numbers.data().get(0).embedding()).hasSize(16);
        assertThat(numbers.data().get(1).embedding())
                .isEqualTo(numbers.data().get(0).embedding());
        assertThat(packed.data().get(0).embedding())
                .isEqualTo(numbers.data().get(0).embedding());
        assertThat(numbers.usage().promptTokens()).isEqualTo(4);
        assertThat(numbers.model()).isEqualTo("sandbox/embed");
    }

    @Test
    void listsModels() {
        assertThat(client.models().list().data())
                .extracting(model -> model.id())
                .contains("sandbox/echo");
        assertThat(client.models().retrieve("sandbox/echo").id()).isEqualTo("sandbox/echo");
    }

    private static ChatCompletionCreateParams.Builder asking(String model, String prompt) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(prompt);
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url().toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }
}
