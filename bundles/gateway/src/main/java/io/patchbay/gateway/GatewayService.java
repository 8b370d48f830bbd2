package io.patchbay.gateway;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.LocalEmbeddings;
import io.patchbay.api.adapter.LocalModel;
import io.patchbay.api.adapter.TaskAdapter;
import io.patchbay.api.adapter.TokenAdapter;
import io.patchbay.api.cache.ResponseCache;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ModelRequest;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.fetch.Fetcher;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.EmbeddingsListener;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.generation.Generation;
import io.patchbay.api.generation.GenerationListener;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.guardrails.Guardrail;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.pipeline.Plugin;
import io.patchbay.api.presets.Presets;
import io.patchbay.api.routing.Route;
import io.patchbay.api.swap.Leases;
import io.patchbay.api.swap.Parking;
import io.patchbay.api.tasks.TaskListener;
import io.patchbay.api.tasks.TaskRequest;
import io.patchbay.api.tokens.TokenCounter;
import io.patchbay.api.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The component: keeps track of adapters and planner as they come and go, and starts runs. Immediate, because it must
 * know which adapters were there a moment ago.
 */
@Component(service = Gateway.class, immediate = true, configurationPid = "io.patchbay.gateway")
@Designate(ocd = GatewayService.Config.class)
public final class GatewayService implements Gateway {
    private static final Logger log = LoggerFactory.getLogger(GatewayService.class);

    /** A request that is sent is in memory several times over for a moment. */
    private static final int FETCHED_SHARE_OF_HEAP = 16;

    /** Settings of the gateway. */
    @ObjectClassDefinition(name = "Patchbay gateway")
    @interface Config {
        @AttributeDefinition(description = "Upstream attempts per request at the most", min = "1", max = "10")
        int max$_$attempts() default 3;

        @AttributeDefinition(
                description = "So many in a hundred of all attempts under way may be retries at failing endpoints",
                min = "0",
                max = "100")
        int retry$_$percent() default 20;

        @AttributeDefinition(description = "So many retries may be under way in any case", min = "0")
        int least$_$retries() default 3;

        @AttributeDefinition(
                description = "While another endpoint could be asked, a stream's first token is waited for this many"
                        + " times as long as the endpoint takes at its slowest (99th percentile); 0 for no limit",
                min = "0",
                max = "100")
        int first$_$token$_$patience() default 4;

        @AttributeDefinition(description = "Milliseconds that a stream's first token is waited for at the least")
        long first$_$token$_$patience$_$millis() default 5_000;

        @AttributeDefinition(
                description = "While a stream's first token is awaited longer than this percentile (50, 75, 90, 95, 99)"
                        + " of the endpoint's own times, a second endpoint is asked beside it; 0 for never")
        int hedge$_$percentile() default 0;

        @AttributeDefinition(description = "Milliseconds before which no second endpoint is asked", min = "0")
        long hedge$_$least$_$millis() default 200;

        @AttributeDefinition(
                description = "So many in a hundred of all attempts under way may be second ones",
                min = "0",
                max = "100")
        int hedge$_$percent() default 5;

        @AttributeDefinition(
                description = "Tokens of a stream that are held back until there are so many, so that an attempt which"
                        + " fails before that can be followed by another; 0 for none",
                min = "0",
                max = "1000")
        int hold$_$back$_$tokens() default 0;

        @AttributeDefinition(
                description = "Guardrails, by name, separated by commas, without which no request is sent to anybody")
        String required$_$guardrails() default "";

        @AttributeDefinition(
                description =
                        "Milliseconds that plugins may take to prepare a request: to fetch and read its files; and"
                                + " that may be fetched for an attempt")
        long prepare$_$timeout$_$millis() default 60_000;

        @AttributeDefinition(
                description =
                        "Bytes of pictures, videos and files in memory at once that are fetched for providers which"
                                + " don't do that themselves; 0 for a sixteenth of the heap",
                min = "0")
        int max$_$fetched$_$bytes() default 0;

        @AttributeDefinition(description = "Milliseconds an adapter that is being removed waits for its open answers")
        long drain$_$timeout$_$millis() default 10_000;

        @AttributeDefinition(description = "Milliseconds a request waits for a part that is being replaced")
        long park$_$timeout$_$millis() default 15_000;

        @AttributeDefinition(description = "Requests that may wait at once")
        int park$_$limit() default 1_000;
    }

    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final GatewayParts parts;
    private final Slot<Presets> presets = new Slot<>();
    private final Slot<TokenCounter> counter = new Slot<>();
    private final Tracked<Upstream> chats;
    private final Tracked<Embedder> embedders;
    private final Tracked<TaskAdapter> taskAdapters;

    @Activate
    public GatewayService(@Reference Transport transport, Config config) {
        this(transport, settings(config), Clock.systemUTC());
    }

    private static GatewaySettings settings(Config config) {
        return new GatewaySettings(
                config.max$_$attempts(),
                new AttemptBudget(config.retry$_$percent(), config.least$_$retries()),
                new Patience(
                        config.first$_$token$_$patience(),
                        Duration.ofMillis(config.first$_$token$_$patience$_$millis())),
                hedging(config),
                config.hold$_$back$_$tokens(),
                names(config.required$_$guardrails()),
                Duration.ofMillis(config.prepare$_$timeout$_$millis()),
                fetchedBytes(config.max$_$fetched$_$bytes()),
                Duration.ofMillis(config.drain$_$timeout$_$millis()),
                Duration.ofMillis(config.park$_$timeout$_$millis()),
                config.park$_$limit());
    }

    private static int fetchedBytes(int configured) {
        return configured > 0
                ? configured
                : (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / FETCHED_SHARE_OF_HEAP);
    }

    private static Set<String> names(String list) {
        return Pattern.compile(",")
                .splitAsStream(list)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Hedging hedging(Config config) {
        var least = Duration.ofMillis(config.hedge$_$least$_$millis());
        var budget = new AttemptBudget(config.hedge$_$percent(), 1);
        try {
            return new Hedging(config.hedge$_$percentile(), least, budget);
        } catch (IllegalArgumentException mistake) {
            log.error(
                    "io.patchbay.gateway.cfg: {}. No second endpoint is asked until it is mended",
                    mistake.getMessage());
            return new Hedging(0, least, budget);
        }
    }

    GatewayService(Transport transport, GatewaySettings settings, Clock clock) {
        this.clock = clock;
        this.scheduler = scheduler();
        var parking = new Parking(settings.parkLimit(), settings.parkTimeout(), scheduler);
        this.parts = new GatewayParts(
                transport,
                new Tokens(transport, clock),
                new AdapterRegistry<>(settings.drainTimeout(), parking),
                new AdapterRegistry<>(settings.drainTimeout(), parking),
                new AdapterRegistry<>(settings.drainTimeout(), parking),
                new PlannerSlot(),
                parking,
                new Records(),
                new InFlight(settings.retries(), settings.hedging().budget()),
                new WarmCaches(System::nanoTime),
                new PromptTokens(counter),
                new NamedPresets(presets),
                new Pipeline(settings.requiredGuardrails()),
                new Slot<>(),
                new Fetching(parking, settings.mostFetchedBytes()),
                settings,
                scheduler,
                System::nanoTime);
        this.chats = new Tracked<>(parts.adapters());
        this.embedders = new Tracked<>(parts.embedders());
        this.taskAdapters = new Tracked<>(parts.taskAdapters());
    }

    private static ScheduledExecutorService scheduler() {
        var scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "patchbay-gateway");
            thread.setDaemon(true);
            return thread;
        });
        // Most timers are cancelled long before their time; none is to keep a request in memory until then.
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    @Override
    public Generation generate(Caller caller, ChatRequest request, GenerationListener listener) {
        var run = new GenerationRun(parts, ticket(caller), request, listener);
        run.start();
        return run;
    }

    @Override
    public Generation embed(Caller caller, EmbeddingsRequest request, EmbeddingsListener listener) {
        var run = new EmbeddingsRun(parts, ticket(caller), request, listener);
        run.start();
        return run;
    }

    @Override
    public Generation perform(Caller caller, TaskRequest request, TaskListener listener) {
        var run = new TaskRun(parts, ticket(caller), request, listener);
        run.start();
        return run;
    }

    @Override
    public Route explain(Caller caller, ModelRequest request) {
        return parts.planner()
                .ask(planner -> {
                    var key = planner.authenticate(caller);
                    return entered(request, planner, Planner.subjectOf(key))
                            .map(entered -> planner.plan(
                                    entered.request(), key, entered.passages(), parts.surroundings(clock.instant())));
                })
                .flatMap(route -> route)
                .orElseThrow(() -> RunFailures.UNAVAILABLE.toException());
    }

    private Optional<? extends Pipeline.Entered<?>> entered(ModelRequest request, Planner planner, Subject subject) {
        if (request instanceof ChatRequest chat) {
            var full = parts.presets().applied(chat, subject.account());
            var foreseen = parts.pipeline().foreseen(full, planner.room(full, subject.account()));
            return parts.pipeline().enter(foreseen, subject, List.of(), planner.room(foreseen, subject.account()));
        }
        if (request instanceof TaskRequest task) {
            return parts.pipeline().enter(task, subject, json -> TaskRequest.of(task.task(), json));
        }
        return parts.pipeline().enter((EmbeddingsRequest) request, subject, EmbeddingsRequest::of);
    }

    private Run.Ticket ticket(Caller caller) {
        var now = clock.instant();
        return new Run.Ticket(
                named(caller).orElseGet(() -> GenerationIds.next(now, ThreadLocalRandom.current())), now, caller);
    }

    private static Optional<String> named(Caller caller) {
        if (caller instanceof Caller.OnBehalf delegate) {
            return Optional.of(delegate.generation());
        }
        return caller instanceof Caller.KeyHolder holder ? holder.generation() : Optional.empty();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPlanner(Planner planner) {
        parts.planner().put(planner);
        parts.parking().wake();
    }

    void unbindPlanner(Planner planner) {
        parts.planner().take(planner);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindGenerations(Generations generations) {
        parts.records().put(generations);
    }

    void unbindGenerations(Generations generations) {
        parts.records().take(generations);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPresets(Presets presets) {
        this.presets.put(presets);
    }

    void unbindPresets(Presets presets) {
        this.presets.take(presets);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTokenCounter(TokenCounter counter) {
        this.counter.put(counter);
    }

    void unbindTokenCounter(TokenCounter counter) {
        this.counter.take(counter);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindResponseCache(ResponseCache cache) {
        parts.cache().put(cache);
    }

    void unbindResponseCache(ResponseCache cache) {
        parts.cache().take(cache);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindFetcher(Fetcher fetcher, ServiceReference<Fetcher> reference) {
        parts.fetching().fetchers().add(installed(fetcher, reference.getBundle().getSymbolicName(), reference));
        parts.parking().wake();
    }

    void unbindFetcher(Fetcher fetcher) {
        parts.fetching().fetchers().leave(fetcher, parts.settings().drainTimeout());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindGuardrail(Guardrail guardrail, ServiceReference<Guardrail> reference) {
        parts.pipeline().guardrails().add(installed(guardrail, name(reference, Guardrail.NAME), reference));
        parts.parking().wake();
    }

    void unbindGuardrail(Guardrail guardrail) {
        parts.pipeline().guardrails().remove(guardrail);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPlugin(Plugin plugin, ServiceReference<Plugin> reference) {
        parts.pipeline().plugins().add(installed(plugin, name(reference, Plugin.ID), reference));
        parts.parking().wake();
    }

    void unbindPlugin(Plugin plugin) {
        parts.pipeline().plugins().leave(plugin, parts.settings().drainTimeout());
    }

    private static String name(ServiceReference<?> reference, String property) {
        return String.valueOf(reference.getProperty(property));
    }

    private static <S> Installed.One<S> installed(S service, String name, ServiceReference<S> reference) {
        var bundle = reference.getBundle();
        return new Installed.One<>(
                name,
                service,
                Rank.of(reference).serviceRanking(),
                () -> bundle.getState() == Bundle.UNINSTALLED,
                words(reference.getProperty(Plugin.PREPARES)),
                new Leases());
    }

    /** A property of one word or several. */
    private static Set<String> words(@Nullable Object property) {
        return property instanceof String[] several
                ? Set.of(several)
                : property instanceof String one ? Set.of(one) : Set.of();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindChatAdapter(ChatAdapter adapter, ServiceReference<ChatAdapter> reference) {
        chats.add(adapter, Upstream.Remote::new, reference);
    }

    void unbindChatAdapter(ChatAdapter adapter) {
        chats.remove(adapter);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindLocalModel(LocalModel model, ServiceReference<LocalModel> reference) {
        chats.add(model, Upstream.Local::new, reference);
    }

    void unbindLocalModel(LocalModel model) {
        chats.remove(model);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindEmbeddingsAdapter(EmbeddingsAdapter adapter, ServiceReference<EmbeddingsAdapter> reference) {
        embedders.add(adapter, Embedder.Remote::new, reference);
    }

    void unbindEmbeddingsAdapter(EmbeddingsAdapter adapter) {
        embedders.remove(adapter);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindLocalEmbeddings(LocalEmbeddings model, ServiceReference<LocalEmbeddings> reference) {
        embedders.add(model, Embedder.Local::new, reference);
    }

    void unbindLocalEmbeddings(LocalEmbeddings model) {
        embedders.remove(model);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTaskAdapter(TaskAdapter adapter, ServiceReference<TaskAdapter> reference) {
        taskAdapters.add(adapter, UnaryOperator.identity(), reference);
    }

    void unbindTaskAdapter(TaskAdapter adapter) {
        taskAdapters.remove(adapter);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTokenAdapter(TokenAdapter adapter, Map<String, Object> properties) {
        parts.tokens().add(String.valueOf(properties.get(TokenAdapter.NAME)), adapter);
    }

    void unbindTokenAdapter(TokenAdapter adapter) {
        parts.tokens().remove(adapter);
    }

    @Deactivate
    void deactivate() {
        scheduler.shutdown();
    }

    GatewayParts parts() {
        return parts;
    }
}
