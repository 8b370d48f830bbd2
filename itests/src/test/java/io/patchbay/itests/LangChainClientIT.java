package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's OpenAI client, with nothing changed but the base URL, the key and the model's name. */
class LangChainClientIT {
    private static Distribution gateway;

    @BeforeAll
    static void start() {
        gateway = Distribution.withHome("langchain4j").start().checked();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void chats() {
        assertThat(model("sandbox/parrot", gateway.key()).chat("Good morning")).isEqualTo("Good morning");
    }

    @Test
    void streams() throws Exception {
        var model = OpenAiStreamingChatModel.builder()
                .baseUrl(gateway.url().toString())
                .apiKey(gateway.key())
                .modelName("sandbox/parrot")
                .build();
        var pieces = new ConcurrentLinkedQueue<String>();
        var whole = new CompletableFuture<ChatResponse>();

        model.chat("one two three", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String partial) {
                pieces.add(partial);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });

        var response = whole.get(20, TimeUnit.SECONDS);
        assertThat(String.join("", pieces)).isEqualTo("one two three");
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().totalTokenCount()).isPositive();
    }

    @Test
    void callsTools() {
        var tool = ToolSpecification.builder()
                .name("get_weather")
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("city")
                        .required("city")
                        .build())
                .build();

        var response = model("sandbox/echo", gateway.key())
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("How is the weather in Paris?"))
                        .toolSpecifications(tool)
                        .build());

        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(response.aiMessage().toolExecutionRequests().get(0).name()).isEqualTo("get_weather");
        assertThat(response.aiMessage().toolExecutionRequests().get(0).arguments())
                .contains("\"city\"");
    }

    @Test
    void answersInAGivenSchema() {
        var format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("person")
                        .rootElement(JsonObjectSchema.builder()
                                .addStringProperty("name")
                                .addIntegerProperty("age")
                                .required("name", "age")
                                .build())
                        .build())
                .build();

        var response = model("sandbox/echo", gateway.key())
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("Invent a person."))
                        .responseFormat(format)
                        .build());

        assertThat(response.aiMessage().text()).contains("\"name\"").contains("\"age\"");
    }

    @Test
    void errorsAreTheClassesThatTheClientKnows() {
        assertThatThrownBy(() -> model("sandbox/unheard-of", gateway.key()).chat("hi"))
                .isInstanceOf(ModelNotFoundException.class);
        assertThatThrownBy(() -> model("sandbox/rate-limited", gateway.key()).chat("hi"))
                .isInstanceOf(RateLimitException.class);
        assertThatThrownBy(() -> model("sandbox/echo", "sk-pb-v1-forged").chat("hi"))
                .isInstanceOf(AuthenticationException.class);
    }

    private static OpenAiChatModel model(String name, String key) {
        return OpenAiChatModel.builder()
                .baseUrl(gateway.url().toString())
                .apiKey(key)
                .modelName(name)
                .maxRetries(0)
                .build();
    }
}
