package io.patchbay.admin.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.http.Headers;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param headers what is in the body
 * @param body its text
 */
record Answer(int status, Headers headers, String body) {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    /** {@code {"data": …}}. */
    static Answer data(JsonElement data) {
        var body = new JsonObject();
        body.add("data", data);
        return json(200, body);
    }

    static Answer json(int status, JsonObject body) {
        return new Answer(status, JSON, GSON.toJson(body));
    }

    /** A table, to be saved as a file of that name. */
    static Answer csv(String fileName, String table) {
        var headers = Headers.builder()
                .add("Content-Type", "text/csv; charset=utf-8")
                .add("Content-Disposition", "attachment; filename=\"" + fileName + '"')
                .build();
        return new Answer(200, headers, table);
    }
}
