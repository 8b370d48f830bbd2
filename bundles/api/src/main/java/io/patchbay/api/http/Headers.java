package io.patchbay.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Header fields in order; names are compared without regard to case (RFC 9110 §5.1). Immutable. {@link #toString()}
 * shows names only, because values may hold secrets.
 */
public final class Headers {
    private static final Headers NONE = new Headers(List.of());

    private final List<Map.Entry<String, String>> fields;

    private Headers(List<Map.Entry<String, String>> fields) {
        this.fields = fields;
    }

    /** No header at all. */
    public static Headers none() {
        return NONE;
    }

    /** One header. */
    public static Headers of(String name, String value) {
        return NONE.and(name, value);
    }

    /** Starts a set of headers. */
    public static Builder builder() {
        return new Builder();
    }

    /** These headers and one more. */
    public Headers and(String name, String value) {
        return builder().addAll(this).add(name, value).build();
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        for (var field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return Optional.of(field.getValue());
            }
        }
        return Optional.empty();
    }

    /** Calls for each field in order. */
    public void forEach(BiConsumer<String, String> consumer) {
        fields.forEach(field -> consumer.accept(field.getKey(), field.getValue()));
    }

    @Override
    public String toString() {
        return fields.stream().map(Map.Entry::getKey).toList().toString().toLowerCase(Locale.ROOT);
    }

    /** Collects header fields. For one thread. */
    public static final class Builder {
        private final List<Map.Entry<String, String>> fields = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a field.
         *
         * @throws IllegalArgumentException if the value holds a line break or another control character
         */
        public Builder add(String name, String value) {
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) < 0x20 && value.charAt(i) != '\t') {
                    throw new IllegalArgumentException("control character in header " + name);
                }
            }
            fields.add(Map.entry(name, value));
            return this;
        }

        /** Adds all fields of others. */
        public Builder addAll(Headers others) {
            fields.addAll(others.fields);
            return this;
        }

        /** The headers. */
        public Headers build() {
            return fields.isEmpty() ? NONE : new Headers(List.copyOf(fields));
        }
    }
}
