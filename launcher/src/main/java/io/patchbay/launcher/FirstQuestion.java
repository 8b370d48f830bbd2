package io.patchbay.launcher;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a gateway one question over its public endpoint and shows the answer as it comes, then where it came from. */
final class FirstQuestion {

    private static final String DATA = "data:";

    private final URI baseUrl;
    private final String key;

    private String provider = "?";
    private @Nullable JsonObject usage;
    private @Nullable JsonObject metadata;

    /** @param baseUrl the address that ends in {@code /api/v1} */
    FirstQuestion(URI baseUrl, String key) {
        this.baseUrl = baseUrl;
        this.key = key;
    }

    /** Returns whether an answer came to its proper end. */
    boolean ask(String model, String prompt, PrintStream out) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("X-OpenRouter-Metadata", "enabled")
                .POST(HttpRequest.BodyPublishers.ofString(body(model, prompt)))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                out.println("HTTP " + response.statusCode() + " " + lines.collect(Collectors.joining("\n")));
                return false;
            }
            boolean complete = show(lines.iterator(), out);
            out.println();
            out.println(summary(Duration.ofNanos(System.nanoTime() - startNanos)));
            return complete;
        }
    }

    private static String body(String model, String prompt) {
        JsonObject message = new JsonObject();
        message.addProperty("role", "user");
        message.addProperty("content", prompt);
        JsonArray messages = new JsonArray();
        messages.add(message);
        JsonObject body = new JsonObject();
        body.addProperty("model", model);
        body.addProperty("stream", true);
        body.add("messages", messages);
        return body.toString();
    }

    private boolean show(Iterator<String> lines, PrintStream out) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.startsWith(DATA)) {
                continue;
            }
            String data = line.substring(DATA.length()).strip();
            if (data.equals("[DONE]")) {
                return true;
            }
            JsonObject chunk = JsonParser.parseString(data).getAsJsonObject();
            if (chunk.has("error")) {
                out.print(chunk.get("error"));
                return false;
            }
            note(chunk);
            print(chunk, out);
        }
        return false;
    }

    private void note(JsonObject chunk) {
        if (chunk.has("provider")) {
            provider = chunk.get("provider").getAsString();
        }
        if (chunk.get("usage") instanceof JsonObject object) {
            usage = object;
        }
        if (chunk.get("openrouter_metadata") instanceof JsonObject object) {
            metadata = object;
        }
    }

    private static void print(JsonObject chunk, PrintStream out) {
        if (!(chunk.get("choices") instanceof JsonArray choices)) {
            return;
        }
        for (JsonElement choice : choices) {
            if (choice.getAsJsonObject().get("delta") instanceof JsonObject delta
                    && delta.has("content")
                    && delta.get("content").isJsonPrimitive()) {
                out.writeBytes(delta.get("content").getAsString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    private String summary(Duration time) {
        return "provider %s | tokens %s in, %s out | %d ms | route %s"
                .formatted(provider, tokens("prompt_tokens"), tokens("completion_tokens"), time.toMillis(), route());
    }

    private String tokens(String kind) {
        return usage != null && usage.has(kind) ? usage.get(kind).getAsString() : "?";
    }

    private String route() {
        if (metadata == null) {
            return "?";
        }
        String strategy = metadata.has("strategy") ? metadata.get("strategy").getAsString() : "?";
        String summary = metadata.has("summary") ? metadata.get("summary").getAsString() : "";
        return (strategy + ", " + summary).strip();
    }
}
