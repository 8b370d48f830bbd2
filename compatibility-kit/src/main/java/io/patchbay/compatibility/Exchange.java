package io.patchbay.compatibility;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One recorded exchange with a provider: what was asked, byte by byte what came back, what it means, and the OpenAI
 * request that should have led to it. A JSON file each; the format is in docs/adapters.md. Immutable.
 */
public final class Exchange {
    private final JsonObject json;

    private Exchange(JsonObject json) {
        this.json = json;
    }

    /** Reads one from its JSON text. */
    public static Exchange parse(String text) {
        return new Exchange(JsonParser.parseString(text).getAsJsonObject());
    }

    /** Its name. */
    public String id() {
        return JsonTree.text(json.get("id"));
    }

    /** Who was asked. */
    public String provider() {
        return JsonTree.text(json.get("provider"));
    }

    /** The wire format: {@code chat} (OpenAI's), {@code anthropic}, {@code gemini}, … */
    public String api() {
        return JsonTree.text(json.get("api"));
    }

    /** The model as the provider names it; may be empty. */
    public String model() {
        return JsonTree.text(json.get("model"));
    }

    /** Whether the answer was streamed. */
    public boolean isStreamed() {
        return json.has("streaming") && json.get("streaming").getAsBoolean();
    }

    /** Whether a streamed answer was asked for: an error comes in one piece all the same. */
    public boolean asksForStream() {
        return isStreamed() || asksForStream(canonicalRequest()) || asksForStream(sentBody());
    }

    private static boolean asksForStream(Optional<JsonObject> body) {
        return body.filter(json -> JsonTree.text(json.get("stream")).equals("true"))
                .isPresent();
    }

    /** What it holds: {@code tool_call}, {@code reasoning}, … */
    public List<String> tags() {
        return Json.texts(json.get("tags"));
    }

    /** The request in the canonical form; empty where nobody knows. */
    public Optional<JsonObject> canonicalRequest() {
        return json.get("openai_request") instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** What the recorded request holds that the canonical form can't say. */
    public List<String> lossy() {
        return Json.texts(json.get("openai_request_lossy"));
    }

    /** The body that was sent; empty where it was not recorded. */
    public Optional<JsonObject> sentBody() {
        return json.get("request") instanceof JsonObject request && request.get("body") instanceof JsonObject body
                ? Optional.of(body)
                : Optional.empty();
    }

    /** The path it was sent to, without a query; may be empty. */
    public String sentPath() {
        var path = JsonTree.text(JsonTree.object(json.get("request")).get("path"));
        return path.isEmpty() ? JsonTree.text(json.get("request_path")) : path;
    }

    /** The HTTP status that came back. */
    public int status() {
        return response().get("status").getAsInt();
    }

    /** The headers that came back. */
    public Headers headers() {
        var headers = Headers.builder();
        JsonTree.object(response().get("headers"))
                .asMap()
                .forEach((name, value) -> headers.add(name, JsonTree.text(value)));
        return headers.build();
    }

    /** The body that came back, as it was. */
    public byte[] body() {
        var response = response();
        if (response.has("base64")) {
            return Base64.getDecoder().decode(JsonTree.text(response.get("base64")));
        }
        var text = response.has("raw")
                ? JsonTree.text(response.get("raw"))
                : response.get("body").toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** In which pieces the body came, in bytes; empty where nobody knows. */
    public List<Integer> pieces() {
        return JsonTree.array(response().get("chunk_lens")).asList().stream()
                .map(JsonElement::getAsInt)
                .toList();
    }

    /** How the body is cut into events: {@code sse}, {@code ndjson}, …; empty for one that is not. */
    public String framing() {
        return JsonTree.text(response().get("framing"));
    }

    /** What the answer means; empty where there is nothing to say. */
    Optional<Facts> facts() {
        return json.get("facts") instanceof JsonObject facts ? Optional.of(new Facts(facts)) : Optional.empty();
    }

    private JsonObject response() {
        return JsonTree.object(json.get("response"));
    }

    @Override
    public String toString() {
        return id();
    }
}
