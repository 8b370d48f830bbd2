package io.patchbay.batches;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.access.Access;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.dialect.Callers;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Clerks;
import io.patchbay.api.http.Headers;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.http.JsonBody;
import io.patchbay.api.http.MultipartForm;
import io.patchbay.api.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /batches} and {@code /files}, as OpenAI has them: what an account's key makes, each of its keys sees. */
@Component(
        service = HttpEndpoint.class,
        property = {
            "patchbay.batches=own",
            HttpEndpoint.ROUTES + "=GET /api/v1/batches",
            HttpEndpoint.ROUTES + "=GET /v1/batches",
            HttpEndpoint.ROUTES + "=POST /api/v1/batches",
            HttpEndpoint.ROUTES + "=POST /v1/batches",
            HttpEndpoint.ROUTES + "=GET /api/v1/batches/*",
            HttpEndpoint.ROUTES + "=GET /v1/batches/*",
            HttpEndpoint.ROUTES + "=POST /api/v1/batches/*",
            HttpEndpoint.ROUTES + "=POST /v1/batches/*",
            HttpEndpoint.ROUTES + "=GET /api/v1/files",
            HttpEndpoint.ROUTES + "=GET /v1/files",
            HttpEndpoint.ROUTES + "=POST /api/v1/files",
            HttpEndpoint.ROUTES + "=POST /v1/files",
            HttpEndpoint.ROUTES + "=GET /api/v1/files/*",
            HttpEndpoint.ROUTES + "=GET /v1/files/*",
            HttpEndpoint.ROUTES + "=DELETE /api/v1/files/*",
            HttpEndpoint.ROUTES + "=DELETE /v1/files/*"
        })
public final class BatchesEndpoint implements HttpEndpoint {
    private static final Logger log = LoggerFactory.getLogger(BatchesEndpoint.class);

    private static final String VERSION = "/v1/";
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final Headers LINES = Headers.of("Content-Type", "application/jsonl");
    private static final int CLERKS = 2;
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Access access;
    private final BatchesService batches;
    private final Clerks clerks;

    @Activate
    public BatchesEndpoint(@Reference Access access, @Reference BatchesService batches) {
        this.access = access;
        this.batches = batches;
        clerks = new Clerks(
                "patchbay-batches-api",
                CLERKS,
                (request, defect) ->
                        log.error("{} {} (request {}) failed", request.method(), request.path(), request.id(), defect));
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        clerks.serve(request, response, () -> answer(request, response));
    }

    private void answer(HttpRequest request, HttpResponse response) {
        var key = Callers.key(request, access);
        key.requireInference();
        var parts = List.of(below(request.path()).split("/", -1));
        boolean isContent = parts.size() == 3
                && parts.get(0).equals("files")
                && parts.get(2).equals("content");
        if (isContent && request.method().equals("GET")) {
            var text = batches.content(key.account().id(), parts.get(1));
            response.send(200, LINES, text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        var body = parts.get(0).equals("files") ? files(key, request, parts) : batches(key, request, parts);
        response.send(200, JSON, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What follows {@code /v1/}, with or without {@code /api} before it. */
    private static String below(String path) {
        return path.substring(path.indexOf(VERSION) + VERSION.length());
    }

    private JsonObject files(ApiKey key, HttpRequest request, List<String> parts) {
        var account = key.account().id();
        if (parts.size() == 1) {
            return request.method().equals("POST")
                    ? json(upload(account, request))
                    : page(batches.files(account), BatchFile::id, BatchesEndpoint::json, request);
        }
        if (parts.size() != 2) {
            throw nothing();
        }
        if (request.method().equals("GET")) {
            return json(batches.file(account, parts.get(1)));
        }
        batches.deleteFile(account, parts.get(1));
        var deleted = new JsonObject();
        deleted.addProperty("id", parts.get(1));
        deleted.addProperty("object", "file");
        deleted.addProperty("deleted", true);
        return deleted;
    }

    private BatchFile upload(String account, HttpRequest request) {
        var type = request.header("Content-Type").orElse("");
        if (!MultipartForm.is(type)) {
            throw Failure.invalid("body", "Send the file as multipart/form-data, with its purpose.")
                    .toException();
        }
        var form = MultipartForm.parse(type, request.body());
        var file = form.file()
                .orElseThrow(() -> Failure.invalid("file", "'file' is missing.").toException());
        return batches.upload(account, file.name(), form.fields().getOrDefault("purpose", ""), file.text());
    }

    private static JsonObject json(BatchFile file) {
        var json = new JsonObject();
        json.addProperty("id", file.id());
        json.addProperty("object", "file");
        json.addProperty("bytes", file.size());
        json.addProperty("created_at", file.created().getEpochSecond());
        json.addProperty("filename", file.name());
        json.addProperty("purpose", file.purpose());
        json.addProperty("status", "processed");
        return json;
    }

    private JsonObject batches(ApiKey key, HttpRequest request, List<String> parts) {
        var account = key.account().id();
        boolean posts = request.method().equals("POST");
        if (parts.size() == 1) {
            return posts ? json(create(key, request)) : page(batches.batches(account), Batch::id, this::json, request);
        }
        if (parts.size() == 2 && !posts) {
            return json(batches.batch(account, parts.get(1)));
        }
        if (parts.size() == 3 && posts && parts.get(2).equals("cancel")) {
            return json(batches.cancel(account, parts.get(1)));
        }
        throw nothing();
    }

    private Batch create(ApiKey key, HttpRequest request) {
        var body = JsonBody.parse(request.body());
        var window = body.string("completion_window").orElse("24h");
        if (!window.equals("24h")) {
            throw Failure.invalid("completion_window", "'completion_window' must be \"24h\".")
                    .toException();
        }
        return batches.create(
                key,
                body.string("input_file_id")
                        .orElseThrow(() -> Failure.invalid("input_file_id", "'input_file_id' is missing.")
                                .toException()),
                body.string("endpoint").orElse(""),
                body.toTree().get("metadata") instanceof JsonObject metadata
                        ? Optional.of(metadata)
                        : Optional.empty());
    }

    private JsonObject json(Batch batch) {
        var json = new JsonObject();
        json.addProperty("id", batch.id());
        json.addProperty("object", "batch");
        json.addProperty("endpoint", batch.endpoint());
        json.add("errors", errors(batch));
        json.addProperty("input_file_id", batch.input());
        json.addProperty("completion_window", "24h");
        json.addProperty("status", batch.status().word());
        addText(json, "output_file_id", batch);
        addText(json, "error_file_id", batch);
        json.addProperty("created_at", batch.created().getEpochSecond());
        json.addProperty("expires_at", batch.expires().getEpochSecond());
        for (var status : Batch.Status.values()) {
            var name = status.word() + "_at";
            json.add(name, batch.details().has(name) ? batch.details().get(name) : JsonNull.INSTANCE);
        }
        json.add("request_counts", counts(batch));
        json.add("metadata", batch.details().has("metadata") ? batch.details().get("metadata") : JsonNull.INSTANCE);
        return json;
    }

    private JsonObject counts(Batch batch) {
        var counted = batches.counts(batch);
        var counts = new JsonObject();
        counts.addProperty("total", batch.told("total").map(Long::parseLong).orElse(0L));
        counts.addProperty("completed", counted[0]);
        counts.addProperty("failed", counted[1]);
        return counts;
    }

    private static void addText(JsonObject json, String name, Batch batch) {
        batch.told(name).ifPresentOrElse(text -> json.addProperty(name, text), () -> json.add(name, JsonNull.INSTANCE));
    }

    private static JsonElement errors(Batch batch) {
        var told = batch.told("error");
        if (told.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        var error = new JsonObject();
        error.addProperty("code", "invalid_request");
        error.addProperty("message", told.get());
        error.addProperty("param", JsonTree.text(batch.details().get("error_field")));
        return list(List.of(error));
    }

    /** What follows the one that {@code after} names, as many as {@code limit} says. */
    private static <T> JsonObject page(
            List<T> all, Function<T, String> id, Function<T, JsonObject> json, HttpRequest request) {
        int limit = limit(request);
        var after = request.query("after").orElse("");
        int from = 0;
        while (!after.isEmpty() && from < all.size() && !after.equals(id.apply(all.get(from)))) {
            from++;
        }
        from = after.isEmpty() ? 0 : Math.min(all.size(), from + 1);
        int to = Math.min(all.size(), from + limit);
        var list = list(all.subList(from, to).stream().map(json).toList());
        list.addProperty("has_more", to < all.size());
        return list;
    }

    private static int limit(HttpRequest request) {
        try {
            int limit = request.query("limit").map(Integer::parseInt).orElse(USUAL_PAGE);
            if (limit >= 1 && limit <= LARGEST_PAGE) {
                return limit;
            }
        } catch (NumberFormatException unreadable) {
            // Refused below.
        }
        throw Failure.invalid("limit", "'limit' must be a whole number from 1 to " + LARGEST_PAGE + '.')
                .toException();
    }

    private static JsonObject list(List<JsonObject> all) {
        var data = new JsonArray();
        all.forEach(data::add);
        var list = new JsonObject();
        list.addProperty("object", "list");
        list.add("data", data);
        return list;
    }

    private static FailureException nothing() {
        return Failure.of(FailureKind.NOT_FOUND, "There is nothing at this path.")
                .toException();
    }

    @Deactivate
    void deactivate() {
        clerks.close();
    }
}
