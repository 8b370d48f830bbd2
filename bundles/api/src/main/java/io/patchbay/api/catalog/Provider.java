package io.patchbay.api.catalog;

import static java.util.Objects.requireNonNull;

import io.patchbay.api.http.Headers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who serves models, as one {@code etc/io.patchbay.provider~NAME.cfg} or an adapter bundle describes it. Immutable. */
public final class Provider {
    private final String name;
    private final String displayName;
    private final String adapter;
    private final @Nullable URI baseUrl;
    private final @Nullable Secret credential;
    private final String token;
    private final Headers headers;
    private final Map<String, String> options;
    private final Timeouts timeouts;
    private final boolean collectsData;
    private final boolean retainsPrompts;
    private final @Nullable String region;
    private final String account;

    private Provider(Builder builder) {
        this.name = builder.name;
        this.displayName = builder.displayName.isEmpty() ? builder.name : builder.displayName;
        this.adapter = builder.adapter;
        this.baseUrl = builder.baseUrl;
        this.credential = builder.credential;
        this.token = builder.token;
        this.headers = builder.headers;
        this.options = Map.copyOf(builder.options);
        this.timeouts = builder.timeouts;
        this.collectsData = builder.collectsData;
        this.retainsPrompts = builder.retainsPrompts;
        this.region = builder.region;
        this.account = builder.account;
    }

    /**
     * Starts a provider.
     *
     * @param name its slug: lower case letters, digits, dots, dashes
     * @param adapter name of the adapter that speaks its wire format
     */
    public static Builder builder(String name, String adapter) {
        return new Builder(name, adapter);
    }

    /** The slug by which requests and configuration name it. */
    public String name() {
        return name;
    }

    /** The name shown to clients in {@code provider}. */
    public String displayName() {
        return displayName;
    }

    /** Which adapter speaks to it: the adapter's service property {@code patchbay.adapter}. */
    public String adapter() {
        return adapter;
    }

    /** Where its API is, without a trailing slash; empty for a local model. */
    public Optional<URI> baseUrl() {
        return Optional.ofNullable(baseUrl);
    }

    /** What it wants to see before it answers; empty if it wants nothing. */
    public Optional<Secret> credential() {
        return Optional.ofNullable(credential);
    }

    /**
     * Who trades the credential for a short-lived token: the service property {@code patchbay.token} of a token adapter;
     * empty if the credential is shown as it is.
     */
    public Optional<String> token() {
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    /** Further headers for each request to it. */
    public Headers headers() {
        return headers;
    }

    /** Settings for the adapter, by the names that adapter documents. */
    public Map<String, String> options() {
        return options;
    }

    /** How long to wait for it. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** This provider with another credential. */
    public Provider withCredential(Secret secret) {
        return new Provider(copy().credential(secret));
    }

    /** Whether it may keep prompts or train with them. One of which nobody has said that it does not, does. */
    public boolean collectsData() {
        return collectsData;
    }

    /**
     * Whether it may keep a prompt for any time after it has answered, be it to watch for abuse. One of which nobody has
     * said that it does not, does.
     */
    public boolean retainsPrompts() {
        return retainsPrompts;
    }

    /** Where it processes prompts, in the operator's words, lower case ({@code eu}); empty if nobody has said so. */
    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** Whether it processes prompts in one of these; no regions are any. Where nobody knows where it is, it is nowhere. */
    public boolean isIn(List<String> regions) {
        return regions.isEmpty() || region != null && regions.contains(region);
    }

    /**
     * This provider for one account alone, which has a credential of its own there.
     *
     * @param owner the account's id
     */
    public Provider ofAccount(String owner, Secret secret) {
        var copy = copy().credential(secret);
        copy.account = owner;
        return new Provider(copy);
    }

    /**
     * Whose credential it is asked with, if it is an account's own: that account pays the provider itself. Empty if it is
     * the operator's.
     */
    public Optional<String> account() {
        return account.isEmpty() ? Optional.empty() : Optional.of(account);
    }

    /** This provider without a credential. */
    public Provider withoutCredential() {
        var copy = copy();
        copy.credential = null;
        return new Provider(copy);
    }

    private Builder copy() {
        var copy = new Builder(name, adapter);
        copy.displayName = displayName;
        copy.baseUrl = baseUrl;
        copy.credential = credential;
        copy.token = token;
        copy.headers = headers;
        copy.options = options;
        copy.timeouts = timeouts;
        copy.collectsData = collectsData;
        copy.retainsPrompts = retainsPrompts;
        copy.region = region;
        copy.account = account;
        return copy;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * How long to wait at each stage.
     *
     * @param connect until the connection stands
     * @param firstByte from the request sent to the first byte of the answer
     * @param idle between two pieces of the answer
     * @param total for a whole answer that is not streamed
     */
    public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {
        /** 5 s, 60 s, 60 s, 300 s. */
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(300));
    }

    /** Builds a {@link Provider}. For one thread. */
    public static final class Builder {
        private final String name;
        private final String adapter;
        private String displayName = "";
        private @Nullable URI baseUrl;
        private @Nullable Secret credential;
        private String token = "";
        private Headers headers = Headers.none();
        private Map<String, String> options = Map.of();
        private Timeouts timeouts = Timeouts.DEFAULT;
        private boolean collectsData = true;
        private boolean retainsPrompts = true;
        private @Nullable String region;
        private String account = "";

        private Builder(String name, String adapter) {
            this.name = requireNonNull(name, "name");
            this.adapter = requireNonNull(adapter, "adapter");
        }

        /** See {@link Provider#displayName()}; the name if not given. */
        public Builder displayName(String text) {
            this.displayName = text;
            return this;
        }

        /** See {@link Provider#baseUrl()}. */
        public Builder baseUrl(URI url) {
            this.baseUrl = url;
            return this;
        }

        /** See {@link Provider#credential()}. */
        public Builder credential(Secret secret) {
            this.credential = secret;
            return this;
        }

        /** See {@link Provider#token()}. */
        public Builder token(String tokenAdapter) {
            this.token = tokenAdapter;
            return this;
        }

        /** See {@link Provider#headers()}. */
        public Builder headers(Headers all) {
            this.headers = all;
            return this;
        }

        /** See {@link Provider#options()}. */
        public Builder options(Map<String, String> all) {
            this.options = all;
            return this;
        }

        /** See {@link Provider#timeouts()}; {@link Timeouts#DEFAULT} if not given. */
        public Builder timeouts(Timeouts all) {
            this.timeouts = all;
            return this;
        }

        /** See {@link Provider#collectsData()}; it does if not given. */
        public Builder collectsData(boolean yes) {
            this.collectsData = yes;
            return this;
        }

        /** See {@link Provider#region()}. */
        public Builder region(String where) {
            this.region = where.toLowerCase(Locale.ROOT);
            return this;
        }

        /** See {@link Provider#retainsPrompts()}; it does if not given. */
        public Builder retainsPrompts(boolean yes) {
            this.retainsPrompts = yes;
            return this;
        }

        /** The provider. */
        public Provider build() {
            return new Provider(this);
        }
    }
}
