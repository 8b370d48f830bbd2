package io.patchbay.adapter.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.adapter.ChatDecoder;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.json.JsonView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What several tests need. JSON is written with single quotes. */
final class Samples {
    static final BedrockAdapter ADAPTER = new BedrockAdapter();
    static final String HAIKU_3 = "anthropic.claude-3-haiku-20240307-v1:0";
    static final String SONNET_3_7 = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";
    static final String SONNET_4_5 = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    static final String OPUS_4_6 = "global.anthropic.claude-opus-4-6-v1";
    static final String NOVA = "us.amazon.nova-pro-v1:0";
    static final String NOVA_2 = "us.amazon.nova-2-lite-v1:0";
    static final String GPT_OSS = "openai.gpt-oss-120b-1:0";
    static final String MISTRAL = "mistral.mistral-large-2407-v1:0";
    static final String LLAMA = "meta.llama3-3-70b-instruct-v1:0";

    private Samples() {}

    static Endpoint endpoint(String model, Map<String, String> options) {
        var provider = Provider.builder("amazon-bedrock", "bedrock")
                .baseUrl(URI.create("http://127.0.0.1:1"))
                .options(options)
                .build();
        return Endpoint.builder(new ModelId("some", "model", ""), provider)
                .upstreamModel(model)
                .build();
    }

    static ChatRequest request(String json) {
        return ChatRequest.of(JsonView.parse(json.replace('\'', '"')));
    }

    static UpstreamRequest upstream(String model, String json) {
        return ADAPTER.encode(request(json), endpoint(model, Map.of()), Credential.apiKey(Secret.of("ABSKtest")));
    }

    /** The body of a request. */
    static JsonObject body(String model, String json) {
        return tree(upstream(model, json).body());
    }

    /** The body of a request that asks "hi" and has these further fields. */
    static JsonObject asking(String model, String fields) {
        return body(model, "{'messages':[{'role':'user','content':'hi'}]," + fields + "}");
    }

    /** What Bedrock is told for these messages. */
    static String messages(String model, String messages) {
        return body(model, "{'messages':" + messages + "}").get("messages").toString();
    }

    static Failure refusal(String model, String json) {
        try {
            upstream(model, json);
        } catch (FailureException e) {
            return e.failure();
        }
        throw new AssertionError("not refused");
    }

    static JsonObject tree(byte[] json) {
        return JsonParser.parseString(new String(json, UTF_8)).getAsJsonObject();
    }

    static JsonElement json(String text) {
        return JsonParser.parseString(text.replace('\'', '"'));
    }

    static Frame frame(String event, String data) {
        return new Frame(event, data.replace('\'', '"').getBytes(UTF_8));
    }

    static Frame delta(int index, String delta) {
        return frame("contentBlockDelta", "{'contentBlockIndex':" + index + ",'delta':" + delta + ",'p':'abc'}");
    }

    static Frame start(int index, String toolUse) {
        return frame(
                "contentBlockStart", "{'contentBlockIndex':" + index + ",'start':{'toolUse':" + toolUse + "},'p':'a'}");
    }

    static Frame blockStop(int index) {
        return frame("contentBlockStop", "{'contentBlockIndex':" + index + ",'p':'ab'}");
    }

    static Frame messageStop(String reason) {
        return frame("messageStop", "{'stopReason':'" + reason + "','p':'a'}");
    }

    static Frame metadata() {
        return frame(
                "metadata",
                "{'metrics':{'latencyMs':5},'usage':{'inputTokens':12,'outputTokens':7,'totalTokens':1047,"
                        + "'cacheReadInputTokens':1028,'cacheWriteInputTokens':0}}");
    }

    static List<ChatEvent> stream(Frame... frames) {
        return decode(
                ADAPTER.decoder(request("{'stream':true,'messages':[]}"), endpoint(SONNET_3_7, Map.of())), frames);
    }

    static List<ChatEvent> whole(String body) {
        return decode(ADAPTER.decoder(request("{'messages':[]}"), endpoint(SONNET_3_7, Map.of())), frame("", body));
    }

    static List<ChatEvent> decode(ChatDecoder decoder, Frame... frames) {
        var events = new ArrayList<ChatEvent>();
        for (var frame : frames) {
            decoder.decode(frame, events::add);
        }
        decoder.end(events::add);
        return events;
    }

    static List<String> chunks(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .map(event -> ((ChatChunk) event).json().toString().replace('"', '\''))
                .toList();
    }

    /** What the deltas of the one choice say. */
    static List<String> deltas(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatChunk.class::isInstance)
                .flatMap(event -> ((ChatChunk) event).choices().stream())
                .map(choice -> choice.object("delta").orElseThrow().toString().replace('"', '\''))
                .toList();
    }

    static JsonObject completion(List<ChatEvent> events) {
        return ((ChatCompletion) events.get(0)).json().toTree();
    }

    static JsonObject choice(List<ChatEvent> events) {
        return completion(events).getAsJsonArray("choices").get(0).getAsJsonObject();
    }

    static Failure failure(List<ChatEvent> events) {
        return ((ChatEvent.Failed) events.get(events.size() - 1)).failure();
    }
}
