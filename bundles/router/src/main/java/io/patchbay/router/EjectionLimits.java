package io.patchbay.router;

/**
 * How far the router believes that endpoints of a model are failing.
 *
 * @param maxPercent of them are passed over at the most; those beyond it that return first are asked like all others
 * @param panicPercent of them have to be well; if fewer are, none is passed over
 */
record EjectionLimits(int maxPercent, int panicPercent) {
    /** What is shipped: whatever fails is passed over. It is still the last resort, and a wrong ejection costs little. */
    static final EjectionLimits DEFAULT = new EjectionLimits(100, 0);

    /** How many of so many may be passed over. */
    int most(int endpoints) {
        return endpoints * maxPercent / 100;
    }

    /** Whether so few are well that it is rather we who are wrong, or that nothing is lost by asking all. */
    boolean isPanic(int well, int endpoints) {
        return 100 * well < panicPercent * endpoints;
    }
}
