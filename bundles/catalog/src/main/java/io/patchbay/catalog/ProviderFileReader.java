package io.patchbay.catalog;

import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Provider.Timeouts;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.http.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a provider's file. */
final class ProviderFileReader {
    static final List<String> KEYS = List.of(
            "name",
            "display-name",
            "adapter",
            "base-url",
            "api-key",
            "api-key-file",
            "access-key",
            "token",
            "credential-required",
            "enabled",
            "headers",
            "models",
            "exclude-models",
            "author",
            "discovery-interval",
            "price-prompt",
            "price-completion",
            "price-cache-read",
            "price-cache-write",
            "price-cache-write-1h",
            "unknown-price",
            "context-length",
            "collects-data",
            "retains-prompts",
            "region",
            "connect-timeout",
            "first-byte-timeout",
            "idle-timeout",
            "total-timeout");

    /** In place of models: the provider is to be asked for them. */
    private static final List<String> DISCOVER = List.of("discover");

    private static final String OPTION = "option.";
    private static final String PRICE = "price.";
    private static final List<String> PREFIXES = List.of(OPTION, PRICE, ServiceTier.PREFIX);

    /** What the amounts in the price of one model are for, in their order. */
    private static final List<Unit> PRICE_PARTS =
            List.of(Unit.PROMPT, Unit.COMPLETION, Unit.CACHE_READ, Unit.CACHE_WRITE);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
    /** A comma ends a header only where another one follows: values may hold commas. */
    private static final Pattern BETWEEN_HEADERS = Pattern.compile("\\n|,(?=\\s*[A-Za-z0-9-]+\\s*:(?!//))");

    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*:\\s*(.*)");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private ProviderFileReader() {}

    /**
     * Reads the file.
     *
     * @param nameOfFile the provider's name by the name of its file
     * @throws BadSetting for the first thing that is wrong
     */
    static ProviderSettings read(String nameOfFile, Settings settings) {
        settings.refuseUnknown(KEYS, PREFIXES);
        var name = settings.text("name").orElse(nameOfFile);
        if (!NAME.matcher(name).matches()) {
            throw new BadSetting(
                    "name",
                    "'" + name + "' (expected: lower case letters, digits, dots and dashes, as in NAME of "
                            + "io.patchbay.provider~NAME.cfg)");
        }
        var author = settings.text("author").orElse(name);
        if (ModelId.tryParse(author + "/x").isEmpty()) {
            throw new BadSetting("author", "'" + author + "' can't be the first half of author/name");
        }
        return new ProviderSettings(
                provider(name, settings),
                settings.flag("enabled", true),
                settings.flag("credential-required", true),
                models(settings),
                discovers(settings),
                author,
                settings.list("exclude-models").stream()
                        .map(ProviderFileReader::glob)
                        .toList(),
                prices(settings),
                price(settings),
                ServiceTier.read(settings),
                UnknownPrice.read(settings).orElse(null),
                settings.count("context-length"),
                settings.duration("discovery-interval", TEN_MINUTES));
    }

    private static Provider provider(String name, Settings settings) {
        var provider = Provider.builder(name, settings.text("adapter").orElse("openai"))
                .baseUrl(baseUrl(settings))
                .headers(headers(settings))
                .options(settings.under(OPTION))
                .timeouts(timeouts(settings))
                .collectsData(settings.flag("collects-data", true))
                .retainsPrompts(settings.flag("retains-prompts", true));
        settings.text("display-name").ifPresent(provider::displayName);
        settings.text("region").ifPresent(provider::region);
        settings.text("api-key")
                .map(ProviderFileReader::key)
                .or(() -> settings.text("access-key").flatMap(ProviderFileReader::accessKey))
                .or(() -> settings.text("api-key-file").map(ProviderFileReader::keyIn))
                .map(Secret::of)
                .ifPresent(provider::credential);
        settings.text("token").ifPresent(provider::token);
        return provider.build();
    }

    private static URI baseUrl(Settings settings) {
        var text = settings.text("base-url")
                .orElseThrow(
                        () -> new BadSetting("base-url", "missing (expected: such as https://api.example.com/v1)"));
        try {
            var url = new URI(text.replaceFirst("/+$", ""));
            boolean isHttp = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            boolean isPlain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (isHttp && isPlain && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException notOne) {
            // Said below, in the same words as for all that is no such URL.
        }
        throw new BadSetting(
                "base-url", "not a usable URL (expected: http or https, a host, no user, query or fragment)");
    }

    private static String key(String text) {
        if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new BadSetting("api-key", "holds a character that no key can hold");
        }
        return text;
    }

    /** {@code ID:SECRET} or {@code ID:SECRET:TOKEN}; none if one of the first two is not set in the environment. */
    private static Optional<String> accessKey(String text) {
        var parts = key(text).split(":", 3);
        if (parts.length < 2) {
            throw new BadSetting("access-key", "not an access key (expected: ID:SECRET or ID:SECRET:TOKEN)");
        }
        if (parts[0].isEmpty() || parts[1].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(text.replaceFirst(":$", ""));
    }

    private static String keyIn(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException unreadable) {
            throw new BadSetting("api-key-file", "the file can't be read: " + file);
        }
    }

    private static Headers headers(Settings settings) {
        var headers = Headers.builder();
        for (var line : BETWEEN_HEADERS.split(settings.text("headers").orElse(""), -1)) {
            var header = HEADER.matcher(line.strip());
            if (header.matches() && header.group(2).chars().allMatch(c -> c >= ' ' && c <= '~')) {
                headers.add(header.group(1), header.group(2));
            } else if (!line.isBlank()) {
                throw new BadSetting("headers", "not a list of headers (expected: Name: value, Name: value)");
            }
        }
        return headers.build();
    }

    private static Timeouts timeouts(Settings settings) {
        var usual = Timeouts.DEFAULT;
        return new Timeouts(
                settings.duration("connect-timeout", usual.connect()),
                settings.duration("first-byte-timeout", usual.firstByte()),
                settings.duration("idle-timeout", usual.idle()),
                settings.duration("total-timeout", usual.total()));
    }

    private static boolean discovers(Settings settings) {
        return settings.list("models").equals(DISCOVER);
    }

    private static Map<ModelId, String> models(Settings settings) {
        var models = new LinkedHashMap<ModelId, String>();
        if (discovers(settings)) {
            return models;
        }
        for (var entry : settings.list("models")) {
            int equals = entry.indexOf('=');
            var model = modelId(
                    "models", equals < 0 ? entry : entry.substring(0, equals).strip());
            var upstreamName =
                    equals < 0 ? model.name() : entry.substring(equals + 1).strip();
            if (upstreamName.isEmpty()) {
                throw new BadSetting("models", "'" + entry + "' has nothing after the equals sign");
            }
            if (models.put(model, upstreamName) != null) {
                throw new BadSetting("models", "'" + model + "' is there twice");
            }
        }
        return models;
    }

    private static Map<ModelId, Price> prices(Settings settings) {
        var prices = new LinkedHashMap<ModelId, Price>();
        settings.under(PRICE).forEach((model, value) -> {
            var key = PRICE + model;
            var parts = value.split(",", -1);
            if (parts.length < 2 || parts.length > PRICE_PARTS.size()) {
                throw new BadSetting(
                        key,
                        "'" + value + "' (expected: prompt,completion or prompt,completion,cache-read,cache-write"
                                + " in dollars a million tokens)");
            }
            var price = Price.builder();
            for (int i = 0; i < parts.length; i++) {
                price.perMillion(PRICE_PARTS.get(i), Settings.amount(key, parts[i]));
            }
            prices.put(modelId(key, model), price.build());
        });
        return prices;
    }

    private static @Nullable Price price(Settings settings) {
        var prompt = settings.amount("price-prompt");
        var completion = settings.amount("price-completion");
        var cacheRead = settings.amount("price-cache-read");
        var cacheWrite = settings.amount("price-cache-write");
        var cacheWriteForAnHour = settings.amount("price-cache-write-1h");
        if (prompt.isEmpty() && completion.isEmpty()) {
            if (cacheRead.isPresent() || cacheWrite.isPresent() || cacheWriteForAnHour.isPresent()) {
                throw new BadSetting("price-prompt", "missing: prices of the cache are nothing without it");
            }
            return null;
        }
        var price = Price.builder();
        prompt.ifPresent(dollars -> price.perMillion(Unit.PROMPT, dollars));
        completion.ifPresent(dollars -> price.perMillion(Unit.COMPLETION, dollars));
        cacheRead.ifPresent(dollars -> price.perMillion(Unit.CACHE_READ, dollars));
        cacheWrite.ifPresent(dollars -> price.perMillion(Unit.CACHE_WRITE, dollars));
        cacheWriteForAnHour.ifPresent(dollars -> price.perMillion(Unit.CACHE_WRITE_1H, dollars));
        return price.build();
    }

    private static ModelId modelId(String key, String text) {
        return ModelId.tryParse(text)
                .orElseThrow(() -> new BadSetting(key, "'" + text + "' is not a model (expected: author/name)"));
    }

    /** A pattern in which {@code *} stands for anything. */
    static Pattern glob(String text) {
        return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"));
    }
}
