package io.patchbay.adapter.sandbox;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sandbox offers: {@code sandbox/BEHAVIOUR} for each behaviour, the operator's own names for them, and
 * {@code sandbox/embed}.
 */
final class SandboxEndpoints {
    private static final Logger log = LoggerFactory.getLogger(SandboxEndpoints.class);

    /** As large as today's largest; a prompt beyond it is refused. */
    private static final long CONTEXT_LENGTH = 1_000_000;

    /** The day the sandbox came out, 24 November 2026, in Unix time. */
    private static final long CREATED = 1_795_478_400L;

    private static final Set<String> PARAMETERS = Set.of(
            "max_completion_tokens",
            "max_tokens",
            "n",
            "parallel_tool_calls",
            "response_format",
            "seed",
            "stop",
            "structured_outputs",
            "temperature",
            "tool_choice",
            "tools",
            "top_p");

    private static final Provider PROVIDER =
            Provider.builder(Sandbox.NAME, Sandbox.NAME).displayName("Sandbox").build();

    private SandboxEndpoints() {}

    /**
     * The endpoints of all behaviours and of further models, last the one for embeddings.
     *
     * @param entries {@code author/name=behaviour}, or several separated by commas; a wrong one is left out and logged,
     *     the name of a model that exists already gives that model another behaviour
     */
    static List<Endpoint> with(List<String> entries) {
        var behaviours = new LinkedHashMap<ModelId, Behaviour>();
        for (var behaviour : Behaviour.values()) {
            behaviours.put(ModelId.parse(Sandbox.NAME + '/' + behaviour.id()), behaviour);
        }
        entries.stream()
                .flatMap(entry -> Arrays.stream(entry.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .forEach(entry -> parse(entry)
                        .ifPresentOrElse(
                                model -> behaviours.put(model.getKey(), model.getValue()),
                                () -> log.warn(
                                        "models: '{}' is left out (expected: author/name=behaviour, behaviours: {})",
                                        entry,
                                        Behaviour.ids())));
        return Stream.concat(
                        behaviours.entrySet().stream().map(model -> endpoint(model.getKey(), model.getValue())),
                        Stream.of(embeddings()))
                .toList();
    }

    private static Endpoint embeddings() {
        return Endpoint.builder(ModelId.parse(Sandbox.NAME + '/' + SandboxEmbeddings.MODEL), PROVIDER)
                .outputModalities(Set.of("embeddings"))
                .upstreamModel(SandboxEmbeddings.MODEL)
                .modelDisplayName("Sandbox: " + SandboxEmbeddings.MODEL)
                .description("Embeddings: the same vector for the same text, nearer ones for texts that share words.")
                .contextLength(CONTEXT_LENGTH)
                .price(Price.FREE)
                .supportedParameters(Set.of("dimensions"))
                .created(CREATED)
                .build();
    }

    private static Optional<Map.Entry<ModelId, Behaviour>> parse(String entry) {
        int equals = entry.indexOf('=');
        if (equals < 0) {
            return Optional.empty();
        }
        var behaviour = Behaviour.named(entry.substring(equals + 1).strip());
        return ModelId.tryParse(entry.substring(0, equals).strip())
                .flatMap(model -> behaviour.map(found -> Map.entry(model, found)));
    }

    private static Endpoint endpoint(ModelId model, Behaviour behaviour) {
        boolean ownName = model.author().equals(Sandbox.NAME);
        return Endpoint.builder(model, PROVIDER)
                .upstreamModel(behaviour.id())
                .modelDisplayName(ownName ? "Sandbox: " + model.name() : model + " (sandbox)")
                .description(behaviour.description())
                .contextLength(CONTEXT_LENGTH)
                .price(Price.FREE)
                .supportedParameters(PARAMETERS)
                .created(CREATED)
                .build();
    }
}
