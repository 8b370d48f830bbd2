package io.patchbay.adapter.mistral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MistralAdapterTest {
    private final MistralAdapter adapter = new MistralAdapter();
    private final Endpoint endpoint = Endpoint.builder(
                    ModelId.parse("mistralai/magistral"),
                    Provider.builder("mistral", "mistral").build())
            .upstreamModel("magistral-medium-latest")
            .build();

    @Test
    void saysWhatMistralCallsOtherwiseAndLeavesOutWhatItRefuses() {
        var body = encode("\"seed\":7,\"max_completion_tokens\":9,\"user\":\"u\",\"logit_bias\":{},\"stream\":true,"
                + "\"provider\":{},\"nobody_knows_me\":1,\"safe_prompt\":true,"
                + "\"messages\":[{\"role\":\"developer\",\"content\":\"Be brief.\",\"name\":\"x\"},"
                + "{\"role\":\"user\",\"content\":\"hi\"}]");

        assertThat(body)
                .isEqualTo(json("{\"model\":\"magistral-medium-latest\",\"stream\":true,\"safe_prompt\":true,"
                        + "\"random_seed\":7,\"max_tokens\":9,\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"hi\"}]}"));
    }

    @Test
    void asksForEmbeddingsInMistralsWords() {
        var request = adapter.encode(
                EmbeddingsRequest.of(JsonView.parse("{\"model\":\"mistralai/codestral-embed\",\"input\":[\"a\"],"
                        + "\"dimensions\":64,\"user\":\"u\",\"provider\":{},\"encoding_format\":\"float\"}")),
                endpoint,
                Credential.apiKey(Secret.of("k")));

        assertThat(request.path()).isEqualTo("/embeddings");
        assertThat(json(new String(request.body(), UTF_8)))
                .isEqualTo(json("{\"model\":\"magistral-medium-latest\",\"input\":[\"a\"],\"output_dimension\":64,"
                        + "\"encoding_format\":\"float\"}"));
    }

    @Test
    void tokensCanNotBeEmbedded() {
        assertThatThrownBy(() -> adapter.encode(
                        EmbeddingsRequest.of(JsonView.parse("{\"input\":[1,2]}")), endpoint, Credential.none()))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("texts only");
    }

    @Test
    void givesForeignToolCallIdsItsOwnFormAndKeepsItsOwn() {
        var body = encode("\"messages\":[{\"role\":\"user\",\"content\":\"?\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                + "{\"id\":\"call_abc-1\",\"type\":\"function\",\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                + "{\"id\":\"aB3dE6gH9\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_abc-1\",\"content\":\"1\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"aB3dE6gH9\",\"content\":\"2\"}]");

        var messages = body.getAsJsonArray("messages");
        var calls = messages.get(1).getAsJsonObject().getAsJsonArray("tool_calls");
        var foreign = calls.get(0).getAsJsonObject().get("id").getAsString();
        assertThat(foreign).matches("[a-zA-Z0-9]{9}");
        assertThat(messages.get(2).getAsJsonObject().get("tool_call_id").getAsString())
                .isEqualTo(foreign);
        assertThat(calls.get(1).getAsJsonObject().get("id").getAsString()).isEqualTo("aB3dE6gH9");
        assertThat(messages.get(3).getAsJsonObject().get("tool_call_id").getAsString())
                .isEqualTo("aB3dE6gH9");
        assertThat(calls.get(0).getAsJsonObject().has("index")).isFalse();
    }

    @Test
    void translatesPartsAndMarksABegunAnswer() {
        var body = encode("\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"Look\",\"cache_control\":{\"type\":\"ephemeral\"}},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.example/a.png\"}},"
                + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QUJD\",\"format\":\"wav\"}},"
                + "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,QQ==\"}}]},"
                + "{\"role\":\"assistant\",\"content\":\"It is\"}]");

        assertThat(body.get("messages"))
                .isEqualTo(
                        JsonParser.parseString("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Look\"},"
                                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x.example/a.png\"}},"
                                + "{\"type\":\"input_audio\",\"input_audio\":\"QUJD\"},"
                                + "{\"type\":\"document_url\",\"document_url\":\"data:application/pdf;base64,QQ==\","
                                + "\"document_name\":\"a.pdf\"}]},"
                                + "{\"role\":\"assistant\",\"content\":\"It is\",\"prefix\":true}]"));
    }

    @Test
    void thoughtsComeApartFromTheTextAndGoBackWhereTheyWere() {
        var completion = (ChatCompletion) decode(
                        false,
                        "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":["
                                + "{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm. \"},"
                                + "{\"type\":\"text\",\"text\":\"Yes.\"}],\"closed\":true},"
                                + "{\"type\":\"text\",\"text\":\"42\"}]}}],"
                                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}")
                .get(0);
        var message = completion.choices().get(0).object("message").orElseThrow();

        assertThat(message.string("content")).contains("42");
        assertThat(message.string("reasoning")).contains("Hm. Yes.");

        var next = encode("\"messages\":[{\"role\":\"user\",\"content\":\"?\"}," + message
                + ",{\"role\":\"user\",\"content\":\"Sure?\"}]");
        assertThat(next.getAsJsonArray("messages").get(1))
                .isEqualTo(
                        JsonParser.parseString(
                                "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\","
                                        + "\"thinking\":[{\"type\":\"text\",\"text\":\"Hm. Yes.\"}]},{\"type\":\"text\",\"text\":\"42\"}]}"));
    }

    @Test
    void saysRefusalsAndNamesInWords() {
        var body = encode("\"messages\":[{\"role\":\"user\",\"name\":\"Ann\",\"content\":\"?\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"No.\"}]},"
                + "{\"role\":\"user\",\"content\":\"Why?\"}]");

        assertThat(body.get("messages"))
                .isEqualTo(JsonParser.parseString(
                        "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Ann: ?\"}]},"
                                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"No.\"}]},"
                                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"No.\"}]},"
                                + "{\"role\":\"user\",\"content\":\"Why?\"}]"));
    }

    @Test
    void referencesGoAlongBesideTheText() {
        var completion = (ChatCompletion) decode(
                        false,
                        "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":["
                                + "{\"type\":\"text\",\"text\":\"Paris\"},{\"type\":\"reference\",\"reference_ids\":[0]}]}}]}")
                .get(0);

        assertThat(completion.choices().get(0).object("message"))
                .get()
                .hasToString("{\"role\":\"assistant\",\"content\":\"Paris\","
                        + "\"citations\":[{\"type\":\"reference\",\"reference_ids\":[0]}]}");
    }

    @Test
    void thoughtsOfOtherProvidersStayAtHome() {
        var body = encode(
                "\"messages\":[{\"role\":\"user\",\"content\":\"?\"},{\"role\":\"assistant\",\"content\":\"42\","
                        + "\"reasoning\":\"Hm.\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm.\","
                        + "\"signature\":\"c2ln\",\"format\":\"anthropic-claude-v1\"}]},{\"role\":\"user\",\"content\":\"Sure?\"}]");

        assertThat(body.getAsJsonArray("messages").get(1))
                .isEqualTo(JsonParser.parseString("{\"role\":\"assistant\",\"content\":\"42\"}"));
    }

    @Test
    void streamsThoughtsTextAndWholeToolCalls() {
        var events = decode(
                true,
                "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\": [{\"type\":\"thinking\",\"thinking\":"
                        + "[{\"type\":\"text\",\"text\":\"Hm.\"}]}]},\"finish_reason\":null}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"So:\"},\"finish_reason\":null}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"id\":\"aB3dE6gH9\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],"
                        + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}",
                "[DONE]");

        assertThat(events).last().isEqualTo(ChatEvent.End.INSTANCE);
        var all = events.toString();
        assertThat(events.stream()
                        .filter(ChatChunk.class::isInstance)
                        .map(chunk -> ((ChatChunk) chunk).json().toString())
                        .toList()
                        .toString())
                .contains(
                        "\"reasoning\":\"Hm.\"",
                        "\"content\":\"So:\"",
                        "\"id\":\"aB3dE6gH9\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
                                + "\"type\":\"function\",\"index\":0")
                .doesNotContain("\"thinking\"");
        assertThat(all).doesNotContain("Failed");
    }

    @Test
    void whatIsNoJsonIsMalformedAndNotAnException() {
        assertThat(decode(true, "{\"content\":[nonsense")).singleElement().isInstanceOf(ChatEvent.Failed.class);
    }

    @Test
    void readsItsManyShapesOfErrors() {
        assertThat(kind(401, "{\"detail\":\"Unauthorized\"}")).isEqualTo(FailureKind.UPSTREAM_AUTH);
        assertThat(kind(429, "{\"message\":\"Requests rate limit exceeded\",\"request_id\":\"x\"}"))
                .isEqualTo(FailureKind.RATE_LIMITED);
        var invalid = adapter.classify(
                422,
                Headers.none(),
                ("{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],\"msg\":\"Extra inputs are not"
                                + " permitted\"}]}")
                        .getBytes(UTF_8));
        assertThat(invalid.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(invalid.field()).contains("seed");
    }

    private FailureKind kind(int status, String body) {
        return adapter.classify(status, Headers.none(), body.getBytes(UTF_8)).kind();
    }

    private JsonObject encode(String fields) {
        var request = ChatRequest.of(JsonView.parse("{\"model\":\"mistralai/magistral\"," + fields + "}"));
        var encoded = adapter.encode(request, endpoint, Credential.apiKey(Secret.of("secret")));
        assertThat(encoded.path()).isEqualTo("/chat/completions");
        return json(new String(encoded.body(), UTF_8));
    }

    private List<ChatEvent> decode(boolean stream, String... frames) {
        var request = ChatRequest.of(JsonView.parse("{\"model\":\"mistralai/magistral\",\"stream\":" + stream + "}"));
        var decoder = adapter.decoder(request, endpoint);
        var events = new ArrayList<ChatEvent>();
        for (var frame : frames) {
            decoder.decode(Frame.of(frame), events::add);
        }
        return events;
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
