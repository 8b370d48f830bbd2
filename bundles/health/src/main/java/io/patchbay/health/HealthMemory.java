package io.patchbay.health;

import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keeps a state per endpoint id. Immediate, so that what it knows is not lost when its last user goes. */
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
    private final Map<String, EndpointState> states = new ConcurrentHashMap<>();

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
        states.computeIfAbsent(outcome.endpointId(), id -> new EndpointState(policy))
                .record(outcome, clock.instant());
    }

    @Override
    public EndpointHealth of(String endpointId) {
        var state = states.get(endpointId);
        return state == null ? EndpointHealth.UNKNOWN : state.at(clock.instant());
    }
}
