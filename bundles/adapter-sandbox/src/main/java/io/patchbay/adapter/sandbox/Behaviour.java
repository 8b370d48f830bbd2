package io.patchbay.adapter.sandbox;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The table of what the sandbox can play: what it says, how fast, and what goes wrong. */
@SuppressWarnings("ImmutableEnumChecker") // the functions in the table are stateless
enum Behaviour {
    ECHO("Says what it is and quotes your question.", Speech::echo, Pace::asConfigured, Fault.NONE),
    PARROT("Repeats your last message exactly, at once.", Speech::parrot, Pace::atOnce, Fault.NONE),
    LONG("Answers with 2000 tokens.", Speech::atLength, Pace::asConfigured, Fault.NONE),
    SLOW("Begins to answer after 2 seconds.", Speech::echo, pace -> pace.beginningAfter(2_000), Fault.NONE),
    DRIP("Takes 50 milliseconds for each token.", Speech::echo, pace -> pace.perToken(50), Fault.NONE),
    RATE_LIMITED("Asks to come back in a second.", Speech::echo, Pace::asConfigured, Fault.RATE_LIMITED),
    OVERLOADED("Is too busy to answer.", Speech::echo, Pace::asConfigured, Fault.OVERLOADED),
    FAILING("Fails with status 500.", Speech::echo, Pace::asConfigured, Fault.ERROR),
    FLAKY("Fails every second request.", Speech::echo, Pace::asConfigured, Fault.ERROR.everySecond()),
    CUT("Breaks off after 3 tokens.", Speech::echo, Pace::asConfigured, Fault.CUT_OFF),
    REFUSING("Refuses by its content rules.", Speech::echo, Pace::asConfigured, Fault.REFUSAL),
    TOO_LONG("Finds every prompt too long.", Speech::echo, Pace::asConfigured, Fault.TOO_LONG);

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String description;
    private final Speech speech;
    private final UnaryOperator<Pace> pace;
    private final Fault fault;

    Behaviour(String description, Speech speech, UnaryOperator<Pace> pace, Fault fault) {
        this.description = description;
        this.speech = speech;
        this.pace = pace;
        this.fault = fault;
    }

    /** The behaviour of this name, if there is one. */
    static Optional<Behaviour> named(String id) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.id.equals(id))
                .findFirst();
    }

    /**
     * The behaviour that a model's name ends with: {@code slow} and {@code any/thing/slow} are both slow.
     *
     * @throws io.patchbay.api.failure.FailureException UPSTREAM_MODEL_GONE if there is none
     */
    static Behaviour of(String upstreamModel) {
        return named(upstreamModel.substring(upstreamModel.lastIndexOf('/') + 1))
                .orElseThrow(() -> Failure.of(
                                FailureKind.UPSTREAM_MODEL_GONE,
                                "The sandbox has no such model; its models are " + ids() + ".")
                        .toException());
    }

    /** All names, for people. */
    static String ids() {
        return Arrays.stream(values()).map(Behaviour::id).collect(Collectors.joining(", "));
    }

    /** The name by which models ask for it. */
    String id() {
        return id;
    }

    /** What it does, in a sentence. */
    String description() {
        return description;
    }

    /** What it says. */
    Speech speech() {
        return speech;
    }

    /** How fast it says it. */
    Pace pace(Pace configured) {
        return pace.apply(configured);
    }

    /** What goes wrong with it. */
    Fault fault() {
        return fault;
    }
}
