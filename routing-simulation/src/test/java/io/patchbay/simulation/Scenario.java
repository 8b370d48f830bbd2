package io.patchbay.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ten minutes in the life of a few endpoints.
 *
 * @param name what goes wrong
 * @param rate requests per second, at a second
 * @param places at a second; asked for anew when a minute begins
 * @param withoutStrategy seconds in which the strategy's bundle is being replaced, every minute
 */
record Scenario(String name, DoubleUnaryOperator rate, List<Place> places, Change change, double withoutStrategy) {
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
                of("all well", SLOW),
                of("black hole", SLOW.between(120, 360, Behaviour.blackHole())),
                of("brown-out", SLOW.between(120, 360, SLOW.failing(0.5))),
                of("fast 503s, then recovery", SLOW.between(120, 240, Behaviour.refusing())),
                of("slow death", SLOW.slowing(SECONDS, 20)),
                of("flapping", SLOW.everyOther(20, Behaviour.refusing())),
                spike(),
                of("rate-limit wall", SLOW.limitedTo(2, Duration.ofSeconds(5))),
                priceChange(),
                allDead(),
                coldStart(),
                regionOut(),
                swap(),
                of("steady losses", SLOW.failing(0.1)));
    }

    /** Three endpoints; the cheap one is the one that things happen to. */
    private static Scenario of(String name, Behaviour cheap) {
        return new Scenario(name, second -> USUAL, three(cheap), Change.NONE, 0);
    }

    private static List<Place> three(Behaviour cheap) {
        return List.of(Place.of("cheap", "0.5", cheap), Place.of("medium", "1", MEDIUM), Place.of("dear", "3", FAST));
    }

    private static Scenario spike() {
        return new Scenario(
                "one big spike",
                second -> second >= 300 && second < 330 ? 15 * USUAL : USUAL,
                three(SLOW),
                Change.NONE,
                0);
    }

    private static Scenario priceChange() {
        return new Scenario(
                "price change",
                second -> USUAL,
                three(SLOW),
                (second, places) ->
                        second < 300 ? places : List.of(places.get(0).at("5"), places.get(1), places.get(2)),
                0);
    }

    private static Scenario allDead() {
        return new Scenario(
                "all dead",
                second -> USUAL,
                List.of(
                        Place.of("cheap", "0.5", Behaviour.refusing()),
                        Place.of("medium", "1", Behaviour.refusing()),
                        Place.of("dear", "3", Behaviour.refusing())),
                Change.NONE,
                0);
    }

    /** Many endpoints of very different speed, and all the requests at once. */
    private static Scenario coldStart() {
        return new Scenario(
                "cold start",
                second -> 10 * USUAL,
                IntStream.rangeClosed(1, 8)
                        .mapToObj(i -> Place.of("p" + i, "" + i, Behaviour.healthy(0.2 * (9 - i), 20.0 * i, 100)))
                        .toList(),
                Change.NONE,
                0);
    }

    /** Six endpoints, the three cheapest of which are in one region. */
    private static Scenario regionOut() {
        return new Scenario(
                "one region out",
                second -> USUAL,
                IntStream.rangeClosed(1, 6)
                        .mapToObj(i -> Place.of(
                                "p" + i,
                                "0." + (4 + i),
                                i <= 3 ? SLOW.between(120, 360, Behaviour.refusing()) : MEDIUM))
                        .toList(),
                Change.NONE,
                0);
    }

    private static Scenario swap() {
        return new Scenario("hot swap of the strategy", second -> USUAL, three(SLOW), Change.NONE, 1);
    }

    List<Place> placesAt(double second) {
        return change.at(second, places);
    }

    boolean isWithoutStrategy(double second) {
        return second % 60 < withoutStrategy;
    }
}
