package io.patchbay.compatibility;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an answer means, whoever reads it. Immutable. */
final class Facts {
    private final JsonObject json;

    Facts(JsonObject json) {
        this.json = json;
    }

    /** What stands in an answer instead of, or after, what it says. */
    record Fault(int status, String message, Optional<String> kind, Optional<Long> retryAfterMillis) {}

    Optional<Fault> fault() {
        if (!(json.get("error") instanceof JsonObject error)) {
            return endsInAnError()
                    ? Optional.of(new Fault(200, "", Optional.empty(), Optional.empty()))
                    : Optional.empty();
        }
        return Optional.of(new Fault(
                Json.number(error.get("status")).orElse(0L).intValue(),
                JsonTree.text(error.get("message")),
                Optional.of(JsonTree.text(error.get("kind"))).filter(kind -> !kind.isEmpty()),
                Json.number(error.get("retry_after_ms"))));
    }

    /** How many vectors there are. */
    Optional<Long> vectors() {
        return Json.number(json.get("embeddings"));
    }

    /** How long each vector is. */
    Optional<Long> dimensions() {
        return Json.number(json.get("dimensions"));
    }

    /** How many tokens the inputs were. */
    Optional<Long> promptTokens() {
        return Json.number(JsonTree.object(json.get("usage")).get("input"));
    }

    boolean hasCalls() {
        return !JsonTree.array(json.get("tool_calls")).isEmpty();
    }

    /** Some say that they failed by the reason why they stopped, and by nothing else. */
    private boolean endsInAnError() {
        return JsonTree.text(json.get("finish_openai")).isEmpty()
                && JsonTree.text(json.get("finish_native")).equalsIgnoreCase("error");
    }

    /** How an answer that was read differs from this one; nothing if it does not. */
    List<String> differences(Answer answer) {
        var found = new ArrayList<String>();
        if (!hasTaggedThoughtsIn(answer)) {
            text("text", answer.text(), found);
            reasoning(answer, found);
        }
        calls(answer, found);
        finishReason(answer, found);
        signatures(answer, found);
        usage(answer, found);
        return found;
    }

    /** Whether an answer says all that there was to say, whatever came after. */
    boolean isSaidBy(Answer answer) {
        return (JsonTree.text(json.get("text")).equals(answer.text()) || hasTaggedThoughtsIn(answer))
                && JsonTree.array(json.get("tool_calls")).size()
                        == answer.calls().size()
                && !answer.finishReason().isEmpty();
    }

    private void text(String name, String actual, List<String> found) {
        var expected = JsonTree.text(json.get(name));
        if (!expected.equals(actual)) {
            found.addAll(Json.differences(single(name, expected), single(name, actual)));
        }
    }

    /** Thoughts between tags at the beginning of the text may be told as reasoning. */
    private boolean hasTaggedThoughtsIn(Answer answer) {
        var text = JsonTree.text(json.get("text"));
        return text.startsWith("<think>")
                && !answer.reasoning().isEmpty()
                && plain(text).equals(plain(answer.reasoning() + answer.text()));
    }

    private static String plain(String text) {
        return text.replace("<think>", "").replace("</think>", "").replaceAll("\\s", "");
    }

    /** A plan beside calls ({@code tool_plan}) may be told as reasoning, and so may what stands in its details alone. */
    private void reasoning(Answer answer, List<String> found) {
        var said = JsonTree.text(json.get("reasoning"));
        var plan = JsonTree.text(json.get("tool_plan"));
        boolean isPlan = !plan.isEmpty() && answer.reasoning().equals(said + plan);
        boolean isInDetails = said.isEmpty() && answer.reasoning().equals(answer.detailedReasoning());
        if (!isPlan && !isInDetails) {
            text("reasoning", answer.reasoning(), found);
        }
    }

    private void calls(Answer answer, List<String> found) {
        var expected = JsonTree.array(json.get("tool_calls"));
        if (expected.size() != answer.calls().size()) {
            found.add("tool_calls: expected " + expected.size() + ", but was "
                    + answer.calls().size());
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            var call = JsonTree.object(expected.get(i));
            var read = answer.calls().get(i);
            var path = "tool_calls[" + i + "].";
            var id = JsonTree.text(call.get("id"));
            if (read.id().isEmpty() || !id.isEmpty() && !id.equals(read.id())) {
                found.add(path + "id: expected " + (id.isEmpty() ? "one" : id) + ", but was " + read.id());
            }
            if (!JsonTree.text(call.get("name")).equals(read.name())) {
                found.add(path + "name: expected " + call.get("name") + ", but was " + read.name());
            }
            boolean hasNone = !call.has("arguments") || call.get("arguments").isJsonNull();
            if (JsonTree.object(call.get("arguments")).has("__unparsed__")) {
                arguments(
                        path,
                        JsonTree.text(JsonTree.object(call.get("arguments")).get("__unparsed__")),
                        read,
                        found);
                continue;
            }
            found.addAll(Json.differences(
                    single(path + "arguments", hasNone ? new JsonObject() : call.get("arguments")),
                    single(path + "arguments", Json.lenient(read.arguments()))));
        }
    }

    /** What is no JSON is passed on as it is. */
    private static void arguments(String path, String expected, Answer.Call read, List<String> found) {
        if (!expected.equals(read.arguments())) {
            found.add(path + "arguments: expected " + expected + ", but was " + read.arguments());
        }
    }

    private void finishReason(Answer answer, List<String> found) {
        var expected = JsonTree.text(json.get("finish_openai"));
        // After calls, "stop" is what some providers say and no client expects.
        boolean stoppedToCall = expected.equals("stop") && !answer.calls().isEmpty();
        if (stoppedToCall && answer.finishReason().equals("tool_calls")) {
            return;
        }
        if (!expected.isEmpty() && !expected.equals(answer.finishReason())) {
            found.add("finish_reason: expected " + expected + ", but was " + answer.finishReason());
        }
    }

    private void signatures(Answer answer, List<String> found) {
        for (var signature : Json.texts(json.get("thought_signatures"))) {
            if (!answer.reasoningDetails().contains(signature)) {
                found.add("reasoning_details: lacks a signature");
            }
        }
        for (var block : JsonTree.array(json.get("reasoning_blocks"))) {
            for (var name : List.of("signature", "data")) {
                var kept = JsonTree.text(JsonTree.object(block).get(name));
                if (!kept.isEmpty() && !answer.reasoningDetails().contains(kept)) {
                    found.add("reasoning_details: lacks the " + name + " of a thought");
                }
            }
        }
    }

    private void usage(Answer answer, List<String> found) {
        var expected = JsonTree.object(json.get("usage"));
        if (expected.isEmpty()) {
            return;
        }
        var read = answer.usage();
        if (read.isEmpty()) {
            found.add("usage: none");
            return;
        }
        var counts = Map.of(
                "input", read.get().promptTokens(),
                "output", read.get().completionTokens(),
                "cached_input", read.get().cachedTokens(),
                "cache_write", read.get().cacheWriteTokens(),
                "reasoning", read.get().reasoningTokens());
        var whole = Map.of(
                "cached_input", read.get().promptTokens(),
                "cache_write", read.get().promptTokens(),
                "reasoning", read.get().completionTokens());
        // A part is never counted as more than the whole, whatever a provider says.
        counts.forEach((name, count) -> Json.number(expected.get(name))
                .map(number -> Math.min(number, whole.getOrDefault(name, number)))
                .filter(number -> !number.equals(count))
                .ifPresent(number -> found.add("usage." + name + ": expected " + number + ", but was " + count)));
    }

    private static JsonElement single(String name, String value) {
        var object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static JsonElement single(String name, JsonElement value) {
        var object = new JsonObject();
        object.add(name, value);
        return object;
    }
}
