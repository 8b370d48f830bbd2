package io.patchbay.health;

import io.patchbay.api.failure.Blame;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keeps a state and statistics per endpoint id. Immediate, so that what it knows is not lost when its last user goes. */
@Component(service = Health.class, immediate = true, configurationPid = "io.patchbay.health")
@Designate(ocd = HealthMemory.Config.class)
public final class HealthMemory implements Health {
    /** Settings of passive health checking. */
    @ObjectClassDefinition(name = "Patchbay health")
    @interface Config {
        @AttributeDefinition(description = "So many failures in a row eject an endpoint", min = "1")
        int consecutive$_$failures() default 5;

        @AttributeDefinition(
                description =
                        "So many failures in a hundred attempts of half a minute eject an endpoint; 100 for never",
                min = "1",
                max = "100")
        int failure$_$percent() default 50;

        @AttributeDefinition(description = "Attempts of half a minute below which their share says nothing", min = "1")
        int failure$_$percent$_$attempts() default 20;

        @AttributeDefinition(description = "Seconds of the first ejection; the nth in a row takes n times as long")
        long base$_$ejection$_$seconds() default 30;

        @AttributeDefinition(description = "Seconds of an ejection at the most")
        long max$_$ejection$_$seconds() default 300;
    }

    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

    private final EjectionPolicy policy;
    private final InstantSource clock;
    private final @Nullable HealthFile file;
    private final Map<String, Known> known;
    private final ScheduledExecutorService saver = Executors.newSingleThreadScheduledExecutor(HealthMemory::daemon);

    @Activate
    public HealthMemory(Config config) {
        this(
                new EjectionPolicy(
                        config.consecutive$_$failures(),
                        config.failure$_$percent(),
                        config.failure$_$percent$_$attempts(),
                        Duration.ofSeconds(config.base$_$ejection$_$seconds()),
                        Duration.ofSeconds(config.max$_$ejection$_$seconds())),
                InstantSource.system(),
                new HealthFile(Path.of(System.getProperty("karaf.data", "data")).resolve("health")));
        var unused = saver.scheduleWithFixedDelay(
                this::save, SAVE_EVERY.toSeconds(), SAVE_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    /** Without a file. */
    HealthMemory(EjectionPolicy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
        this.file = null;
        this.known = new ConcurrentHashMap<>();
    }

    HealthMemory(EjectionPolicy policy, InstantSource clock, HealthFile file) {
        this.policy = policy;
        this.clock = clock;
        this.file = file;
        this.known = file.read(policy);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "patchbay-health");
        thread.setDaemon(true);
        return thread;
    }

    private void save() {
        if (file != null) {
            file.write(known);
        }
    }

    @Deactivate
    void deactivate() {
        saver.shutdown();
        save();
    }

    @Override
    public void record(Outcome outcome) {
        if (outcome.failure().filter(HealthMemory::saysNothing).isPresent()) {
            return;
        }
        knownOf(outcome.endpointId()).record(outcome, clock.instant());
    }

    private Known knownOf(String endpointId) {
        return known.computeIfAbsent(endpointId, id -> Known.nothing(policy));
    }

    /** A client's mistake, or ours, is none of the endpoint's. */
    private static boolean saysNothing(Failure failure) {
        var blame = failure.kind().blame();
        return blame == Blame.CLIENT || blame == Blame.GATEWAY;
    }

    @Override
    public EndpointHealth of(String endpointId) {
        var endpoint = known.get(endpointId);
        return endpoint == null ? EndpointHealth.UNKNOWN : endpoint.state().at(clock);
    }

    @Override
    public void refused(String endpointId, String feature) {
        knownOf(endpointId).state().refused(feature, clock.instant());
    }

    @Override
    public Set<String> refused(String endpointId) {
        var endpoint = known.get(endpointId);
        return endpoint == null ? Set.of() : endpoint.state().refused(clock);
    }

    @Override
    public Health another(InstantSource otherClock) {
        return new HealthMemory(policy, otherClock);
    }

    @Override
    public Window window(String endpointId, Span span) {
        var endpoint = known.get(endpointId);
        return endpoint == null ? Window.EMPTY : endpoint.windows().window(span, clock.millis());
    }
}
