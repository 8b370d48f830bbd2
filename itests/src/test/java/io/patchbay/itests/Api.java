package io.patchbay.itests;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.itests.conformance.CheckedHttpClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A gateway's HTTP API, asked with one key. */
final class Api {
    private static final HttpClient CLIENT = CheckedHttpClient.create();

    private final Distribution gateway;
    private final String key;

    Api(Distribution gateway, String key) {
        this.gateway = gateway;
        this.key = key;
    }

    /** What came back. */
    record Answer(int status, HttpResponse<String> response) {
        JsonObject json() {
            return JsonParser.parseString(response.body()).getAsJsonObject();
        }

        JsonObject data() {
            return json().getAsJsonObject("data");
        }

        /** What stands in {@code error.param}. */
        String field() {
            return json().getAsJsonObject("error").get("param").getAsString();
        }

        String text() {
            return response.body();
        }
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .header("Authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /**
     * Streams an answer, and goes after some of it.
     *
     * @return the generation's id
     */
    String breakOff(String model, int lines) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(gateway.url() + "/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + model
                        + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
                .build();
        var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                reader.readLine();
            }
        }
        return response.headers().firstValue("X-Generation-Id").orElseThrow();
    }

    /** Makes an account that can pay. This one has to be the operator's. */
    void fund(String account, String dollars) {
        var made = post("/accounts", "{\"id\":\"" + account + "\"}");
        var granted = post("/credits/grant", "{\"account\":\"" + account + "\",\"amount\":" + dollars + "}");
        if (made.status() / 100 != 2 || granted.status() / 100 != 2) {
            throw new AssertionError(made.text() + granted.text());
        }
    }

    /** The same with a new key of an account, for generations. This one has to be the operator's. */
    Api app(String account) {
        var created = post("/keys", "{\"name\":\"app\",\"account\":\"" + account + "\"}");
        return new Api(gateway, created.json().get("key").getAsString());
    }

    /** Asks a model; returns what came back. */
    Answer chat(String model) {
        return post(
                "/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }
}
