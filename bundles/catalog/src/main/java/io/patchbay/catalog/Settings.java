package io.patchbay.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys and values of one configuration file, read type by type. A value that is wrong is a {@link BadSetting}. */
final class Settings {
    /** What the framework adds to every configuration. */
    private static final List<String> NOT_OURS =
            List.of("service.", "felix.", "component.", "org.apache.", "osgi.", ":configurator:");

    private static final Pattern BETWEEN_PARTS = Pattern.compile("[,\\n]");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h)?");

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /** Takes a configuration as the framework hands it out. A leading dot of a key, which hides it, does not count. */
    static Settings of(Map<String, ?> configuration) {
        var values = new TreeMap<String, String>();
        configuration.forEach((key, value) -> {
            if (NOT_OURS.stream().noneMatch(key::startsWith)) {
                values.put(key.startsWith(".") ? key.substring(1) : key, text(value));
            }
        });
        return new Settings(values);
    }

    private static String text(Object value) {
        if (value instanceof Object[] array) {
            return text(Arrays.asList(array));
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return String.valueOf(value).strip();
    }

    /**
     * Refuses keys that nobody reads, naming the one that was probably meant.
     *
     * @param known all keys there are
     * @param prefixes of keys whose rest is free
     */
    void refuseUnknown(List<String> known, List<String> prefixes) {
        for (var key : values.keySet()) {
            if (!known.contains(key) && prefixes.stream().noneMatch(key::startsWith)) {
                var meant = Similar.closest(key, known);
                throw new BadSetting(
                        key,
                        "unknown key"
                                + meant.map(name -> " (did you mean '" + name + "'?)")
                                        .orElse(""));
            }
        }
    }

    /** A text; empty if it is not there, is blank, or names an environment variable that is not set. */
    Optional<String> text(String key) {
        var value = values.getOrDefault(key, "");
        return value.isEmpty() || value.startsWith("$[") ? Optional.empty() : Optional.of(value);
    }

    boolean flag(String key, boolean otherwise) {
        var value = text(key).map(text -> text.toLowerCase(Locale.ROOT));
        if (value.isEmpty()) {
            return otherwise;
        }
        return switch (value.get()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadSetting(key, "'" + value.get() + "' (expected: true or false)");
        };
    }

    /** A time such as {@code 500ms}, {@code 5s}, {@code 10m}; milliseconds if there is no unit. */
    Duration duration(String key, Duration otherwise) {
        var value = text(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        var matcher = DURATION.matcher(value.get());
        if (!matcher.matches()) {
            throw new BadSetting(key, "'" + value.get() + "' (expected: a time such as 500ms, 5s or 10m)");
        }
        long count = Long.parseLong(matcher.group(1));
        var unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        var duration = switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofMillis(count);
        };
        if (duration.isZero()) {
            throw new BadSetting(key, "'" + value.get() + "' (expected: more than nothing)");
        }
        return duration;
    }

    long count(String key) {
        var value = text(key).orElse("0").replace("_", "");
        if (!value.matches("\\d{1,18}")) {
            throw new BadSetting(key, "'" + value + "' (expected: a whole number >= 0)");
        }
        return Long.parseLong(value);
    }

    /** An amount of money, exact. */
    Optional<BigDecimal> amount(String key) {
        return text(key).map(value -> amount(key, value));
    }

    /** Reads one amount out of a value that holds several. */
    static BigDecimal amount(String key, String value) {
        if (!value.strip().matches("\\d{1,9}(?:\\.\\d{1,12})?")) {
            throw new BadSetting(key, "'" + value.strip() + "' (expected: US dollars such as 2.50, not below zero)");
        }
        return new BigDecimal(value.strip());
    }

    /** The parts of a list, separated by commas or line breaks. */
    List<String> list(String key) {
        return parts(text(key).orElse(""));
    }

    /** The same of a list inside of a value. */
    static List<String> parts(String list) {
        return BETWEEN_PARTS
                .splitAsStream(list)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Keys that begin with the prefix, without it, and their values; those without a value are left out. */
    Map<String, String> under(String prefix) {
        var found = new LinkedHashMap<String, String>();
        values.keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.length() > prefix.length())
                .forEach(key -> text(key).ifPresent(value -> found.put(key.substring(prefix.length()), value)));
        return found;
    }

    /** Whether two files say the same. */
    boolean saysTheSameAs(Settings other) {
        return values.equals(other.values);
    }

    /** Names the keys only: values may be secrets. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
