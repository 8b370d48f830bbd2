package io.patchbay.catalog;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.EmbeddingsAdapter;
import io.patchbay.api.adapter.LocalEmbeddings;
import io.patchbay.api.adapter.LocalModel;
import io.patchbay.api.adapter.ModelListAdapter;
import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.EndpointSource;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Prices.Source;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
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
 * The catalog: what files, providers and bundles offer, put together. Immediate, because what it has learnt from
 * providers must not depend on whether somebody asks for it.
 *
 * <p>It listens for the provider files itself, rather than have the framework make a component of each: a component
 * whose new configuration is wrong would be gone, and here the old one has to stay in force.
 *
 * <p>What its own file says may change while it stays: what it has learnt is not lost.
 *
 * <p>Changes come one at a time, under one lock; each ends with a new {@link Snapshot}, which is all that requests see.
 */
@Component(
        service = {Catalog.class, ConfigurationListener.class},
        immediate = true,
        configurationPid = "io.patchbay.catalog")
@Designate(ocd = CatalogService.Config.class)
public final class CatalogService implements Catalog, ConfigurationListener {
    /** Settings of the catalog. */
    @ObjectClassDefinition(name = "Patchbay catalog")
    @interface Config {
        @AttributeDefinition(description = "Folder of the catalogue, one PROVIDER.json each; etc/catalog if empty")
        String directory() default "";

        @AttributeDefinition(
                description = "What becomes of models whose price is not known: refuse, ceiling or free, "
                        + "unless the provider's file says otherwise")
        String unknown$_$price() default "refuse";

        @AttributeDefinition(description = "The ceiling: US dollars for a million prompt tokens")
        String unknown$_$price$_$prompt() default "";

        @AttributeDefinition(description = "The ceiling: US dollars for a million completion tokens")
        String unknown$_$price$_$completion() default "";
    }

    /** Longer than the update of a bundle takes, shorter than anybody's patience with a model that is gone. */
    static final Duration RETENTION = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(CatalogService.class);

    private final Object lock = new Object();
    private final Timer timer;
    private final Runnable stopTimer;
    private final Function<String, Map<String, Map<String, Object>>> current;
    private final ProviderFiles files = new ProviderFiles();
    private final KeyOverlay keys;
    private final PriceBook book;
    private final OwnEndpoints ownEndpoints;
    private final Supplier<Set<String>> owned;
    private final CatalogueWatch watch;
    private final Map<String, ConfiguredProvider> configured = new TreeMap<>();
    private final BroughtAlong broughtAlong;
    private final Map<String, ModelListAdapter> listAdapters = new HashMap<>();
    private final Presence adapters;
    private Map<String, CatalogueFile> catalogue = Map.of();
    private PricePolicy prices = PricePolicy.REFUSE;
    private @Nullable Transport transport;
    private Runnable unfollow = () -> {};
    private Runnable callOffNextPrice = () -> {};
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    /** Begins with what is configured already, so that nobody sees an empty catalog after an update. */
    @Activate
    public CatalogService(
            Config config,
            @Reference ConfigurationAdmin admin,
            @Reference ServiceReference<ConfigurationAdmin> reference,
            @Reference StoredKeys keys,
            @Reference PriceBook book) {
        this(config, new SchedulerTimer("patchbay-catalog"), new ProviderConfigurations(admin, reference), keys, book);
    }

    private CatalogService(
            Config config,
            SchedulerTimer timer,
            ProviderConfigurations configurations,
            StoredKeys stored,
            PriceBook book) {
        this(
                timer,
                timer::close,
                configurations::one,
                stored::of,
                new OwnEndpoints(stored::ofAccount),
                stored::owned,
                book);
        var noKeys = stored.follow(this::keysChanged);
        var noPrices = book.follow(this::pricesChanged);
        unfollow = () -> {
            noKeys.run();
            noPrices.run();
        };
        price(settings(config));
        watch(folder(config));
        begin(configurations.all());
    }

    /**
     * Begins with nothing.
     *
     * @param current what is configured now, by PID
     * @param stored the stored key of a provider, by its name
     * @param ownEndpoints what accounts can use with credentials of their own
     * @param owned names of the providers of which accounts have such credentials
     * @param book imported prices
     */
    CatalogService(
            Timer timer,
            Runnable stopTimer,
            Function<String, Map<String, Map<String, Object>>> current,
            Function<String, Optional<StoredKey>> stored,
            OwnEndpoints ownEndpoints,
            Supplier<Set<String>> owned,
            PriceBook book) {
        this.timer = timer;
        this.ownEndpoints = ownEndpoints;
        this.owned = owned;
        this.book = book;
        this.stopTimer = stopTimer;
        this.current = current;
        this.keys = new KeyOverlay(stored);
        this.broughtAlong = new BroughtAlong(lock, timer, RETENTION, this::publish);
        this.adapters = new Presence(lock, timer, RETENTION, this::publish);
        this.watch = new CatalogueWatch(timer, this::catalogueChanged);
    }

    @Modified
    void modified(Config config) {
        price(settings(config));
        watch(folder(config));
    }

    private static Path folder(Config config) {
        return config.directory().isBlank()
                ? Path.of(System.getProperty("karaf.etc", "etc"), "catalog")
                : Path.of(config.directory());
    }

    private static Settings settings(Config config) {
        return Settings.of(Map.of(
                "unknown-price", config.unknown$_$price(),
                "unknown-price-prompt", config.unknown$_$price$_$prompt(),
                "unknown-price-completion", config.unknown$_$price$_$completion()));
    }

    /** Takes what the catalog's own file says of unknown prices. */
    void price(Settings settings) {
        try {
            var read = PricePolicy.read(settings);
            synchronized (lock) {
                prices = read;
                apply();
            }
        } catch (BadSetting e) {
            log.warn("io.patchbay.catalog.cfg: {}: {}. What was in force stays in force.", e.key(), e.reason());
        }
    }

    void watch(Path folder) {
        watch.watch(folder);
    }

    private void catalogueChanged(Map<String, CatalogueFile> inForce) {
        synchronized (lock) {
            catalogue = inForce;
            apply();
        }
    }

    /** Stored keys come and go by themselves, beside the files. */
    void keysChanged() {
        synchronized (lock) {
            apply();
        }
    }

    /** Imported prices come and go, and begin to stand, by themselves. */
    void pricesChanged() {
        synchronized (lock) {
            publish();
        }
    }

    @Override
    public List<Endpoint> endpoints(ModelId model) {
        return snapshot.endpoints(model);
    }

    @Override
    public List<Endpoint> endpoints(ModelId model, String account) {
        var now = snapshot;
        return ownEndpoints.of(account, now.endpoints(model), now.dormant(model));
    }

    @Override
    public List<Endpoint> endpoints() {
        return snapshot.usable();
    }

    @Override
    public List<ProviderStatus> providers() {
        return snapshot.providers();
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (!ProviderConfigurations.isAbout(event)) {
            return;
        }
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            deleted(event.getPid());
        } else {
            current.apply(event.getPid()).forEach(this::updated);
        }
    }

    void begin(Map<String, ? extends Map<String, ?>> configurations) {
        synchronized (lock) {
            files.begin(configurations, keys::over);
            apply();
        }
    }

    void updated(String pid, Map<String, ?> configuration) {
        synchronized (lock) {
            if (files.updated(pid, configuration)) {
                apply();
            }
        }
    }

    void deleted(String pid) {
        synchronized (lock) {
            if (files.deleted(pid)) {
                apply();
            }
        }
    }

    @Reference(
            service = ChatAdapter.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindChatAdapter(Map<String, Object> properties) {
        adapterCame(properties);
    }

    void unbindChatAdapter(Map<String, Object> properties) {
        adapterWent(properties);
    }

    @Reference(
            service = LocalModel.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindLocalModel(Map<String, Object> properties) {
        adapterCame(properties);
    }

    void unbindLocalModel(Map<String, Object> properties) {
        adapterWent(properties);
    }

    @Reference(
            service = EmbeddingsAdapter.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindEmbeddingsAdapter(Map<String, Object> properties) {
        adapterCame(properties);
    }

    void unbindEmbeddingsAdapter(Map<String, Object> properties) {
        adapterWent(properties);
    }

    @Reference(
            service = LocalEmbeddings.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindLocalEmbeddings(Map<String, Object> properties) {
        adapterCame(properties);
    }

    void unbindLocalEmbeddings(Map<String, Object> properties) {
        adapterWent(properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSource(EndpointSource source) {
        try {
            var endpoints = List.copyOf(source.endpoints());
            synchronized (lock) {
                broughtAlong.came(source, endpoints);
                publish();
            }
        } catch (RuntimeException e) {
            log.warn("The endpoints of {} can't be had", source.getClass().getName(), e);
        }
    }

    void unbindSource(EndpointSource source) {
        synchronized (lock) {
            broughtAlong.went(source);
            publish();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListAdapter(ModelListAdapter adapter, Map<String, Object> properties) {
        synchronized (lock) {
            listAdapters.put(name(properties), adapter);
            configured.values().forEach(ConfiguredProvider::wake);
        }
    }

    void unbindListAdapter(ModelListAdapter adapter, Map<String, Object> properties) {
        synchronized (lock) {
            listAdapters.remove(name(properties), adapter);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTransport(Transport service) {
        synchronized (lock) {
            transport = service;
            configured.values().forEach(ConfiguredProvider::wake);
        }
    }

    void unbindTransport(Transport service) {
        synchronized (lock) {
            if (transport == service) {
                transport = null;
            }
            configured.values().forEach(ConfiguredProvider::lineLost);
        }
    }

    @Deactivate
    void stop() {
        unfollow.run();
        watch.close();
        stopTimer.run();
        synchronized (lock) {
            configured.values().forEach(ConfiguredProvider::close);
        }
    }

    private void adapterCame(Map<String, Object> properties) {
        synchronized (lock) {
            adapters.came(name(properties));
            publish();
        }
    }

    private void adapterWent(Map<String, Object> properties) {
        synchronized (lock) {
            adapters.went(name(properties));
            publish();
        }
    }

    /** Brings the providers into line with the files: what has not changed is left as it is. */
    private void apply() {
        var inForce = new LinkedHashMap<String, ProviderSettings>();
        files.inForce().stream()
                .filter(ProviderSettings::enabled)
                .forEach(file -> inForce.put(file.name(), keys.over(file)));
        configured.values().removeIf(provider -> {
            boolean gone = !inForce.containsKey(provider.settings().name());
            if (gone) {
                provider.close();
            }
            return gone;
        });
        inForce.forEach((name, settings) -> {
            var before = configured.get(name);
            var known = catalogue.getOrDefault(name, CatalogueFile.NONE);
            if (before == null || !before.isMadeOf(settings, known, prices)) {
                var models = new ProviderModels(settings, known, prices);
                configured.put(name, configure(models, before == null ? List.of() : before.discovered()));
                if (before != null) {
                    before.close();
                }
            }
        });
        publish();
    }

    /** Models that were discovered before stay until the provider has answered the new configuration. */
    private ConfiguredProvider configure(ProviderModels models, List<String> known) {
        var settings = models.settings();
        if (!models.areAskedFor() || settings.lacksCredential()) {
            return new ConfiguredProvider(models, null);
        }
        var adapter = settings.provider().adapter();
        var discovery = new Discovery(settings, known, lock, timer, () -> line(adapter), this::publish);
        discovery.ask();
        return new ConfiguredProvider(models, discovery);
    }

    private Optional<Line> line(String adapter) {
        var words = listAdapters.get(adapter);
        var carrier = transport;
        return words == null || carrier == null ? Optional.empty() : Optional.of(new Line(words, carrier));
    }

    private void publish() {
        var offered = new ArrayList<Endpoint>();
        var dormant = new ArrayList<Endpoint>();
        var statuses = new ArrayList<ProviderStatus>();
        var wanted = owned.get();
        for (var provider : configured.values()) {
            offered.addAll(provider.endpoints());
            if (wanted.contains(provider.settings().name())) {
                dormant.addAll(provider.dormant());
            }
            boolean hasAdapter = adapters.has(provider.settings().provider().adapter());
            statuses.add(keys.explain(provider.status(hasAdapter)));
        }
        var brought = broughtAlong.present(prices);
        offered.addAll(brought);
        offered.replaceAll(book::priced);
        dormant.replaceAll(book::priced);
        statuses.addAll(BroughtAlong.statuses(brought, configured::containsKey, adapters::has));
        book.note(offered, this::source);
        offered.addAll(atServiceTiers(offered));
        dormant.addAll(atServiceTiers(dormant));
        snapshot = Snapshot.of(
                offered, broughtAlong.departed(prices), dormant, adapters.present(), adapters.missed(), statuses);
        awaitNextPrice();
    }

    private List<Endpoint> atServiceTiers(List<Endpoint> endpoints) {
        var tiered = new ArrayList<Endpoint>();
        for (var endpoint : endpoints) {
            var provider = configured.get(endpoint.provider().name());
            if (provider != null) {
                provider.settings()
                        .serviceTiers()
                        .forEach(tier -> tier.of(endpoint).ifPresent(tiered::add));
            }
        }
        return tiered;
    }

    private Source source(Endpoint endpoint) {
        var provider = configured.get(endpoint.provider().name());
        return provider == null ? Source.BUNDLE : provider.source(endpoint);
    }

    private void awaitNextPrice() {
        callOffNextPrice.run();
        callOffNextPrice = book.untilNextChange()
                .map(time -> timer.in(time.plusMillis(1), this::pricesChanged))
                .orElse(() -> {});
    }

    private static String name(Map<String, Object> properties) {
        return String.valueOf(properties.get(ChatAdapter.NAME));
    }
}
