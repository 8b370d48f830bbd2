package io.patchbay.adapter.cohere;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Credential;
import io.patchbay.api.adapter.Framing;
import io.patchbay.api.adapter.TaskAdapter;
import io.patchbay.api.adapter.UpstreamRequest;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import io.patchbay.api.tasks.Task;
import io.patchbay.api.tasks.TaskAnswer;
import io.patchbay.api.tasks.TaskRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reranking by {@code POST /v2/rerank}. Source: Cohere's API reference, "Rerank API (v2)". */
final class RerankTranslator {
    private static final String DOCUMENTS = "documents";

    private RerankTranslator() {}

    static UpstreamRequest encode(TaskRequest request, Endpoint endpoint, Credential credential) {
        if (request.task() != Task.RERANK) {
            throw TaskAdapter.cannot(request.task());
        }
        var json = request.json();
        var body = new JsonObject();
        body.addProperty("model", endpoint.upstreamModel());
        body.addProperty("query", json.string("query").orElse(""));
        body.add(DOCUMENTS, texts(json));
        json.integer("top_n").ifPresent(count -> body.addProperty("top_n", count));
        json.integer("max_tokens_per_doc").ifPresent(count -> body.addProperty("max_tokens_per_doc", count));
        return UpstreamRequest.post(
                "/v2/rerank",
                ChatEncoder.headers(credential, "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8),
                Framing.WHOLE);
    }

    private static JsonArray texts(JsonView json) {
        var texts = new JsonArray();
        for (var document : JsonTree.array(json.toTree().get(DOCUMENTS))) {
            var text =
                    document instanceof JsonObject parts ? JsonTree.text(parts.get("text")) : JsonTree.text(document);
            if (text.isEmpty()) {
                throw Failure.invalid(DOCUMENTS, "This provider reranks texts only.")
                        .toException();
            }
            texts.add(text);
        }
        return texts;
    }

    static TaskAnswer decode(TaskRequest request, byte[] body) {
        JsonObject told;
        try {
            told = JsonView.parse(body).toTree();
        } catch (MalformedJson e) {
            throw malformed("The provider's answer is not a JSON object.");
        }
        var documents = texts(request.json());
        var results = new JsonArray();
        for (var one : JsonTree.array(told.get("results"))) {
            results.add(result(JsonTree.object(one), documents));
        }
        if (results.isEmpty()) {
            throw malformed("The provider's answer has no results.");
        }
        var answer = new JsonObject();
        answer.add("results", results);
        return TaskAnswer.of(JsonView.of(answer), Optional.of(usage(request, told)), 0);
    }

    private static JsonObject result(JsonObject told, JsonArray documents) {
        int index = JsonTree.isNumber(told.get("index")) ? told.get("index").getAsInt() : -1;
        if (index < 0 || index >= documents.size() || !JsonTree.isNumber(told.get("relevance_score"))) {
            throw malformed("A result of the provider's is about no document.");
        }
        var document = new JsonObject();
        document.add("text", documents.get(index));
        var result = new JsonObject();
        result.addProperty("index", index);
        result.add("relevance_score", told.get("relevance_score"));
        result.add("document", document);
        return result;
    }

    /** Cohere bills searches: one for a query with up to a hundred documents. They are what counts as tokens here. */
    private static Usage usage(TaskRequest request, JsonObject told) {
        var billed = JsonTree.object(JsonTree.object(told.get("meta")).get("billed_units"))
                .get("search_units");
        if (!JsonTree.isNumber(billed)) {
            return request.estimate(0);
        }
        var usage = new JsonObject();
        usage.addProperty("prompt_tokens", billed.getAsLong());
        usage.addProperty("completion_tokens", 0);
        usage.addProperty("total_tokens", billed.getAsLong());
        usage.addProperty("search_units", billed.getAsLong());
        return Usage.of(JsonView.of(usage));
    }

    private static FailureException malformed(String why) {
        return Failure.of(FailureKind.MALFORMED_ANSWER, why).toException();
    }

    /** Loads this class and those it needs. */
    static void warmUp(Endpoint endpoint) {
        var request = TaskRequest.of(Task.RERANK, JsonView.parse("{\"query\":\"a\",\"documents\":[\"a\"]}"));
        var unused = encode(request, endpoint, Credential.none());
        var answer =
                "{\"results\":[{\"index\":0,\"relevance_score\":1}],\"meta\":{\"billed_units\":{\"search_units\":1}}}";
        var unusedToo = decode(request, answer.getBytes(StandardCharsets.UTF_8));
    }
}
