package io.patchbay.adapter.gemini;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.adapter.Redaction;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What whole and streamed answers have in common: they are read the same way, one in one piece. For one thread. */
final class Answer {
    private final boolean showsThoughts;
    private final CallIds ids;
    private final boolean paysEachSearch;
    private final TreeMap<Integer, Candidate> candidates = new TreeMap<>();
    private final TokenCounts counts = new TokenCounts();
    private String blocked = "";
    private String whyBlocked = "";

    /** A choice that says what a piece of one candidate said. */
    record Piece(Candidate candidate, JsonObject delta, JsonObject choice) {}

    Answer(boolean showsThoughts, CallIds ids, boolean paysEachSearch) {
        this.showsThoughts = showsThoughts;
        this.ids = ids;
        this.paysEachSearch = paysEachSearch;
    }

    /** Reads one object of Gemini's. Choices lack what they say, and why they end. */
    List<Piece> read(JsonView json) {
        var id = json.string("responseId").orElse("");
        json.object("usageMetadata").ifPresent(counts::read);
        json.object("promptFeedback").ifPresent(feedback -> {
            blocked = feedback.string("blockReason").orElse(blocked);
            whyBlocked = feedback.string("blockReasonMessage").orElse(whyBlocked);
        });
        var pieces = new ArrayList<Piece>();
        for (var said : json.objects("candidates")) {
            int index = (int) Math.min(said.integer("index").orElse(0), Integer.MAX_VALUE);
            var candidate = candidates.computeIfAbsent(index, i -> new Candidate(i, showsThoughts, ids));
            var delta = candidate.read(said, id);
            var choice = new JsonObject();
            choice.addProperty("index", index);
            said.object("logprobsResult")
                    .map(LogProbabilities::canonical)
                    .ifPresent(found -> choice.add("logprobs", found));
            int searches =
                    said.object("groundingMetadata").map(Grounding::searches).orElse(0);
            counts.searched(paysEachSearch ? searches : Math.min(searches, 1));
            pieces.add(new Piece(candidate, delta, choice));
        }
        return pieces;
    }

    Collection<Candidate> candidates() {
        return candidates.values();
    }

    Optional<JsonObject> usage() {
        return counts.toCanonical();
    }

    /** Whether Gemini refused the prompt, and says no more than that. */
    boolean isBlocked() {
        return candidates.isEmpty() && !blocked.isEmpty();
    }

    /** The choice that says that the prompt was refused; {@code saying} is the name of what it says. */
    JsonObject blockedChoice(String saying) {
        var message = Json.with("role", "assistant");
        message.addProperty("content", "");
        if (!whyBlocked.isEmpty()) {
            message.addProperty("refusal", whyBlocked);
        }
        var choice = new JsonObject();
        choice.addProperty("index", 0);
        choice.add(saying, message);
        choice.addProperty("finish_reason", "content_filter");
        choice.addProperty("native_finish_reason", blocked);
        return choice;
    }

    /** Writes into a choice why it ends. */
    static void finish(Candidate candidate, JsonObject choice) {
        choice.addProperty("finish_reason", candidate.finishReason());
        var said = candidate.nativeFinish();
        choice.addProperty("native_finish_reason", said.isEmpty() ? "STOP" : said);
    }

    /** If the model failed before it said anything, another one may do better. */
    Optional<Failure> failure() {
        boolean isFailure = !candidates.isEmpty()
                && candidates.values().stream()
                        .allMatch(one -> one.finishReason().equals("error") && !one.speaks());
        return isFailure ? Optional.of(failure(candidates.firstEntry().getValue())) : Optional.empty();
    }

    private static Failure failure(Candidate candidate) {
        var failure = Failure.builder(FailureKind.UPSTREAM_ERROR, "The model failed to answer.")
                .providerCode(candidate.nativeFinish());
        if (!candidate.why().isEmpty()) {
            failure.providerMessage(Redaction.clean(candidate.why()));
        }
        return failure.build();
    }

    /** Adds to a message, or to the last delta, what is known only when the answer is complete. */
    static void addLast(Candidate candidate, JsonObject message) {
        if (!candidate.refusal().isEmpty()) {
            message.addProperty("refusal", candidate.refusal());
        }
        candidate.annotations().ifPresent(found -> message.add("annotations", found));
    }

    /** The message of an answer in one piece. */
    static JsonObject message(Candidate candidate, JsonObject delta) {
        var message = Json.with("role", "assistant");
        if (delta.has("content")) {
            message.add("content", delta.get("content"));
        } else if (delta.has("tool_calls")) {
            message.add("content", JsonNull.INSTANCE);
        } else {
            message.addProperty("content", "");
        }
        delta.asMap().forEach((name, value) -> message.add(name, value));
        addLast(candidate, message);
        return message;
    }
}
