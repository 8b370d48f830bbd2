package io.patchbay.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.dialect.StreamedAnswer;
import io.patchbay.api.dialect.WholeAnswer;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.GenerationHead;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.http.ErrorAnswer;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.routing.Candidate;
import io.patchbay.api.routing.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
    private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);
    private static final Endpoint ENDPOINT = Endpoint.builder(
                    ModelId.parse("acme/talker"),
                    Provider.builder("acme", "openai")
                            .displayName("Acme \"AI\"")
                            .build())
            .build();
    private static final GenerationHead HEAD = new GenerationHead(
            "gen-1", CREATED, "acme/talker", "Acme \"AI\"", new GenerationHead.Way("acme", 2, Duration.ofMillis(7)));

    private final RecordingResponse response = new RecordingResponse();

    @Test
    void aWholeAnswerHasPatchbaysEnvelopeAndTheProvidersContent() {
        var upstream = "{\"id\":\"chatcmpl-9\",\"object\":\"x\",\"model\":\"talker-2024\",\"zzz\":{\"a\":[1]},"
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"zzz\":1},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1}}";

        new WholeAnswer(response, new AnswerWriter(List.of("acme/talker"), false))
                .completed(ChatCompletion.of(JsonView.parse(upstream)), record().build());

        var body = json(response.text());
        assertThat(response.status).isEqualTo(200);
        assertThat(response.headers.first("X-Generation-Id")).contains("gen-1");
        assertThat(response.headers.first("X-Patchbay-Provider")).contains("acme");
        assertThat(response.headers.first("X-Patchbay-Attempts")).contains("1");
        assertThat(response.headers.first("X-Patchbay-Prompt-Tokens")).contains("5");
        assertThat(response.headers.first("X-Patchbay-Completion-Tokens")).contains("2");
        assertThat(body.get("id").getAsString()).isEqualTo("gen-1");
        assertThat(body.get("object").getAsString()).isEqualTo("chat.completion");
        assertThat(body.get("created").getAsLong()).isEqualTo(1_700_000_000);
        assertThat(body.get("model").getAsString()).isEqualTo("acme/talker");
        assertThat(body.get("provider").getAsString()).isEqualTo("Acme \"AI\"");
        assertThat(body.get("system_fingerprint").isJsonNull()).isTrue();
        assertThat(body.get("zzz").toString()).isEqualTo("{\"a\":[1]}");
        assertThat(body.getAsJsonObject("usage").get("total_tokens").getAsLong())
                .isEqualTo(7);
        assertThat(body.toString()).doesNotContain("chatcmpl-9").doesNotContain("talker-2024");
    }

    @Test
    void usageSaysWhatTheAccountPaidAndNotWhatTheProviderSaysOfItsOwnPrices() {
        var counts = Usage.of(JsonView.parse("{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7,"
                + "\"cost\":99,\"cost_details\":{\"upstream_inference_cost\":99},\"is_byok\":true}"));
        var charge = new Charge(new Money(1_100_000), new Money(1_000_000), new Money(100_000));

        new WholeAnswer(response, new AnswerWriter(List.of("acme/talker"), false))
                .completed(
                        ChatCompletion.of(JsonView.parse("{\"choices\":[]}")),
                        record().usage(counts).charge(charge).build());

        assertThat(response.text())
                .contains("\"usage\":{\"cost\":0.0011,\"is_byok\":false,"
                        + "\"cost_details\":{\"upstream_inference_cost\":0.001,\"upstream_inference_prompt_cost\":0.001,"
                        + "\"upstream_inference_completions_cost\":0,\"margin\":0.0001},"
                        + "\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}")
                .doesNotContain("99");
    }

    @Test
    void missingCreditIsToldAsPaymentRequired() {
        new WholeAnswer(response, new AnswerWriter(List.of("acme/talker"), false))
                .failed(
                        Failure.builder(FailureKind.PAYMENT_REQUIRED, "No credit.")
                                .limitSource("credits")
                                .build(),
                        record().build());

        var error = json(response.text()).getAsJsonObject("error");
        assertThat(response.status).isEqualTo(402);
        assertThat(error.getAsJsonObject("metadata").toString())
                .isEqualTo("{\"error_type\":\"payment_required\",\"limit_source\":\"credits\"}");
    }

    @Test
    void aStreamIsChunksThenUsageOnceThenDone() {
        var answer = new StreamedAnswer(response, new AnswerWriter(List.of("acme/talker"), false));
        answer.chunks(HEAD, List.of(chunk("Hel"), chunk("lo")));
        answer.chunks(HEAD, List.of(chunk("!")));
        answer.ended(record().build());

        var events = events();
        assertThat(response.headers.first("Content-Type")).contains("text/event-stream");
        assertThat(response.headers.first("X-Patchbay-Provider")).contains("acme");
        assertThat(response.headers.first("X-Patchbay-Attempts")).contains("2");
        assertThat(response.headers.first("X-Patchbay-Latency-Ms")).contains("7");
        assertThat(events).hasSize(5).allMatch(event -> event.startsWith("data: "));
        assertThat(content(events.get(0)) + content(events.get(1)) + content(events.get(2)))
                .isEqualTo("Hello!");
        assertThat(json(events.get(0).substring(6)).has("system_fingerprint")).isFalse();
        assertThat(json(events.get(0).substring(6)).has("usage")).isFalse();
        var last = json(events.get(3).substring(6));
        assertThat(last.getAsJsonObject("usage").get("prompt_tokens").getAsLong())
                .isEqualTo(5);
        assertThat(last.getAsJsonArray("choices")).hasSize(1);
        assertThat(events.get(4)).isEqualTo("data: [DONE]");
        assertThat(response.ended).isTrue();
    }

    @Test
    void aStreamThatBreaksEndsInAnErrorThatNobodyTakesForSuccess() {
        var answer = new StreamedAnswer(response, new AnswerWriter(List.of("acme/talker"), false));
        answer.chunks(HEAD, List.of(chunk("Hel")));
        answer.failed(Failure.of(FailureKind.CUT_OFF, "The provider broke off."), record().build());

        assertThat(response.text()).doesNotContain("[DONE]").doesNotContain("\"stop\"");
        var last = json(response.written.get(1).substring(6).strip());
        assertThat(last.getAsJsonObject("error").get("code").getAsInt()).isEqualTo(502);
        assertThat(last.getAsJsonArray("choices")
                        .get(0)
                        .getAsJsonObject()
                        .get("finish_reason")
                        .getAsString())
                .isEqualTo("error");
        assertThat(response.ended).isTrue();
    }

    @Test
    void aStreamThatFailsBeforeItsFirstChunkIsAnOrdinaryError() {
        new StreamedAnswer(response, new AnswerWriter(List.of("acme/talker"), false))
                .failed(
                        Failure.builder(FailureKind.RATE_LIMITED, "Slow down.")
                                .retryAfter(Duration.ofMillis(1200))
                                .build(),
                        record().build());

        assertThat(response.status).isEqualTo(429);
        assertThat(response.headers.first("Retry-After")).contains("2");
        assertThat(json(response.text()).getAsJsonObject("error").get("message").getAsString())
                .isEqualTo("Slow down.");
    }

    @Test
    void metadataTellsWhatWasLeftOutAlsoOfAStreamThatNeverBegan() {
        var failure = Failure.of(FailureKind.OVERLOADED, "Too much to do.");
        var attempt =
                Attempt.failed(ENDPOINT, Duration.ofMillis(3), failure).dropping(List.of("seed", "messages.name"));

        new StreamedAnswer(response, new AnswerWriter(List.of("acme/talker"), true))
                .failed(failure, record().attempts(List.of(attempt)).build());

        assertThat(response.status).isEqualTo(503);
        assertThat(json(response.text())
                        .getAsJsonObject("openrouter_metadata")
                        .getAsJsonArray("attempts")
                        .get(0)
                        .getAsJsonObject()
                        .get("dropped_parameters"))
                .hasToString("[\"seed\",\"messages.name\"]");
    }

    @Test
    void aQuietStreamIsKeptAliveAndAfterwardsFailsInBand() {
        var answer = new StreamedAnswer(response, new AnswerWriter(List.of("acme/talker"), false));

        answer.keepAlive("gen-1", 0);
        answer.failed(Failure.of(FailureKind.TIMEOUT, "Too late."), record().build());

        assertThat(response.status).isEqualTo(200);
        assertThat(response.written.get(0)).startsWith(": ").endsWith("\n\n");
        assertThat(response.written.get(1)).contains("\"finish_reason\":\"error\"");
    }

    @Test
    void noKeepAliveGetsBetweenTheBytesOfAChunk() {
        var answer = new StreamedAnswer(response, new AnswerWriter(List.of("acme/talker"), false));
        response.taken = new CompletableFuture<>();
        answer.chunks(HEAD, List.of(chunk("Hel")));

        answer.keepAlive("gen-1", 0);

        assertThat(response.written).hasSize(1);
    }

    @Test
    void metadataTellsTheRouteToThoseWhoAsk() {
        var answer = new StreamedAnswer(response, new AnswerWriter(List.of("acme/talker"), true));
        answer.chunks(HEAD, List.of(chunk("Hi")));
        answer.ended(record().build());

        var metadata = json(events().get(1).substring(6)).getAsJsonObject("openrouter_metadata");
        assertThat(metadata.get("strategy").getAsString()).isEqualTo("price");
        assertThat(metadata.get("region").isJsonNull()).isTrue();
        assertThat(metadata.getAsJsonArray("attempts")).hasSize(1);
        assertThat(metadata.getAsJsonObject("endpoints")
                        .getAsJsonArray("available")
                        .get(0)
                        .getAsJsonObject()
                        .get("selected")
                        .getAsBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST,400,invalid_request_error,invalid_request",
        "CONTEXT_TOO_LONG,400,invalid_request_error,context_length_exceeded",
        "UNAUTHENTICATED,401,authentication_error,authentication",
        "FORBIDDEN,403,permission_error,permission_denied",
        "CONTENT_FILTERED,403,invalid_request_error,content_policy_violation",
        "NOT_FOUND,404,invalid_request_error,not_found",
        "MODEL_NOT_FOUND,404,invalid_request_error,not_found",
        "NO_ENDPOINTS,404,invalid_request_error,not_found",
        "RATE_LIMITED,429,rate_limit_error,rate_limit_exceeded",
        "UPSTREAM_AUTH,502,server_error,provider_unavailable",
        "UNREACHABLE,502,server_error,provider_unavailable",
        "OVERLOADED,503,server_error,provider_overloaded",
        "TIMEOUT,504,server_error,timeout",
        "INTERNAL,500,server_error,server"
    })
    void everyFailureHasItsStatusAndWords(FailureKind kind, int status, String type, String errorType) {
        var answer = new ErrorAnswer(
                Failure.builder(kind, "message").field("f").provider("Acme").build(), List.of("a/b"));

        var error = answer.body().getAsJsonObject("error");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(error.get("code").getAsInt()).isEqualTo(status);
        assertThat(error.get("type").getAsString()).isEqualTo(type);
        assertThat(error.get("param").getAsString()).isEqualTo("f");
        assertThat(error.getAsJsonObject("metadata").get("error_type").getAsString())
                .isEqualTo(errorType);
        assertThat(error.getAsJsonObject("metadata").get("provider_name").getAsString())
                .isEqualTo("Acme");
    }

    private static GenerationRecord.Builder record() {
        return GenerationRecord.builder("gen-1", CREATED)
                .requestedModel("acme/talker")
                .route(new Route("price", List.of(new Candidate(ENDPOINT, 1, "the only endpoint")), List.of()))
                .attempts(List.of(Attempt.success(ENDPOINT, Duration.ofMillis(3))))
                .usage(Usage.estimated(5, 2));
    }

    private static ChatChunk chunk(String text) {
        return ChatChunk.of(JsonView.parse("{\"id\":\"x\",\"object\":\"y\",\"model\":\"z\",\"system_fingerprint\":null,"
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}],"
                + "\"usage\":null}"));
    }

    private List<String> events() {
        return response.text().lines().filter(line -> !line.isEmpty()).toList();
    }

    private static String content(String event) {
        return json(event.substring(6))
                .getAsJsonArray("choices")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("delta")
                .get("content")
                .getAsString();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
