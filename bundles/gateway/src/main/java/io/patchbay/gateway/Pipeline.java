package io.patchbay.gateway;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.guardrails.Guardrail;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.pipeline.Plugin;
import io.patchbay.api.pipeline.Room;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What requests pass before they are planned: the plugins that they name, then every guardrail, which so sees what is going
 * to be sent. For any thread.
 */
final class Pipeline {
    private static final String PLUGINS = "plugins";

    private final Set<String> required;
    private final Installed<Guardrail> guardrails = new Installed<>("Guardrail");
    private final Installed<Plugin> plugins = new Installed<>("Plugin");

    /** @param required names of the guardrails without which nothing is sent to anybody */
    Pipeline(Set<String> required) {
        this.required = required;
    }

    Installed<Guardrail> guardrails() {
        return guardrails;
    }

    Installed<Plugin> plugins() {
        return plugins;
    }

    /**
     * What has to be done first to a request.
     *
     * @param prepared names of the plugins that have done theirs
     * @throws io.patchbay.api.failure.FailureException why it does not pass
     */
    Preparation prepare(ChatRequest request, Collection<String> prepared, Room room) {
        var contents = request.contents();
        if (contents.isEmpty()) {
            return Preparation.NONE;
        }
        var settings = settings(request);
        Predicate<Installed.One<Plugin>> isConcerned =
                one -> isConcerned(one, contents, settings) && !prepared.contains(one.name());
        if (plugins.isAnyReturning(isConcerned)) {
            return Preparation.AWAY;
        }
        for (var plugin : plugins.all()) {
            if (isConcerned.test(plugin)) {
                var preparation = begin(plugin, request, Optional.ofNullable(settings.get(plugin.name())), room);
                if (preparation != Preparation.NONE) {
                    return preparation;
                }
            }
        }
        return Preparation.NONE;
    }

    private static boolean isConcerned(
            Installed.One<Plugin> plugin, Set<String> contents, Map<String, JsonView> settings) {
        return plugin.prepares().stream().anyMatch(contents::contains) && !isOff(settings, plugin.name());
    }

    /** What a request is going to be once it is prepared, as far as its route depends on it. */
    ChatRequest foreseen(ChatRequest request, Room room) {
        var asked = request;
        var settings = settings(request);
        for (var plugin : plugins.all()) {
            if (isConcerned(plugin, asked.contents(), settings)) {
                var named = Optional.ofNullable(settings.get(plugin.name()));
                asked = ChatRequest.of(plugin.service().foreseen(asked, named, room));
            }
        }
        return asked;
    }

    private static Preparation begin(
            Installed.One<Plugin> plugin, ChatRequest request, Optional<JsonView> settings, Room room) {
        if (!plugin.leases().acquire()) {
            return Preparation.AWAY;
        }
        boolean isUnderWay = false;
        try {
            var begun = plugin.service().prepare(request, settings, room);
            isUnderWay = begun.isPresent();
            if (begun.isEmpty()) {
                return Preparation.NONE;
            }
            var passage = begun.get();
            var unused =
                    passage.whenComplete((passed, failure) -> plugin.leases().release());
            return new Preparation.UnderWay(plugin.name(), passage);
        } finally {
            if (!isUnderWay) {
                plugin.leases().release();
            }
        }
    }

    /**
     * A request as it goes on.
     *
     * @param passages how it passed
     */
    record Entered<R extends ModelRequest>(R request, Passages passages) {}

    /** Whether every guardrail is there that is relied on. */
    boolean isComplete() {
        return guards().isPresent();
    }

    /** Every guardrail, if none is away that is relied on. */
    private Optional<List<Installed.One<Guardrail>>> guards() {
        return guardrails
                .complete()
                .filter(there -> required.isEmpty() || Installed.names(there).containsAll(required));
    }

    /**
     * Lets a request in, if it may; empty if a guardrail is away that is relied on, since a moment ago.
     *
     * @param prepared how it passed those that had to do something first
     * @throws io.patchbay.api.failure.FailureException why it does not pass
     */
    Optional<Entered<ChatRequest>> enter(
            ChatRequest request, Subject subject, Collection<Passage> prepared, Room room) {
        var passages = new ArrayList<>(prepared);
        var settings = settings(request);
        var asked = request;
        for (var plugin : plugins.all()) {
            if (!isOff(settings, plugin.name())) {
                var named = settings.get(plugin.name());
                var passage = plugin.service().enter(asked, Optional.ofNullable(named), room);
                asked = passage.map(Passage::request).map(ChatRequest::of).orElse(asked);
                passage.ifPresent(passages::add);
            }
        }
        return guarded(asked, subject, ChatRequest::of, passages);
    }

    /**
     * The same for requests of which plugins know nothing.
     *
     * @param of makes such a request
     */
    <R extends ModelRequest> Optional<Entered<R>> enter(R request, Subject subject, Function<JsonView, R> of) {
        return guarded(request, subject, of, new ArrayList<>());
    }

    private <R extends ModelRequest> Optional<Entered<R>> guarded(
            R request, Subject subject, Function<JsonView, R> of, List<Passage> passages) {
        var guards = guards();
        if (guards.isEmpty()) {
            return Optional.empty();
        }
        var asked = request;
        for (var guardrail : guards.get()) {
            var passage = guardrail.service().enter(subject, asked);
            asked = passage.map(Passage::request).map(of).orElse(asked);
            passage.ifPresent(passages::add);
        }
        return Optional.of(new Entered<>(asked, passages.isEmpty() ? Passages.NONE : new Passages(passages)));
    }

    /** What the request says of each plugin that it names, by their ids. */
    private Map<String, JsonView> settings(ChatRequest request) {
        if (!request.json().has(PLUGINS)) {
            return Map.of();
        }
        var settings = new TreeMap<String, JsonView>();
        int i = 0;
        for (var plugin : request.json().objects(PLUGINS)) {
            var id = plugin.string("id").orElse("");
            if (!isOff(plugin) && !isKnown(id)) {
                throw unknown(i, id);
            }
            settings.put(id, plugin);
            i++;
        }
        return settings;
    }

    private boolean isKnown(String id) {
        return plugins.isKnown(id);
    }

    private FailureException unknown(int i, String id) {
        var installed = String.join(", ", new TreeSet<>(plugins.names()));
        return Failure.invalid(
                        PLUGINS + '[' + i + "].id",
                        "There is no plugin '" + id + "' here. Installed: " + (installed.isEmpty() ? "none" : installed)
                                + '.')
                .toException();
    }

    private static boolean isOff(Map<String, JsonView> settings, String plugin) {
        var named = settings.get(plugin);
        return named != null && isOff(named);
    }

    private static boolean isOff(JsonView settings) {
        return settings.kind("enabled").filter(JsonKind.BOOLEAN::equals).isPresent() && !settings.isTrue("enabled");
    }
}
