package io.patchbay.itests;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A gateway's HTTP API, asked with one key. */
final class Api {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

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

    /** Asks a model; returns what came back. */
    Answer chat(String model) {
        return post(
                "/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }
}
