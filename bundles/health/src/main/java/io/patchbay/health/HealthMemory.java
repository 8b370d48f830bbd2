package io.patchbay.health;

import io.patchbay.api.failure.Blame;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
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

        @AttributeDefinition(description = "Seconds of the first ejection; the nth in a row takes n times as long")
        long base$_$ejection$_$seconds() default 30;

        @AttributeDefinition(description = "Seconds of an ejection at the most")
        long max$_$ejection$_$seconds() default 300;
    }

    private final EjectionPolicy policy;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(EndpointState state, Windows windows) {}

    @Activate
    public HealthMemory(Config config) {
        this(
                new EjectionPolicy(
                        config.consecutive$_$failures(),
                        Duration.ofSeconds(config.base$_$ejection$_$seconds()),
                        Duration.ofSeconds(config.max$_$ejection$_$seconds())),
                InstantSource.system());
    }

    HealthMemory(EjectionPolicy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public void record(Outcome outcome) {
        if (outcome.failure().filter(HealthMemory::saysNothing).isPresent()) {
            return;
        }
        var now = clock.instant();
        var endpoint =
                known.computeIfAbsent(outcome.endpointId(), id -> new Known(new EndpointState(policy), new Windows()));
        endpoint.state().record(outcome, now);
        endpoint.windows().record(outcome, now.toEpochMilli());
    }

    /** A client's mistake, or ours, is none of the endpoint's. */
    private static boolean saysNothing(Failure failure) {
        var blame = failure.kind().blame();
        return blame == Blame.CLIENT || blame == Blame.GATEWAY;
    }

    @Override
    public EndpointHealth of(String endpointId) {
        var endpoint = known.get(endpointId);
        return endpoint == null ? EndpointHealth.UNKNOWN : endpoint.state().at(clock.instant());
    }

    @Override
    public Window window(String endpointId, Span span) {
        var endpoint = known.get(endpointId);
        return endpoint == null ? Window.EMPTY : endpoint.windows().window(span, clock.millis());
    }
}
