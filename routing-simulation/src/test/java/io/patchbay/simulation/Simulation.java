package io.patchbay.simulation;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.routing.RoutingStrategy;
import io.patchbay.gateway.SimulatedCaches;
import io.patchbay.gateway.SimulatedPatience;
import io.patchbay.gateway.SimulatedWalk;
import io.patchbay.health.SimulatedHealth;
import io.patchbay.router.SimulatedRouter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** One scenario with one strategy, event by event, on a clock of its own. The router and its health are those shipped. */
final class Simulation {
    static final int PROMPT_TOKENS = 1_000;

    private static final Instant BEGIN = Instant.parse("2026-11-30T12:00:00Z");
    private static final int CONVERSATIONS = 40;

    private final Scenario scenario;
    private final List<Place> places;
    private final Random die;
    private final Health health = SimulatedHealth.on(this::now);
    private final SimulatedRouter router;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::second).thenComparingLong(Event::number));
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final SimulatedCaches caches = new SimulatedCaches(this::now);
    /** What endpoints have in their prompt caches: the id of the endpoint, and the session. */
    private final Set<String> cached = new HashSet<>();

    private final Tally tally = new Tally();

    private double second;
    private long scheduled;
    private long arrived;
    private boolean isSwapped;

    private record Event(double second, long number, Runnable what) {}

    /** @param victim the endpoint that is in trouble */
    Simulation(Scenario scenario, String victim, RoutingStrategy strategy, long seed) {
        this.scenario = scenario;
        this.places = scenario.places().apply(victim);
        this.die = new Random(seed);
        this.router = new SimulatedRouter(health, strategy, new Random(seed + 1));
    }

    private Instant now() {
        return BEGIN.plusNanos((long) (second * 1e9));
    }

    Tally run() {
        in(0, this::arrive);
        while (!events.isEmpty()) {
            var event = events.remove();
            second = event.second();
            event.what().run();
        }
        return tally;
    }

    private void in(double seconds, Runnable what) {
        events.add(new Event(second + seconds, scheduled++, what));
    }

    /** Requests come by chance, independently of each other. */
    private void arrive() {
        double pause = -StrictMath.log(1 - die.nextDouble()) / scenario.rate().applyAsDouble(second);
        if (second + pause < Scenario.SECONDS) {
            in(pause, this::arrive);
        }
        swapStrategy();
        var now = scenario.change().at(second, places);
        var request = request(arrived++);
        attempt(new Asked(request, new SimulatedWalk(plan(request, now), health), now, second));
    }

    private void swapStrategy() {
        boolean isAway = scenario.isWithoutStrategy(second);
        if (isAway != isSwapped) {
            isSwapped = isAway;
            if (isAway) {
                router.remove();
            } else {
                router.install();
            }
        }
    }

    /** Many conversations at a time, turn by turn; or requests that have nothing to do with each other. */
    private ChatRequest request(long number) {
        var session = "";
        if (scenario.turns() > 1) {
            long round = number / ((long) CONVERSATIONS * scenario.turns());
            session = "\"session_id\":\"" + (round * CONVERSATIONS + number % CONVERSATIONS) + "\",";
        }
        return ChatRequest.of(
                JsonView.parse("{\"model\":\"lab/model\"," + session + "\"stream\":true,\"messages\":[]}"));
    }

    private Route plan(ChatRequest request, List<Place> now) {
        var choices = List.of(Choice.of(now.stream().map(Place::endpoint).toList()));
        return router.plan(RoutingRequest.builder(request, choices)
                .tokens(PROMPT_TOKENS, Behaviour.COMPLETION_TOKENS)
                .warm(caches.holding(request, choices))
                .load(id -> inFlight.getOrDefault(id, 0))
                .time(now())
                .build());
    }

    /**
     * A request, on its way.
     *
     * @param now the endpoints as they are
     * @param second when the client asked
     */
    private record Asked(ChatRequest request, SimulatedWalk walk, List<Place> now, double second) {
        Optional<Place> next() {
            return walk.next()
                    .map(endpoint -> now.stream()
                            .filter(one -> one.endpoint().equals(endpoint))
                            .findFirst()
                            .orElseThrow());
        }
    }

    private void attempt(Asked asked) {
        asked.next().ifPresentOrElse(place -> attempt(asked, place), tally::failed);
    }

    private void attempt(Asked asked, Place place) {
        var id = place.endpoint().id();
        var reply = place.behaviour()
                .reply(new Behaviour.Moment(second, inFlight.getOrDefault(id, 0), die))
                .within(asked.walk().isLast() ? Behaviour.FIRST_BYTE_TIMEOUT : patience(place.endpoint()));
        inFlight.merge(id, 1, Integer::sum);
        double begun = second;
        in(reply.total(), () -> {
            health.record(outcome(id, reply).among(inFlight.merge(id, -1, Integer::sum) + 1));
            if (reply.failure().isPresent()) {
                attempt(asked);
            } else {
                tally.answered(begun + reply.firstToken() - asked.second(), cost(asked.request(), place));
            }
        });
    }

    private double cost(ChatRequest request, Place place) {
        var session = request.json().string("session_id");
        boolean isWarm = session.isPresent() && !cached.add(place.endpoint().id() + ' ' + session.get());
        caches.answered(request, place.endpoint(), Usage.estimated(PROMPT_TOKENS, Behaviour.COMPLETION_TOKENS));
        return place.cost(isWarm);
    }

    /** Seconds that the first token is waited for. */
    private double patience(Endpoint endpoint) {
        return SimulatedPatience.with(endpoint, health)
                .map(time -> Math.min(time.toNanos() / 1e9, Behaviour.FIRST_BYTE_TIMEOUT))
                .orElse(Behaviour.FIRST_BYTE_TIMEOUT);
    }

    private static Outcome outcome(String id, Reply reply) {
        var total = seconds(reply.total());
        return reply.failure()
                .map(failure -> Outcome.failure(id, total, failure))
                .orElseGet(() -> Outcome.streamed(id, seconds(reply.firstToken()), total, Behaviour.COMPLETION_TOKENS));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
