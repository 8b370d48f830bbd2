package io.patchbay.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ten minutes in the life of a few endpoints.
 *
 * @param name what goes wrong
 * @param rate requests per second, at a second
 * @param places the endpoints, given the name of the one that is in trouble
 * @param change what is different from some second on
 * @param turns of a conversation, 40 of which go on at a time; 1 for requests that have nothing to do with each other
 * @param withoutStrategy seconds in which the strategy's bundle is being replaced, every minute
 */
record Scenario(
        String name,
        DoubleUnaryOperator rate,
        Function<String, List<Place>> places,
        Change change,
        int turns,
        double withoutStrategy) {
    static final double SECONDS = 600;

    private static final double USUAL = 4;
    private static final Behaviour SLOW = Behaviour.healthy(0.8, 40, 40);
    private static final Behaviour MEDIUM = Behaviour.healthy(0.5, 80, 40);
    private static final Behaviour FAST = Behaviour.healthy(0.25, 160, 40);

    /** What is different from some second on. */
    interface Change {
        Change NONE = (second, places) -> places;

        List<Place> at(double second, List<Place> places);
    }

    static Stream<Scenario> all() {
        return Stream.of(
                of("all well", sound -> sound),
                of("black hole", sound -> sound.between(120, 360, Behaviour.blackHole())),
                of("brown-out", sound -> sound.between(120, 360, sound.failing(0.5))),
                of("fast 503s, then recovery", sound -> sound.between(120, 240, Behaviour.refusing())),
                of("slow death", sound -> sound.slowing(SECONDS, 20)),
                of("flapping", sound -> sound.everyOther(20, Behaviour.refusing())),
                spike(),
                of("rate-limit wall", sound -> sound.limitedTo(2, Duration.ofSeconds(5))),
                priceChange(),
                new Scenario("cache-warm conversations", second -> USUAL, Scenario::three, Change.NONE, 10, 0),
                allDead(),
                coldStart(),
                regionOut(),
                swap(),
                of("steady losses", sound -> sound.failing(0.1)));
    }

    /** Three endpoints, one of which is in trouble. */
    private static Scenario of(String name, UnaryOperator<Behaviour> trouble) {
        return new Scenario(name, second -> USUAL, victim -> three(victim, trouble), Change.NONE, 1, 0);
    }

    private static List<Place> three(String victim, UnaryOperator<Behaviour> trouble) {
        return List.of(
                Place.of("cheap", "0.5", victim.equals("cheap") ? trouble.apply(SLOW) : SLOW),
                Place.of("medium", "1", MEDIUM),
                Place.of("dear", "3", victim.equals("dear") ? trouble.apply(FAST) : FAST));
    }

    private static List<Place> three(String victim) {
        return three(victim, sound -> sound);
    }

    private static Scenario spike() {
        return new Scenario(
                "one big spike",
                second -> second >= 300 && second < 330 ? 15 * USUAL : USUAL,
                Scenario::three,
                Change.NONE,
                1,
                0);
    }

    private static Scenario priceChange() {
        return new Scenario(
                "price change",
                second -> USUAL,
                Scenario::three,
                (second, places) ->
                        second < 300 ? places : List.of(places.get(0).at("5"), places.get(1), places.get(2)),
                1,
                0);
    }

    private static Scenario allDead() {
        return new Scenario(
                "all dead",
                second -> USUAL,
                victim -> List.of(
                        Place.of("cheap", "0.5", Behaviour.refusing()),
                        Place.of("medium", "1", Behaviour.refusing()),
                        Place.of("dear", "3", Behaviour.refusing())),
                Change.NONE,
                1,
                0);
    }

    /** Many endpoints of very different speed, and all the requests at once. */
    private static Scenario coldStart() {
        return new Scenario(
                "cold start",
                second -> 10 * USUAL,
                victim -> IntStream.rangeClosed(1, 8)
                        .mapToObj(i -> Place.of("p" + i, "" + i, Behaviour.healthy(0.2 * (9 - i), 20.0 * i, 100)))
                        .toList(),
                Change.NONE,
                1,
                0);
    }

    /** Six endpoints, the three cheapest of which are in one region. */
    private static Scenario regionOut() {
        return new Scenario(
                "one region out",
                second -> USUAL,
                victim -> IntStream.rangeClosed(1, 6)
                        .mapToObj(i -> Place.of(
                                "p" + i,
                                "0." + (4 + i),
                                i <= 3 ? SLOW.between(120, 360, Behaviour.refusing()) : MEDIUM))
                        .toList(),
                Change.NONE,
                1,
                0);
    }

    private static Scenario swap() {
        return new Scenario("hot swap of the strategy", second -> USUAL, Scenario::three, Change.NONE, 1, 1);
    }

    boolean isWithoutStrategy(double second) {
        return second % 60 < withoutStrategy;
    }
}
