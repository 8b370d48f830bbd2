package io.patchbay.adapter.sandbox;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Makes a number that a schema allows: 1 where it may, else the nearest to its bounds. */
final class NumberInstance {
    /** Enough for arrays of unique items, few enough to try them all. */
    private static final int MOST_VARIANTS = 1_000;

    private NumberInstance() {}

    /**
     * A number.
     *
     * @param variant different ones give different numbers, as far as there are any
     */
    static Optional<BigDecimal> of(JsonObject schema, boolean whole, int variant) {
        var bounds = Bounds.of(schema);
        var step = step(schema, whole);
        boolean anyStep = !whole && SchemaKeywords.number(schema, "multipleOf").isEmpty();
        var first = bounds.allow(step) ? step : nearest(bounds, step);
        for (int i = Math.min(variant, MOST_VARIANTS); i >= 0; i--) {
            var offset = step.multiply(BigDecimal.valueOf(i));
            for (var candidate : new BigDecimal[] {first.add(offset), first.subtract(offset)}) {
                if (bounds.allow(candidate)) {
                    return Optional.of(plain(candidate));
                }
            }
        }
        return anyStep ? bounds.between(variant).map(NumberInstance::plain) : Optional.empty();
    }

    /** What every candidate is a multiple of. */
    private static BigDecimal step(JsonObject schema, boolean whole) {
        var step = SchemaKeywords.number(schema, "multipleOf")
                .filter(multiple -> multiple.signum() > 0)
                .orElse(BigDecimal.ONE);
        boolean isWhole = step.stripTrailingZeros().scale() <= 0;
        return whole && !isWhole
                ? step.scaleByPowerOfTen(step.stripTrailingZeros().scale())
                : step;
    }

    private static BigDecimal nearest(Bounds bounds, BigDecimal step) {
        if (bounds.lower().isPresent()) {
            var least = multiple(bounds.lower().get(), step, RoundingMode.CEILING);
            return bounds.allow(least) ? least : least.add(step);
        }
        var most = multiple(bounds.upper().orElse(step), step, RoundingMode.FLOOR);
        return bounds.allow(most) ? most : most.subtract(step);
    }

    private static BigDecimal multiple(BigDecimal value, BigDecimal step, RoundingMode mode) {
        return value.divide(step, 0, mode).multiply(step);
    }

    private static BigDecimal plain(BigDecimal number) {
        return new BigDecimal(number.stripTrailingZeros().toPlainString());
    }

    private record Bounds(
            Optional<BigDecimal> minimum,
            Optional<BigDecimal> above,
            Optional<BigDecimal> maximum,
            Optional<BigDecimal> below) {
        static Bounds of(JsonObject schema) {
            return new Bounds(
                    SchemaKeywords.number(schema, "minimum"),
                    SchemaKeywords.number(schema, "exclusiveMinimum"),
                    SchemaKeywords.number(schema, "maximum"),
                    SchemaKeywords.number(schema, "exclusiveMaximum"));
        }

        boolean allow(BigDecimal number) {
            return minimum.filter(bound -> number.compareTo(bound) < 0).isEmpty()
                    && above.filter(bound -> number.compareTo(bound) <= 0).isEmpty()
                    && maximum.filter(bound -> number.compareTo(bound) > 0).isEmpty()
                    && below.filter(bound -> number.compareTo(bound) >= 0).isEmpty();
        }

        Optional<BigDecimal> lower() {
            return minimum.isPresent() && above.isPresent()
                    ? Optional.of(minimum.get().max(above.get()))
                    : minimum.or(() -> above);
        }

        Optional<BigDecimal> upper() {
            return maximum.isPresent() && below.isPresent()
                    ? Optional.of(maximum.get().min(below.get()))
                    : maximum.or(() -> below);
        }

        /** Half of the way, then a third, … */
        Optional<BigDecimal> between(int variant) {
            if (lower().isEmpty() || upper().isEmpty()) {
                return Optional.empty();
            }
            var low = lower().get();
            var width = upper().get().subtract(low);
            var part = width.divide(BigDecimal.valueOf(variant + 2L), width.scale() + 8, RoundingMode.DOWN);
            return Optional.of(low.add(part)).filter(this::allow);
        }
    }
}
