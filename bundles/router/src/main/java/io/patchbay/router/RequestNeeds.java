package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.routing.Exclusion.Rule;
import io.patchbay.api.routing.Features;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.tasks.TaskRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request needs of an endpoint. What it holds is looked up once, and only when the first endpoint comes for which
 * that matters: most requests never pay for it. For one thread.
 */
final class RequestNeeds {
    /** What there is beside text, and how it reads in a reason. */
    private static final Map<String, String> CONTENTS = contents();

    private static final String EMBEDDINGS = "embeddings";

    private static final Set<String> EVERYTHING = CONTENTS.keySet();

    private final ModelRequest request;
    private final boolean requireParameters;
    private final long promptTokens;
    private final long leastPromptTokens;
    private final long maxTokens;
    private @Nullable Set<String> held;
    private @Nullable Set<String> wanted;
    private @Nullable List<String> required;
    private @Nullable List<String> preferred;

    RequestNeeds(RoutingRequest asked) {
        this.request = asked.request();
        this.requireParameters = asked.preferences().requireParameters();
        this.promptTokens = asked.promptTokens();
        this.leastPromptTokens = leastPromptTokens(asked);
        this.maxTokens = request instanceof ChatRequest chat ? chat.maxTokens().orElse(0) : 0;
    }

    /**
     * How short the prompt may be. What was counted may be a quarter less in another vocabulary; of what was reckoned from
     * its size, there are a few bytes to a token, or many.
     */
    private static long leastPromptTokens(RoutingRequest asked) {
        return asked.isCounted() ? asked.promptTokens() * 3 / 4 : asked.promptTokens() / 2;
    }

    private static Map<String, String> contents() {
        var contents = new LinkedHashMap<String, String>();
        contents.put("image", "images");
        contents.put("file", "files");
        contents.put("audio", "audio");
        contents.put("video", "video");
        return contents;
    }

    /** Why the endpoint can't take the request, empty if it can, or if that is not known. */
    Optional<Refusal> unmet(Endpoint endpoint) {
        if (isLonger(leastPromptTokens + maxTokens, endpoint.contextLength())) {
            return Refusal.by(Rule.CONTEXT_LENGTH, "its context is too short");
        }
        if (isLonger(maxTokens, endpoint.maxCompletionTokens())) {
            return Refusal.by(Rule.CONTEXT_LENGTH, "does not write as many tokens");
        }
        var inputs = endpoint.inputModalities();
        if (!inputs.isEmpty() && !inputs.containsAll(EVERYTHING)) {
            for (var content : held()) {
                if (!inputs.contains(content)) {
                    return Refusal.by(Rule.MODALITY, "does not take " + CONTENTS.get(content));
                }
            }
        }
        var outputs = endpoint.outputModalities();
        if (!outputs.isEmpty()) {
            boolean embeds = outputs.contains(EMBEDDINGS);
            if (embeds != isForEmbeddings()) {
                return Refusal.by(Rule.MODALITY, embeds ? "gives embeddings only" : "does not give embeddings");
            }
            if (request instanceof TaskRequest task
                    && !outputs.contains(task.task().modality())) {
                return Refusal.by(Rule.MODALITY, "does no " + task.task().words());
            }
            for (var content : wanted()) {
                if (!outputs.contains(content)) {
                    return Refusal.by(Rule.MODALITY, "does not give " + CONTENTS.get(content));
                }
            }
        }
        if (requireParameters) {
            for (var parameter : required()) {
                if (Parameters.lacks(endpoint, parameter)) {
                    return Refusal.by(Rule.REQUIRE_PARAMETERS, "does not support " + parameter);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the prompt, as long as it was reckoned to be, leaves no room for the answer. */
    boolean mayBeTooLongFor(Endpoint endpoint) {
        return isLonger(promptTokens + maxTokens, endpoint.contextLength());
    }

    private static boolean isLonger(long tokens, OptionalLong limit) {
        return limit.isPresent() && tokens > limit.getAsLong();
    }

    /** What a provider knows of parameters is about chats. */
    private boolean isChat() {
        return request instanceof ChatRequest;
    }

    private boolean isForEmbeddings() {
        return request instanceof EmbeddingsRequest;
    }

    /** Parameters that are to be honoured where any endpoint of a model does. */
    List<String> preferred() {
        var known = preferred;
        if (known == null) {
            known = isChat() ? Parameters.preferred(request.json()) : List.of();
            preferred = known;
        }
        return known;
    }

    private List<String> required() {
        var known = required;
        if (known == null) {
            known = isChat() ? Parameters.used(request) : List.of();
            required = known;
        }
        return known;
    }

    /** What the messages hold beside text. */
    private Set<String> held() {
        var known = held;
        if (known == null) {
            known = request instanceof ChatRequest chat ? chat.contents() : Set.of();
            held = known;
        }
        return known;
    }

    /** What the request asks for that the endpoint has refused of late; empty if nothing. */
    Optional<String> refusedOfLate(Set<String> refused) {
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        var asked = Features.of(request);
        return refused.stream().filter(asked::contains).findFirst();
    }

    /** What the answer is to hold beside text. */
    private Set<String> wanted() {
        var known = wanted;
        if (known == null) {
            known = Set.of();
            if (request.json().has("modalities")) {
                known = new TreeSet<>(request.json().strings("modalities"));
                known.retainAll(EVERYTHING);
            }
            wanted = known;
        }
        return known;
    }
}
