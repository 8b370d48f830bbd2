package io.patchbay.adapter.sandbox;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.LocalModel;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.EndpointSource;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The sandbox: offers its models and answers for them. Immediate, because it counts its requests. */
@Component(
        configurationPid = "io.patchbay.adapter.sandbox",
        property = ChatAdapter.NAME + "=" + Sandbox.NAME,
        immediate = true)
@Designate(ocd = Sandbox.Config.class)
public final class Sandbox implements LocalModel, EndpointSource {
    static final String NAME = "sandbox";

    /** What an operator can set. */
    @ObjectClassDefinition(
            name = "Sandbox",
            description = "A deterministic model inside the gateway, without a network")
    public @interface Config {
        /** Milliseconds before each token. */
        @AttributeDefinition(
                description = "Milliseconds before each token; parrot and drip keep their own pace",
                min = "0")
        long pace$_$millis() default 15;

        /** Milliseconds before the first token. */
        @AttributeDefinition(
                description = "Milliseconds before an answer begins; parrot and slow keep their own",
                min = "0")
        long first$_$token$_$millis() default 0;

        /** How many of a hundred requests fail. */
        @AttributeDefinition(
                description = "How many of a hundred requests fail, evenly spread, whatever the model",
                min = "0",
                max = "100")
        int fail$_$rate$_$percent() default 0;

        /** Further models. */
        @AttributeDefinition(description = "Further models as author/name=behaviour, separated by commas")
        String[] models() default {};
    }

    private final List<Endpoint> endpoints;
    private final Pace configuredPace;
    private final Fault configuredFault;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final AtomicLong requests = new AtomicLong();
    private final Map<Behaviour, AtomicLong> requestsByBehaviour = new ConcurrentHashMap<>();

    /** For the framework. */
    @Activate
    public Sandbox(Config config) {
        this(
                SandboxEndpoints.with(List.of(config.models())),
                new Pace(config.first$_$token$_$millis(), config.pace$_$millis()),
                Fault.ofEveryHundred(config.fail$_$rate$_$percent()),
                newTimer(),
                Clock.systemUTC());
    }

    Sandbox(
            List<Endpoint> endpoints,
            Pace configuredPace,
            Fault configuredFault,
            ScheduledExecutorService timer,
            Clock clock) {
        this.endpoints = List.copyOf(endpoints);
        this.configuredPace = requireNonNull(configuredPace, "configuredPace");
        this.configuredFault = requireNonNull(configuredFault, "configuredFault");
        this.timer = requireNonNull(timer, "timer");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Tokens already on their way still come; answers that want more end as cut off. */
    @Deactivate
    void deactivate() {
        timer.shutdown();
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public Answer answer(ChatRequest request, Endpoint endpoint) {
        return new PacedAnswer(steps(request, endpoint), timer);
    }

    private Iterator<Step> steps(ChatRequest request, Endpoint endpoint) {
        try {
            return answerSteps(request, endpoint);
        } catch (FailureException refused) {
            return failed(refused.failure(), endpoint);
        }
    }

    private Iterator<Step> answerSteps(ChatRequest request, Endpoint endpoint) {
        var behaviour = Behaviour.of(endpoint.upstreamModel());
        long number = requests.incrementAndGet();
        var fault = faultIn(behaviour, number);
        if (fault.isPresent() && (!request.stream() || fault.get().afterTokens() == 0)) {
            return failed(fault.get().failure(), endpoint);
        }
        var reply = Reply.to(request, endpoint, behaviour.speech());
        var pace = behaviour.pace(configuredPace);
        long now = clock.instant().getEpochSecond();
        var json = new CanonicalJson("chatcmpl-sandbox-" + number, now, endpoint.upstreamModel());
        if (!request.stream()) {
            return whole(reply, json, pace);
        }
        return fault.map(
                        cut -> StreamSteps.cutOff(reply, json, pace, cut.afterTokens(), event(cut.failure(), endpoint)))
                .orElseGet(() -> StreamSteps.complete(reply, json, pace));
    }

    private Optional<Fault> faultIn(Behaviour behaviour, long number) {
        long numberOfBehaviour = requestsByBehaviour
                .computeIfAbsent(behaviour, first -> new AtomicLong())
                .incrementAndGet();
        if (configuredFault.strikes(number)) {
            return Optional.of(configuredFault);
        }
        return Optional.of(behaviour.fault()).filter(fault -> fault.strikes(numberOfBehaviour));
    }

    /** A whole answer comes when its stream would have ended. */
    private static Iterator<Step> whole(Reply reply, CanonicalJson json, Pace pace) {
        return List.of(new Step(pace.millisUntil(reply.deltas().size()), json.completion(reply)))
                .iterator();
    }

    private static Iterator<Step> failed(Failure failure, Endpoint endpoint) {
        return List.of(new Step(0, event(failure, endpoint))).iterator();
    }

    private static ChatEvent event(Failure failure, Endpoint endpoint) {
        return new ChatEvent.Failed(
                failure.toBuilder().provider(endpoint.provider().displayName()).build());
    }

    /** One thread is enough for all answers: it only hands tokens over. It starts with the first paced answer. */
    static ScheduledExecutorService newTimer() {
        var timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "patchbay-sandbox");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
