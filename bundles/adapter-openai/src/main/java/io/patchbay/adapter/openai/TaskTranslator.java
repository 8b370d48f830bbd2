package io.patchbay.adapter.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import io.patchbay.api.tasks.Task;
import io.patchbay.api.tasks.TaskAnswer;
import io.patchbay.api.tasks.TaskRequest;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Pictures, speech and transcriptions as OpenAI has them (API reference: images, audio), reranking as Jina, Together, vLLM and
 * others have it beside that ({@code POST /rerank}).
 */
final class TaskTranslator {
    private static final String MODEL = "model";
    private static final String USAGE = "usage";
    /** OpenRouter's own, which OpenAI refuses. */
    private static final List<String> NOT_OF_IMAGES =
            List.of("aspect_ratio", "resolution", "input_references", "stream", "partial_images");

    private TaskTranslator() {}

    static UpstreamRequest encode(TaskRequest request, Endpoint endpoint, Credential credential) {
        if (request.task() == Task.TRANSCRIPTION) {
            return Recording.encode(request, endpoint, ChatEncoder.headers(endpoint.provider(), credential, "*/*"));
        }
        var json = request.json();
        var body = json.rewrite().set(MODEL, endpoint.upstreamModel()).remove("provider");
        List<String> dropped = List.of();
        if (request.task() == Task.IMAGE) {
            dropped = NOT_OF_IMAGES.stream().filter(json::has).toList();
            dropped.forEach(body::remove);
        }
        return UpstreamRequest.post(
                        path(request.task(), endpoint),
                        ChatEncoder.headers(endpoint.provider(), credential, "*/*"),
                        body.toBytes(),
                        Framing.WHOLE)
                .dropping(dropped);
    }

    private static String path(Task task, Endpoint endpoint) {
        return switch (task) {
            case RERANK -> endpoint.provider().options().getOrDefault("rerank-path", "/rerank");
            case IMAGE -> "/images/generations";
            case SPEECH -> "/audio/speech";
            case TRANSCRIPTION -> Recording.PATH;
        };
    }

    static TaskAnswer decode(TaskRequest request, Headers headers, byte[] body) {
        var type = headers.first("Content-Type").orElse("");
        if (request.task() == Task.SPEECH && !type.contains("json")) {
            // It is shown to clients as it is: sound, or nothing that anybody would open.
            return TaskAnswer.of(type.startsWith("audio/") ? type : "application/octet-stream", body);
        }
        var json = parsed(body);
        return switch (request.task()) {
            case RERANK -> reranked(request, json);
            case IMAGE -> pictures(json);
            case SPEECH -> throw malformed("The provider's answer is no sound.");
            case TRANSCRIPTION -> written(json);
        };
    }

    private static JsonView parsed(byte[] body) {
        JsonView json;
        try {
            json = JsonView.parse(body);
        } catch (MalformedJson e) {
            throw malformed("The provider's answer is not a JSON object.");
        }
        if (ErrorBody.isError(json)) {
            throw OpenAiFailures.inside(json).toException();
        }
        return json;
    }

    private static TaskAnswer reranked(TaskRequest request, JsonView json) {
        var asked = JsonTree.array(request.json().toTree().get("documents"));
        var tree = json.toTree();
        var results = JsonTree.array(tree.get(tree.has("results") ? "results" : "data"));
        if (results.isEmpty()) {
            throw malformed("The provider's answer has no results.");
        }
        var answer = new JsonObject();
        answer.add("results", results(results, asked));
        return TaskAnswer.of(JsonView.of(answer), usage(json), 0);
    }

    /** Each with the document it is about, whether the provider says it again or not. */
    private static JsonArray results(JsonArray told, JsonArray documents) {
        var results = new JsonArray();
        for (var one : told) {
            var result = JsonTree.object(one);
            int index =
                    JsonTree.isNumber(result.get("index")) ? result.get("index").getAsInt() : -1;
            if (index < 0 || index >= documents.size() || !JsonTree.isNumber(result.get("relevance_score"))) {
                throw malformed("A result of the provider's is about no document.");
            }
            var canonical = new JsonObject();
            canonical.addProperty("index", index);
            canonical.add("relevance_score", result.get("relevance_score"));
            canonical.add("document", document(documents, index));
            results.add(canonical);
        }
        return results;
    }

    private static JsonObject document(JsonArray documents, int index) {
        if (documents.get(index) instanceof JsonObject parts) {
            return parts;
        }
        var document = new JsonObject();
        document.addProperty("text", documents.get(index).getAsString());
        return document;
    }

    private static TaskAnswer pictures(JsonView json) {
        var pictures = json.objects("data");
        if (pictures.isEmpty()) {
            throw malformed("The provider's answer has no picture.");
        }
        return TaskAnswer.of(withoutUsage(json), usage(json), pictures.size());
    }

    private static TaskAnswer written(JsonView json) {
        if (json.string("text").isEmpty()) {
            throw malformed("The provider's answer has no text.");
        }
        return TaskAnswer.of(withoutUsage(json), usage(json), 0);
    }

    private static JsonView withoutUsage(JsonView json) {
        return json.has(USAGE) ? json.rewrite().remove(USAGE).toView() : json;
    }

    /** In the words of chats. Where recordings are measured in seconds, a second counts as a token. */
    private static Optional<Usage> usage(JsonView json) {
        var said = json.object(USAGE);
        if (said.isEmpty()) {
            return Optional.empty();
        }
        var told = said.get();
        long completion = first(told, "completion_tokens", "output_tokens");
        long prompt = first(told, "prompt_tokens", "input_tokens", "total_tokens");
        var usage = new JsonObject();
        if (prompt == 0 && completion == 0) {
            var seconds = told.number("seconds");
            if (seconds.isEmpty()) {
                return Optional.empty();
            }
            prompt = seconds.get().setScale(0, RoundingMode.CEILING).longValue();
            usage.addProperty("seconds", seconds.get());
        }
        usage.addProperty("prompt_tokens", prompt);
        usage.addProperty("completion_tokens", completion);
        usage.addProperty("total_tokens", prompt + completion);
        return Optional.of(Usage.of(JsonView.of(usage)));
    }

    private static long first(JsonView usage, String... names) {
        for (var name : names) {
            var count = usage.integer(name);
            if (count.isPresent()) {
                return count.getAsLong();
            }
        }
        return 0;
    }

    private static FailureException malformed(String why) {
        return Failure.of(FailureKind.MALFORMED_ANSWER, why).toException();
    }

    /** Loads this class and those it needs. */
    static void warmUp(Endpoint endpoint) {
        var request = JsonView.parse("{\"documents\":[\"a\"],\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}");
        for (var task : Task.values()) {
            var unused = encode(TaskRequest.of(task, request), endpoint, Credential.none());
        }
        var usage = ",\"usage\":{\"total_tokens\":1}}";
        for (var answer : List.of(
                "{\"results\":[{\"index\":0,\"relevance_score\":1}]" + usage,
                "{\"data\":[{}]" + usage,
                "{\"text\":\"a\",\"usage\":{\"seconds\":1.5}}")) {
            var task = answer.contains("results")
                    ? Task.RERANK
                    : answer.contains("data") ? Task.IMAGE : Task.TRANSCRIPTION;
            var unused = decode(TaskRequest.of(task, request), Headers.none(), answer.getBytes(StandardCharsets.UTF_8));
        }
    }
}
