package io.patchbay.console;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.health.Health;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:models}. */
@Service
@Command(
        scope = "patchbay",
        name = "models",
        description = "Lists the models that clients can name now, and who serves them.",
        detailedDescription =
                "Prices are in US dollars for a million prompt tokens / a million completion tokens;"
                        + " of several providers' prices the lowest is shown. What has no price gets no requests. Health counts the endpoints that are not ejected.")
public final class ModelsCommand extends Listing {
    private static final Comparator<Price> CHEAPEST_FIRST =
            Comparator.comparing(Price::completion).thenComparing(Price::prompt);

    @Argument(name = "filter", description = "Shows only models whose name contains this.")
    @Completion(ModelCompleter.class)
    String filter = "";

    @Option(name = "--provider", description = "Shows only models of this provider.")
    @Completion(ProviderCompleter.class)
    String provider = "";

    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Reference(optional = true)
    @Nullable
    Health health;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("No models. \"patchbay:providers\" shows why.");
        table.column("model");
        table.column("providers");
        table.column("context").alignRight();
        table.column("$ per million").alignRight();
        table.column("health");
        byModel(Part.of(catalog, "catalog").endpoints())
                .forEach((model, endpoints) -> table.addRow()
                        .addContent(
                                model, providers(endpoints), context(endpoints), price(endpoints), health(endpoints)));
        return table;
    }

    private Map<ModelId, List<Endpoint>> byModel(List<Endpoint> endpoints) {
        var wanted = filter.toLowerCase(Locale.ROOT);
        return endpoints.stream()
                .filter(endpoint ->
                        endpoint.model().toString().toLowerCase(Locale.ROOT).contains(wanted))
                .filter(endpoint ->
                        provider.isEmpty() || endpoint.provider().name().equals(provider))
                .collect(groupingBy(Endpoint::model, LinkedHashMap::new, toList()));
    }

    private static String providers(List<Endpoint> endpoints) {
        return endpoints.stream().map(endpoint -> endpoint.provider().name()).collect(joining(", "));
    }

    private static String context(List<Endpoint> endpoints) {
        long longest = endpoints.stream()
                .mapToLong(endpoint -> endpoint.contextLength().orElse(0))
                .max()
                .orElse(0);
        return longest == 0 ? "?" : Long.toString(longest);
    }

    private static String price(List<Endpoint> endpoints) {
        return endpoints.stream()
                .flatMap(endpoint -> endpoint.price().stream())
                .min(CHEAPEST_FIRST)
                .map(Wording::perMillion)
                .orElse("no price");
    }

    private String health(List<Endpoint> endpoints) {
        var known = health;
        if (known == null) {
            return "?";
        }
        long usable = endpoints.stream()
                .filter(endpoint -> !known.of(endpoint.id()).isOut())
                .count();
        return usable == endpoints.size() ? "ok" : usable + " of " + endpoints.size();
    }
}
