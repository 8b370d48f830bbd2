package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeUpstream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.openai.api.ResponseFormat;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.util.MimeTypeUtils;

/** Spring AI's OpenAI and Anthropic clients, with nothing changed but the base URL, the key and the model's name. */
class SpringAiClientIT {
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static final FakeUpstream.Script THOUGHTFUL = FakeAnswers.json(200, """
            {"id":"1","object":"chat.completion","created":1700000000,"model":"seer","choices":[{"index":0,
             "message":{"role":"assistant","content":"Small.","reasoning_content":"A dot is small."},
             "finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}""");

    private static FakeUpstream upstream;
    private static Distribution gateway;

    @BeforeAll
    static void start() {
        upstream = FakeUpstream.start();
        gateway = Distribution.withHome("spring-ai")
                .configured(
                        "io.patchbay.provider~lab.cfg",
                        "base-url = " + upstream.baseUrl()
                                + "\ncredential-required = false\nmodels = lab/seer=seer\nunknown-price = free\n")
                .start()
                .checked();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    private record City(String city) {}

    private record Zone(String zone) {}

    record Person(String name, int age) {}

    @Test
    void chats() {
        var response = model().call(prompt("sandbox/parrot", "Good morning, Grüße 😀"));

        assertThat(text(response)).isEqualTo("Good morning, Grüße 😀");
        assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
        assertThat(response.getMetadata().getUsage().getTotalTokens()).isPositive();
        assertThat(response.getMetadata().getModel()).isEqualTo("sandbox/parrot");
        assertThat(response.getMetadata().getId()).startsWith("gen-");
    }

    @Test
    void streams() {
        var options = options("sandbox/parrot").streamUsage(true).build();

        var pieces = pieces(model(), new Prompt("one two three", options));

        assertThat(pieces.stream().map(SpringAiClientIT::text).filter(piece -> !piece.isEmpty()))
                .hasSizeGreaterThan(1);
        assertThat(joined(pieces)).isEqualTo("one two three");
        assertThat(pieces.get(pieces.size() - 1).getMetadata().getUsage().getTotalTokens())
                .isPositive();
    }

    @Test
    void callsToolsInParallelAndSendsWhatTheySay() {
        var called = new ConcurrentSkipListSet<String>();
        var options = options("sandbox/parrot").toolCallbacks(tools(called)).build();

        var response = model().call(new Prompt("Weather and time, in parallel.", options));

        assertThat(called).containsExactly("time in UTC", "weather in Paris");
        assertThat(text(response)).contains("time in UTC");
    }

    @Test
    void callsToolsInAStream() {
        var called = new ConcurrentSkipListSet<String>();
        var options = options("sandbox/parrot").toolCallbacks(tools(called)).build();

        var pieces = pieces(model(), new Prompt("Weather and time, in parallel.", options));

        assertThat(called).containsExactly("time in UTC", "weather in Paris");
        assertThat(joined(pieces)).contains("time in UTC");
    }

    @Test
    void answersInAGivenSchema() {
        var converter = new BeanOutputConverter<>(Person.class);
        var format = ResponseFormat.builder()
                .type(ResponseFormat.Type.JSON_SCHEMA)
                .jsonSchema(converter.getJsonSchema())
                .build();
        var options = options("sandbox/echo").responseFormat(format).build();

        var response = model().call(new Prompt("Invent a person.", options));

        var person = converter.convert(text(response));
        assertThat(person).isNotNull();
        assertThat(person.name()).isNotNull();
    }

    @Test
    void showsPictures() {
        upstream.answerNext(FakeAnswers.chat("A dot."));
        var picture = new Media(
                MimeTypeUtils.IMAGE_PNG,
                new ByteArrayResource(Base64.getDecoder().decode(PICTURE)));
        var question = UserMessage.builder().text("What is it?").media(picture).build();

        var response = model().call(new Prompt(question, options("lab/seer").build()));

        assertThat(text(response)).isEqualTo("A dot.");
        assertThat(upstream.lastRequest().bodyText()).contains(PICTURE);
    }

    /** As Anthropic's client; as OpenAI's it looks for {@code reasoning_content} alone, which neither of the two APIs has. */
    @Test
    void hearsThoughts() {
        upstream.answerNext(THOUGHTFUL);
        var options = AnthropicChatOptions.builder()
                .model("lab/seer")
                .maxTokens(2_000)
                .thinking(AnthropicApi.ThinkingType.ENABLED, 1_024)
                .build();

        var response = anthropic().call(new Prompt("How big?", options));

        assertThat(response.getResults())
                .extracting(result -> result.getOutput().getText())
                .containsExactly("A dot is small.", "Small.");
    }

    @Test
    void givesEmbeddings() {
        var options = OpenAiEmbeddingOptions.builder()
                .model("sandbox/embed")
                .dimensions(16)
                .build();
        var model = new OpenAiEmbeddingModel(api(gateway.key()), MetadataMode.EMBED, options, once());

        var response = model.call(new EmbeddingRequest(List.of("Good morning", "good morning!"), options));

        assertThat(response.getResults()).hasSize(2);
        assertThat(response.getResults().get(0).getOutput())
                .hasSize(16)
                .isEqualTo(response.getResults().get(1).getOutput());
        assertThat(response.getMetadata().getUsage().getPromptTokens()).isEqualTo(4);
    }

    @Test
    void errorsAreTheClassesThatTheClientKnows() {
        assertThatThrownBy(() -> model("sk-pb-v1-forged", once()).call(prompt("sandbox/parrot", "hi")))
                .isInstanceOf(NonTransientAiException.class)
                .hasMessageContaining("401");
        assertThatThrownBy(() -> model().call(prompt("sandbox/unheard-of", "hi")))
                .isInstanceOf(NonTransientAiException.class)
                .hasMessageContaining("404")
                .hasMessageContaining("sandbox/unheard-of");
        // To Spring AI whatever begins with a 4 is final.
        assertThatThrownBy(() -> model().call(prompt("sandbox/rate-limited", "hi")))
                .isInstanceOf(NonTransientAiException.class)
                .hasMessageContaining("429");
        assertThatThrownBy(() -> model().call(prompt("sandbox/failing", "hi")))
                .isInstanceOf(TransientAiException.class);
    }

    @Test
    void triesAgainWhatMayHeal() {
        var patient = model(gateway.key(), attempts(3));

        for (int i = 0; i < 2; i++) {
            assertThat(text(patient.call(prompt("sandbox/flaky", "Hello")))).contains("Hello");
        }
    }

    @Test
    void talksAsToAnthropic() {
        var called = new ConcurrentSkipListSet<String>();
        var options = AnthropicChatOptions.builder().model("sandbox/parrot").maxTokens(1_000);
        var model = anthropic();

        assertThat(text(model.call(new Prompt("Hello", options.build())))).isEqualTo("Hello");
        var stream = model.stream(new Prompt("one two three", options.build()))
                .collectList()
                .block(Duration.ofSeconds(60));
        assertThat(stream).isNotNull();
        assertThat(joined(stream)).isEqualTo("one two three");
        var answered = model.call(new Prompt(
                "Weather and time, in parallel.",
                options.toolCallbacks(tools(called)).build()));
        assertThat(called).containsExactly("time in UTC", "weather in Paris");
        assertThat(text(answered)).contains("time in UTC");
        assertThatThrownBy(() -> model.call(
                        new Prompt("Hi", options.model("sandbox/unheard-of").build())))
                .isInstanceOf(NonTransientAiException.class)
                .hasMessageContaining("404");
    }

    private static List<ToolCallback> tools(Set<String> called) {
        return List.of(
                FunctionToolCallback.builder("weather", (City asked) -> note(called, "weather in Paris"))
                        .description("The weather of a city")
                        .inputType(City.class)
                        .build(),
                FunctionToolCallback.builder("time", (Zone asked) -> note(called, "time in UTC"))
                        .description("The time of a zone")
                        .inputType(Zone.class)
                        .build());
    }

    private static String note(Set<String> called, String what) {
        called.add(what);
        return what;
    }

    private static List<ChatResponse> pieces(OpenAiChatModel model, Prompt prompt) {
        var pieces = model.stream(prompt).collectList().block(Duration.ofSeconds(60));
        assertThat(pieces).isNotNull();
        return pieces;
    }

    private static String joined(List<ChatResponse> pieces) {
        return pieces.stream().map(SpringAiClientIT::text).collect(Collectors.joining());
    }

    private static String text(ChatResponse response) {
        var result = response.getResult();
        var text = result == null ? null : result.getOutput().getText();
        return text == null ? "" : text;
    }

    private static Prompt prompt(String model, String text) {
        return new Prompt(text, options(model).build());
    }

    private static OpenAiChatOptions.Builder options(String model) {
        return OpenAiChatOptions.builder().model(model);
    }

    private static OpenAiChatModel model() {
        return model(gateway.key(), once());
    }

    private static OpenAiChatModel model(String key, RetryTemplate retries) {
        return OpenAiChatModel.builder()
                .openAiApi(api(key))
                .retryTemplate(retries)
                .build();
    }

    private static AnthropicChatModel anthropic() {
        var api = AnthropicApi.builder().baseUrl(root()).apiKey(gateway.key()).build();
        return AnthropicChatModel.builder()
                .anthropicApi(api)
                .retryTemplate(once())
                .build();
    }

    private static OpenAiApi api(String key) {
        return OpenAiApi.builder().baseUrl(root()).apiKey(key).build();
    }

    /** Spring AI adds the version itself. */
    private static String root() {
        return gateway.url().resolve("/api").toString();
    }

    private static RetryTemplate once() {
        return attempts(1);
    }

    private static RetryTemplate attempts(int count) {
        return RetryTemplate.builder()
                .maxAttempts(count)
                .retryOn(TransientAiException.class)
                .fixedBackoff(10)
                .build();
    }
}
