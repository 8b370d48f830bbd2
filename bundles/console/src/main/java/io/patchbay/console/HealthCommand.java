package io.patchbay.console;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.health.EndpointHealth;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.routing.Figure;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:health}. */
@Service
@Command(
        scope = "patchbay",
        name = "health",
        description = "Shows how the endpoints have fared lately, and which are ejected and for how long.",
        detailedDescription = "An endpoint that keeps failing is ejected: passed over for a while, then tried again."
                + " Failures that are the client's own fault don't count. Uptime, the time to the first token and tokens"
                + " per second (medians), and how attempts failed, are of the last half hour, or as far back as --span"
                + " says.")
public final class HealthCommand extends Listing {
    @Argument(name = "provider", description = "Shows only endpoints of this provider.")
    @Completion(ProviderCompleter.class)
    String provider = "";

    @Option(
            name = "--span",
            description = "How far back uptime, failures, speed: 30s, 5m, 30m or 1d.",
            valueToShowInHelp = "30m")
    @Completion(
            value = StringsCompleter.class,
            values = {"30s", "5m", "30m", "1d"})
    String span = "30m";

    @Reference(optional = true)
    @Nullable
    Catalog catalog;

    @Reference(optional = true)
    @Nullable
    Health health;

    @Override
    ShellTable table() throws CommandException {
        var table = new ShellTable().emptyTableText("No endpoints. \"patchbay:providers\" shows why.");
        table.column("endpoint");
        table.column("state");
        table.column("reason");
        table.column("returns in").alignRight();
        table.column("answers").alignRight();
        table.column("failures").alignRight();
        table.column("at once").alignRight();
        table.column("uptime").alignRight();
        table.column("first token").alignRight();
        table.column("tokens/s").alignRight();
        table.column("failed by");
        var known = Part.of(health, "health");
        var back = span();
        for (var endpoint : Part.of(catalog, "catalog").endpoints()) {
            if (provider.isEmpty() || endpoint.provider().name().equals(provider)) {
                var now = known.of(endpoint.id());
                var lately = known.window(endpoint.id(), back);
                table.addRow()
                        .addContent(
                                endpoint.id(),
                                state(now),
                                Wording.harmless(now.reason()),
                                now.isOut() ? Wording.of(now.returnsIn()) : "",
                                now.successes(),
                                now.failures(),
                                now.limit().isPresent() ? "<= " + now.limit().getAsInt() : "",
                                uptime(lately),
                                lately.latency()
                                        .map(measured -> Figure.of(measured.p50(), 2) + " s")
                                        .orElse(""),
                                lately.throughput()
                                        .map(measured -> Figure.of(measured.p50(), 0))
                                        .orElse(""),
                                failures(lately));
            }
        }
        return table;
    }

    private Span span() throws CommandException {
        return switch (span) {
            case "30s" -> Span.HALF_MINUTE;
            case "5m" -> Span.FIVE_MINUTES;
            case "30m" -> Span.HALF_HOUR;
            case "1d" -> Span.DAY;
            default -> throw new CommandException("--span can be 30s, 5m, 30m or 1d, not " + Wording.harmless(span));
        };
    }

    /** What went wrong most often comes first. */
    private static String failures(Window lately) {
        return lately.failureKinds().entrySet().stream()
                .sorted(Map.Entry.<FailureKind, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .map(kind -> kind.getValue() + " "
                        + kind.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private static String uptime(Window lately) {
        return lately.uptime().stream()
                .mapToObj(share -> Figure.of(100 * share, 1) + " %")
                .findFirst()
                .orElse("");
    }

    private static String state(EndpointHealth now) {
        return switch (now.condition()) {
            case EJECTED -> "ejected";
            case PARKED -> "parked";
            case ON_PROBATION -> "on probation";
            case WELL -> tried(now);
        };
    }

    private static String tried(EndpointHealth now) {
        if (now.successes() > 0) {
            return "ok";
        }
        return now.failures() > 0 ? "failing" : "not tried";
    }
}
