package io.patchbay.api.routing;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a request asks for that some models can't do, whatever the catalogue says: its parameters by their names, what its
 * messages hold beside text, and {@code prefill}, the beginning of an answer that the model is to continue. Providers
 * tell in a refusal, each in its own words, that theirs can't.
 */
public final class Features {
    private static final String PREFILL = "prefill";

    /** A refusal for what a model is, not for what is wrong with the request. */
    private static final Pattern UNABLE = Pattern.compile(
            "(?:does|do|is|are|can)(?: ?not|n.t) (?:yet |currently )?(?:support|accept)|not supported|unsupported"
                    + "|not available (?:for|with|on) th(?:is|e) model|only supported (?:by|on|with)");
    /** The words in which features are refused, where those are not their names. */
    private static final Map<String, List<String>> WORDS = Map.of(
            PREFILL,
            List.of(PREFILL, "end with a user message", "last message"),
            "tools",
            List.of("tool", "function call", "functions"),
            "response_format",
            List.of("response_format", "json_schema", "json schema", "json mode", "structured output"),
            "image",
            List.of("image", "vision"),
            "audio",
            List.of("audio"),
            "file",
            List.of("file", "document", "pdf"),
            "video",
            List.of("video"));

    private Features() {}

    /** What a request asks for. */
    public static Set<String> of(ModelRequest request) {
        var features = new TreeSet<>(request.parameters());
        if (request instanceof ChatRequest chat) {
            features.addAll(chat.contents());
            if (isPrefilled(chat)) {
                features.add(PREFILL);
            }
        }
        return features;
    }

    private static boolean isPrefilled(ChatRequest chat) {
        var messages = chat.messages();
        return !messages.isEmpty()
                && messages.get(messages.size() - 1)
                        .string("role")
                        .filter("assistant"::equals)
                        .isPresent();
    }

    /** Whether a provider has refused a request that another one may well take, as its model can't do what it asks for. */
    public static boolean isBeyond(Failure refusal) {
        return refusal.kind() == FailureKind.INVALID_REQUEST
                && refusal.providerStatus().isPresent()
                && UNABLE.matcher(words(refusal)).find();
    }

    /** Which feature of a request a model can't do, as its provider has said; empty if it did not say that clearly. */
    public static Optional<String> refused(ModelRequest request, Failure refusal) {
        var words = words(refusal);
        boolean isOfTheModel = words.contains("model") || words.contains(PREFILL);
        if (!isBeyond(refusal) || !isOfTheModel) {
            return Optional.empty();
        }
        var features = of(request);
        return refusal.field()
                .filter(features::contains)
                .or(() -> features.stream()
                        .filter(feature -> WORDS.getOrDefault(feature, List.of(feature)).stream()
                                .anyMatch(words::contains))
                        .findFirst());
    }

    private static String words(Failure refusal) {
        return (refusal.providerCode().orElse("")
                        + ' '
                        + refusal.providerMessage().orElse(refusal.message()))
                .toLowerCase(Locale.ROOT);
    }
}
