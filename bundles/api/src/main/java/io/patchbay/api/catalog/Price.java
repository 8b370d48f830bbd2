package io.patchbay.api.catalog;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's provider asks, in exact US dollars, unit by unit. Immutable; two prices are equal if they say the
 * same, however many zeros they are written with.
 */
public final class Price {
    /** Costs nothing. */
    public static final Price FREE = builder().build();

    /** From dollars for a million to dollars for one. */
    private static final int MILLION = 6;

    private final Map<Unit, BigDecimal> amounts;
    private final List<Tier> tiers;
    private final List<Hours> hours;
    private final boolean ceiling;
    private final @Nullable LocalDate asOf;

    private @Nullable String version;

    private Price(
            Map<Unit, BigDecimal> amounts,
            List<Tier> tiers,
            List<Hours> hours,
            boolean ceiling,
            @Nullable LocalDate asOf) {
        this.amounts = amounts;
        this.tiers = tiers;
        this.hours = hours;
        this.ceiling = ceiling;
        this.asOf = asOf;
    }

    /** Starts a price of nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** A price as providers print it: dollars for a million tokens. */
    public static Price perMillionTokens(BigDecimal prompt, BigDecimal completion) {
        return builder()
                .perMillion(Unit.PROMPT, prompt)
                .perMillion(Unit.COMPLETION, completion)
                .build();
    }

    /** Starts a price that says what this one says until told otherwise. */
    public Builder toBuilder() {
        var builder = new Builder();
        builder.amounts.putAll(amounts);
        builder.tiers.addAll(tiers);
        builder.hours.addAll(hours);
        builder.ceiling = ceiling;
        builder.asOf = asOf;
        return builder;
    }

    /** For one prompt token. */
    public BigDecimal prompt() {
        return amounts.getOrDefault(Unit.PROMPT, BigDecimal.ZERO);
    }

    /** For one completion token. */
    public BigDecimal completion() {
        return amounts.getOrDefault(Unit.COMPLETION, BigDecimal.ZERO);
    }

    /** For one request, whatever its size. */
    public BigDecimal request() {
        return amounts.getOrDefault(Unit.REQUEST, BigDecimal.ZERO);
    }

    /** For one of that unit, if the provider has a price of its own for it. */
    public Optional<BigDecimal> of(Unit unit) {
        return Optional.ofNullable(amounts.get(unit));
    }

    /** Whether it has a price of its own for that unit, be it for some prompts or at some hours only. */
    public boolean asksFor(Unit unit) {
        return amounts.containsKey(unit)
                || tiers.stream().anyMatch(tier -> tier.amounts().containsKey(unit))
                || hours.stream().anyMatch(window -> window.amounts().containsKey(unit));
    }

    /** What changes for longer prompts, the shorter ones first; empty if the size of a prompt makes no difference. */
    public List<Tier> tiers() {
        return tiers;
    }

    /** What changes at some hours of the day; empty if the time makes no difference. */
    public List<Hours> hours() {
        return hours;
    }

    /** What a request that comes at that time is charged by: this price with what holds at that hour, without hours. */
    public Price at(Instant time) {
        if (hours.isEmpty()) {
            return this;
        }
        // Size 0 is that of every prompt.
        var bySize = new TreeMap<Long, Map<Unit, BigDecimal>>();
        bySize.put(0L, new EnumMap<>(amounts));
        tiers.forEach(tier -> bySize.put(tier.promptTokens(), new EnumMap<>(tier.amounts())));
        int minute = LocalTime.ofInstant(time, ZoneOffset.UTC).toSecondOfDay() / 60;
        for (var window : hours) {
            if (window.holdsAt(minute)) {
                bySize.computeIfAbsent(window.promptTokens(), size -> new EnumMap<>(Unit.class))
                        .putAll(window.amounts());
            }
        }
        var charged = requireNonNull(bySize.remove(0L), "the price of every prompt");
        var reached = bySize.entrySet().stream()
                .map(size -> new Tier(size.getKey(), size.getValue()))
                .toList();
        return new Price(charged, reached, List.of(), ceiling, asOf);
    }

    /**
     * Names what it says, in eight hexadecimal digits: two prices that ask for different amounts have different ones.
     * Where it comes from makes no difference.
     */
    public String version() {
        var known = version;
        if (known == null) {
            var crc = new CRC32();
            // In the order of the units: maps that say the same may have another one.
            crc.update((new EnumMap<>(amounts) + "/" + tiers + "/" + hours + "/" + ceiling)
                    .getBytes(StandardCharsets.UTF_8));
            known = HexFormat.of().toHexDigits((int) crc.getValue());
            version = known;
        }
        return known;
    }

    /** What a request with so many prompt tokens is charged by: this price with the tiers that it reaches, without tiers. */
    public Price forPromptOf(long tokens) {
        if (tiers.isEmpty()) {
            return this;
        }
        var charged = new EnumMap<>(amounts);
        for (var tier : tiers) {
            if (tokens > tier.promptTokens()) {
                charged.putAll(tier.amounts());
            }
        }
        return new Price(charged, List.of(), hours, ceiling, asOf);
    }

    /**
     * This price, of which some amounts are multiplied.
     *
     * @param which the units of those amounts
     */
    public Price times(BigDecimal factor, Predicate<Unit> which) {
        return new Price(
                times(amounts, factor, which),
                tiers.stream()
                        .map(tier -> new Tier(tier.promptTokens(), times(tier.amounts(), factor, which)))
                        .toList(),
                hours.stream()
                        .map(window -> new Hours(
                                window.from(),
                                window.until(),
                                window.promptTokens(),
                                times(window.amounts(), factor, which)))
                        .toList(),
                ceiling,
                asOf);
    }

    private static Map<Unit, BigDecimal> times(
            Map<Unit, BigDecimal> amounts, BigDecimal factor, Predicate<Unit> which) {
        var multiplied = new EnumMap<>(amounts);
        multiplied.replaceAll((unit, amount) -> which.test(unit) ? checked(amount.multiply(factor)) : amount);
        return multiplied;
    }

    /** Whether it asks for nothing, however much is used. */
    public boolean isFree() {
        return amounts.values().stream().allMatch(amount -> amount.signum() == 0)
                && tiers.stream()
                        .allMatch(tier -> tier.amounts().values().stream().allMatch(amount -> amount.signum() == 0))
                && hours.stream()
                        .allMatch(
                                window -> window.amounts().values().stream().allMatch(amount -> amount.signum() == 0));
    }

    /** Whether nobody knows the price, and this is the most that the operator reckons with. */
    public boolean isCeiling() {
        return ceiling;
    }

    /** The day it was looked up, if known. */
    public Optional<LocalDate> asOf() {
        return Optional.ofNullable(asOf);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Price price
                && price.amounts.equals(amounts)
                && price.tiers.equals(tiers)
                && price.hours.equals(hours)
                && price.ceiling == ceiling
                && price.asOf().equals(asOf());
    }

    @Override
    public int hashCode() {
        return amounts.hashCode();
    }

    @Override
    public String toString() {
        return amounts.toString();
    }

    /** What a price can be for. */
    public enum Unit {
        /** A prompt token. */
        PROMPT("prompt", true),
        /** A completion token. */
        COMPLETION("completion", true),
        /** A request, whatever its size. */
        REQUEST("request", false),
        /** An image in the prompt. */
        IMAGE("image", false),
        /** A token of sound in the prompt; as a prompt token if it has no price of its own. */
        AUDIO("audio", true),
        /** A token of sound in the answer; as a completion token if it has no price of its own. */
        AUDIO_OUTPUT("audio_output", true),
        /** A search of the web. */
        WEB_SEARCH("web_search", false),
        /** A completion token spent on thinking; as any other if it has no price of its own. */
        INTERNAL_REASONING("internal_reasoning", true),
        /** A prompt token read from the provider's cache; as any other if it has no price of its own. */
        CACHE_READ("input_cache_read", true),
        /** A prompt token written to the provider's cache; as any other if it has no price of its own. */
        CACHE_WRITE("input_cache_write", true),
        /** One written there for an hour rather than minutes; as those if it has no price of its own. */
        CACHE_WRITE_1H("input_cache_write_1h", true);

        private final String key;
        private final boolean token;

        Unit(String key, boolean token) {
            this.key = key;
            this.token = token;
        }

        /** Its name in OpenRouter's {@code pricing} and in the catalogue's files. */
        public String key() {
            return key;
        }

        /** Whether it is a token, of which people give prices by the million. */
        public boolean isToken() {
            return token;
        }
    }

    /**
     * What changes for prompts beyond a size.
     *
     * @param promptTokens it holds for prompts of more tokens than this
     * @param amounts dollars for one of each unit whose price changes
     */
    public record Tier(long promptTokens, Map<Unit, BigDecimal> amounts) {
        /** Checks the amounts, and copies them without trailing zeros. */
        public Tier {
            if (promptTokens <= 0) {
                throw new IllegalArgumentException("a tier from no size on");
            }
            amounts = plain(amounts);
        }
    }

    /**
     * What changes at some hours of the day. For prompts beyond a size, the tier of that size counts more than hours that
     * hold for every prompt.
     *
     * @param from the first minute of the UTC day at which it holds, 0 to 1439
     * @param until the first minute at which it holds no more, 0 to 1440; before {@code from} if midnight is in between
     * @param promptTokens it holds for prompts of more tokens than this; 0 for every prompt
     * @param amounts dollars for one of each unit whose price changes
     */
    public record Hours(int from, int until, long promptTokens, Map<Unit, BigDecimal> amounts) {
        private static final int DAY = 24 * 60;

        /** Checks the times and amounts, and copies them without trailing zeros. */
        public Hours {
            if (from < 0 || from >= DAY || until < 0 || until > DAY || from == until) {
                throw new IllegalArgumentException("hours from minute " + from + " until " + until);
            }
            if (promptTokens < 0) {
                throw new IllegalArgumentException("hours from no size on");
            }
            amounts = plain(amounts);
        }

        boolean holdsAt(int minute) {
            return from < until ? minute >= from && minute < until : minute >= from || minute < until;
        }
    }

    /** Without trailing zeros, in the order of the units. */
    private static Map<Unit, BigDecimal> plain(Map<Unit, BigDecimal> amounts) {
        var plain = new EnumMap<Unit, BigDecimal>(Unit.class);
        amounts.forEach((unit, amount) -> plain.put(unit, checked(amount)));
        return Collections.unmodifiableMap(plain);
    }

    private static BigDecimal checked(BigDecimal amount) {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a price below zero");
        }
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    /** Builds a {@link Price}. Amounts below zero are an {@link IllegalArgumentException}. For one thread. */
    public static final class Builder {
        private final Map<Unit, BigDecimal> amounts = new EnumMap<>(Unit.class);
        private final List<Tier> tiers = new ArrayList<>();
        private final List<Hours> hours = new ArrayList<>();
        private boolean ceiling;
        private @Nullable LocalDate asOf;

        private Builder() {
            amounts.put(Unit.PROMPT, BigDecimal.ZERO);
            amounts.put(Unit.COMPLETION, BigDecimal.ZERO);
        }

        /** Dollars for one of that unit. */
        public Builder each(Unit unit, BigDecimal dollars) {
            amounts.put(unit, checked(dollars));
            return this;
        }

        /** Dollars for a million of that unit. */
        public Builder perMillion(Unit unit, BigDecimal dollars) {
            return each(unit, dollars.movePointLeft(MILLION));
        }

        /** What changes for prompts of more tokens than that; no two tiers of the same size. */
        public Builder above(long promptTokens, Map<Unit, BigDecimal> changed) {
            tiers.add(new Tier(promptTokens, changed));
            return this;
        }

        /** What changes at some hours: see {@link Hours}. Of hours that overlap, the later ones count. */
        public Builder during(int from, int until, Map<Unit, BigDecimal> changed) {
            return during(from, until, 0, changed);
        }

        /** What changes at some hours for prompts of more tokens than that: see {@link Hours}. */
        public Builder during(int from, int until, long promptTokens, Map<Unit, BigDecimal> changed) {
            hours.add(new Hours(from, until, promptTokens, changed));
            return this;
        }

        /** See {@link Price#isCeiling()}; it is none if this is not called. */
        public Builder ceiling() {
            this.ceiling = true;
            return this;
        }

        /** See {@link Price#asOf()}. */
        public Builder asOf(LocalDate day) {
            this.asOf = requireNonNull(day, "day");
            return this;
        }

        /** The price. */
        public Price build() {
            var sizes = new HashSet<Long>();
            if (!tiers.stream().allMatch(tier -> sizes.add(tier.promptTokens()))) {
                throw new IllegalArgumentException("two tiers from the same size on");
            }
            var sorted = tiers.stream()
                    .sorted(Comparator.comparingLong(Tier::promptTokens))
                    .toList();
            return new Price(new EnumMap<>(amounts), sorted, List.copyOf(hours), ceiling, asOf);
        }
    }
}
