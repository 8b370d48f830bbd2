package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.dialect.ChatFields;
import io.patchbay.api.dialect.RequestBody;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.HttpEndpoint;
import io.patchbay.api.http.HttpRequest;
import io.patchbay.api.http.HttpResponse;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.presets.Preset;
import io.patchbay.api.presets.Presets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code /presets}: an account's own, by any of its keys, in OpenRouter's form. One is saved as it is used: by sending the
 * request whose settings it is to keep.
 */
@Component(
        service = HttpEndpoint.class,
        property = {
            HttpEndpoint.ROUTES + "=GET /api/v1/presets",
            HttpEndpoint.ROUTES + "=GET /api/v1/presets/*",
            HttpEndpoint.ROUTES + "=POST /api/v1/presets/*",
            HttpEndpoint.ROUTES + "=DELETE /api/v1/presets/*"
        })
public final class PresetsEndpoint implements HttpEndpoint {
    private static final String PATH = "/api/v1/presets";
    /** What is of one request only. */
    private static final Set<String> NOT_KEPT = Set.of(
            "messages",
            "stream",
            "stream_options",
            "preset",
            "session_id",
            "trace",
            "user",
            "metadata",
            "usage",
            "debug");

    /** What other dialects call what a chat calls otherwise. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of("max_output_tokens", "max_tokens", "stop_sequences", "stop");
    /** What they have in another form; a preset made of such a request does not have it. */
    private static final Set<String> OTHER_FORMS = Set.of(
            "system", "instructions", "input", "tools", "tool_choice", "thinking", "output_config", "text", "include");

    private final Desk desk;
    private final Presets presets;

    @Activate
    public PresetsEndpoint(@Reference Desk desk, @Reference Presets presets) {
        this.desk = desk;
        this.presets = presets;
    }

    @Override
    public void handle(HttpRequest request, HttpResponse response) {
        desk.serve(
                request,
                response,
                asker -> answer(request, asker.key().account().id()));
    }

    private Answer answer(HttpRequest request, String account) {
        var rest = request.path().substring(PATH.length());
        var parts = List.of(rest.replaceFirst("^/", "").split("/", -1));
        var slug = parts.get(0);
        if (request.method().equals("POST") && parts.size() >= 2) {
            return save(account, slug, String.join("/", parts.subList(1, parts.size())), request.body());
        }
        if (request.method().equals("DELETE") && parts.size() == 1) {
            if (!presets.delete(account, slug)) {
                throw notFound(slug);
            }
            var deleted = new JsonObject();
            deleted.addProperty("deleted", true);
            return Answer.data(deleted);
        }
        if (!request.method().equals("GET") || parts.size() > 3) {
            throw Failure.of(FailureKind.NOT_FOUND, "There is nothing at this path.")
                    .toException();
        }
        return slug.isEmpty() ? list(account) : read(account, slug, parts.subList(1, parts.size()));
    }

    private Answer list(String account) {
        var all = presets.all(account);
        var data = new JsonArray();
        all.forEach(preset -> data.add(json(preset)));
        return list(data);
    }

    private static Answer list(JsonArray data) {
        var body = new JsonObject();
        body.add("data", data);
        body.addProperty("total_count", data.size());
        return Answer.json(200, body);
    }

    private Answer read(String account, String slug, List<String> rest) {
        var versions = presets.versions(account, slug);
        if (versions.isEmpty()) {
            throw notFound(slug);
        }
        if (rest.isEmpty()) {
            return Answer.data(withVersion(versions.get(versions.size() - 1)));
        }
        if (!rest.get(0).equals("versions")) {
            throw Failure.of(FailureKind.NOT_FOUND, "There is nothing at this path.")
                    .toException();
        }
        if (rest.size() == 1) {
            var data = new JsonArray();
            versions.forEach(version -> data.add(version(version)));
            return list(data);
        }
        return versions.stream()
                .filter(version -> rest.get(1).equals(Integer.toString(version.version())))
                .findFirst()
                .map(version -> Answer.data(version(version)))
                .orElseThrow(() -> notFound(slug + "', version '" + rest.get(1)));
    }

    private Answer save(String account, String slug, String dialect, byte[] body) {
        var config = switch (dialect) {
            case "chat/completions" ->
                chat(RequestBody.checked(body, ChatFields.RULES).toTree());
            case "messages", "responses" ->
                other(RequestBody.checked(body, ChatFields.COMMON).toTree());
            default ->
                throw Failure.of(FailureKind.NOT_FOUND, "There is nothing at this path.")
                        .toException();
        };
        var prompt = JsonTree.text(config.remove("system_prompt"));
        return Answer.data(withVersion(presets.save(account, slug, prompt, JsonView.of(config))));
    }

    private static JsonObject chat(JsonObject asked) {
        var config = kept(asked);
        for (var message : JsonTree.array(asked.get("messages"))) {
            var role = JsonTree.text(JsonTree.object(message).get("role"));
            if (role.equals("system") || role.equals("developer")) {
                config.addProperty("system_prompt", text(JsonTree.object(message)));
                break;
            }
        }
        return config;
    }

    private static JsonObject other(JsonObject asked) {
        var config = kept(asked);
        OTHER_NAMES.forEach((name, canonical) -> {
            if (config.has(name)) {
                config.add(canonical, config.remove(name));
            }
        });
        OTHER_FORMS.forEach(config::remove);
        var prompt = new JsonObject();
        prompt.add("content", asked.has("system") ? asked.get("system") : asked.get("instructions"));
        config.addProperty("system_prompt", text(prompt));
        return config;
    }

    private static JsonObject kept(JsonObject asked) {
        var kept = asked.deepCopy();
        NOT_KEPT.forEach(kept::remove);
        kept.asMap().values().removeIf(value -> value.isJsonNull());
        return kept;
    }

    private static String text(JsonObject message) {
        if (!(message.get("content") instanceof JsonArray parts)) {
            return JsonTree.text(message.get("content"));
        }
        var text = new StringBuilder();
        parts.forEach(part -> text.append(JsonTree.text(JsonTree.object(part).get("text"))));
        return text.toString();
    }

    private JsonObject withVersion(Preset preset) {
        var json = json(preset);
        json.add("designated_version", version(preset));
        return json;
    }

    private JsonObject json(Preset latest) {
        var first = presets.versions(latest.account(), latest.slug()).get(0);
        var json = new JsonObject();
        json.addProperty("id", id(latest, ""));
        json.addProperty("slug", latest.slug());
        json.addProperty("name", latest.slug());
        json.add("description", JsonNull.INSTANCE);
        json.addProperty("status", "active");
        json.add("status_updated_at", JsonNull.INSTANCE);
        json.addProperty("designated_version_id", id(latest, "/" + latest.version()));
        json.addProperty("created_at", first.created().toString());
        json.addProperty("updated_at", latest.created().toString());
        json.add("creator_user_id", JsonNull.INSTANCE);
        json.add("workspace_id", JsonNull.INSTANCE);
        return json;
    }

    private static JsonObject version(Preset preset) {
        var json = new JsonObject();
        json.addProperty("id", id(preset, "/" + preset.version()));
        json.addProperty("preset_id", id(preset, ""));
        json.addProperty("version", preset.version());
        json.addProperty("creator_id", preset.account());
        json.addProperty("created_at", preset.created().toString());
        json.addProperty("updated_at", preset.created().toString());
        if (preset.systemPrompt().isEmpty()) {
            json.add("system_prompt", JsonNull.INSTANCE);
        } else {
            json.addProperty("system_prompt", preset.systemPrompt());
        }
        json.add("config", preset.config().toTree());
        return json;
    }

    /** The same whenever it is asked for. */
    private static String id(Preset preset, String version) {
        var name = preset.account() + '/' + preset.slug() + version;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static RuntimeException notFound(String slug) {
        return Failure.of(FailureKind.NOT_FOUND, "There is no preset '" + slug + "'.")
                .toException();
    }
}
