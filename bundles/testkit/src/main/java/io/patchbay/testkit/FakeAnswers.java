package io.patchbay.testkit;

import io.patchbay.testkit.FakeUpstream.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The usual answers of an OpenAI-compatible provider, good and bad, for {@link FakeUpstream#answer}. */
public final class FakeAnswers {
    private static final Duration FOREVER = Duration.ofMinutes(5);

    private FakeAnswers() {}

    /** A whole answer of JSON. */
    public static Script json(int status, String body) {
        return exchange -> exchange.body(status, "application/json", utf8(body));
    }

    /** A chat completion with that text and a usage of 5 + 7 tokens. */
    public static Script chat(String text) {
        return json(200, """
                {"id":"chatcmpl-fake","object":"chat.completion","created":1700000000,"model":"fake-model",\
                "choices":[{"index":0,"message":{"role":"assistant","content":%s},"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}""".formatted(quoted(text)));
    }

    /** An error in OpenAI's form. */
    public static Script error(int status, String message) {
        return json(
                status,
                "{\"error\":{\"message\":%s,\"type\":\"fake_error\",\"code\":null}}".formatted(quoted(message)));
    }

    /** The list of models. */
    public static Script models(String... names) {
        return json(
                200,
                Arrays.stream(names)
                        .map(name -> "{\"id\":%s,\"object\":\"model\"}".formatted(quoted(name)))
                        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
    }

    /** A stream of events with these data, each in a chunk of its own, without {@code [DONE]}. */
    public static Script sse(String... data) {
        return exchange -> {
            exchange.sseHead();
            for (var each : data) {
                exchange.chunk("data: " + each + "\n\n");
            }
            exchange.lastChunk();
        };
    }

    /** A streamed chat completion: one chunk per piece of text, the finish, the usage (5 + 7 tokens), {@code [DONE]}. */
    public static Script chatStream(String... pieces) {
        var data = new String[pieces.length + 3];
        for (int i = 0; i < pieces.length; i++) {
            data[i] = chatChunk("{\"role\":\"assistant\",\"content\":%s}".formatted(quoted(pieces[i])), "null");
        }
        data[pieces.length] = chatChunk("{}", "\"stop\"");
        data[pieces.length + 1] = """
                {"id":"chatcmpl-fake","object":"chat.completion.chunk","created":1700000000,"model":"fake-model",\
                "choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}""";
        data[pieces.length + 2] = "[DONE]";
        return sse(data);
    }

    /** One chunk of a chat completion. */
    public static String chatChunk(String delta, String finishReason) {
        return """
                {"id":"chatcmpl-fake","object":"chat.completion.chunk","created":1700000000,"model":"fake-model",\
                "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}""".formatted(delta, finishReason);
    }

    /** Takes the request and never answers. */
    public static Script never() {
        return exchange -> exchange.awaitClientGone(FOREVER);
    }

    /** Breaks the connection instead of answering. */
    public static Script reset() {
        return FakeExchange::reset;
    }

    /** A stream that never ends, with that pause after each event. */
    public static Script endless(String data, Duration pause) {
        return exchange -> {
            exchange.sseHead();
            while (true) {
                exchange.chunk("data: " + data + "\n\n").pause(pause);
            }
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + '"';
    }
}
