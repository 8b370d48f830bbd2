package io.patchbay.console;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.replay.Comparison;
import io.patchbay.api.replay.Replay;
import io.patchbay.api.replay.WhatIf;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:replay}. */
@Service
@Command(
        scope = "patchbay",
        name = "replay",
        description = "Compares how generations were routed with how they would have been: what-if.",
        detailedDescription = "With another strategy, other rules or other prices; nothing is sent. Both sides are"
                + " reckoned with today's prices and what was known of endpoints at the time. docs/routing.md#what-if"
                + " says what that can't tell.")
public final class ReplayCommand extends RuleSettings {
    private static final int DECIMALS = 4;

    @Option(name = "--since", description = "How far back: 7d, 12h, 30m.")
    String since = "7d";

    @Option(
            name = "--price",
            description = "What a provider would ask, in shares of what it asks now, such as openai=0.8; may be given"
                    + " more than once.",
            multiValued = true)
    List<String> prices = List.of();

    @Reference(optional = true)
    @Nullable
    Replay replay;

    private final InstantSource clock = InstantSource.system();

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        var until = clock.instant();
        var otherwise = new WhatIf(
                until.minus(span()),
                until,
                strategyAfter(Optional.empty()),
                permissionsChange().apply(Permissions.ALL),
                factors());
        try {
            print(Part.of(replay, "replay").run(otherwise), out);
        } catch (FailureException refused) {
            throw Part.refusal(Wording.harmless(refused.failure().message()));
        }
    }

    private Duration span() throws CommandException {
        try {
            var text = since.toUpperCase(Locale.ROOT);
            var span = Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
            if (!span.isNegative() && !span.isZero()) {
                return span;
            }
        } catch (DateTimeException unreadable) {
            var refusal = noSpan();
            refusal.initCause(unreadable);
            throw refusal;
        }
        throw noSpan();
    }

    private CommandException noSpan() {
        return Part.refusal("--since is a span such as 7d, 12h or 30m, not \"" + since + "\".");
    }

    private Map<String, BigDecimal> factors() throws CommandException {
        var factors = new HashMap<String, BigDecimal>();
        for (var price : prices) {
            int equals = price.indexOf('=');
            try {
                var factor = new BigDecimal(price.substring(equals + 1));
                if (equals > 0 && factor.signum() >= 0) {
                    factors.put(price.substring(0, equals), factor);
                    continue;
                }
            } catch (NumberFormatException unreadable) {
                var refusal = noPrice(price);
                refusal.initCause(unreadable);
                throw refusal;
            }
            throw noPrice(price);
        }
        return factors;
    }

    private static CommandException noPrice(String text) {
        return Part.refusal("--price is a provider and a number, such as openai=0.8, not \"" + text + "\".");
    }

    private static void print(Comparison comparison, PrintStream out) {
        var table = new ShellTable();
        table.column("");
        table.column("as it was").alignRight();
        table.column("as it would be").alignRight();
        var was = comparison.asItWas();
        var wouldBe = comparison.asItWouldBe();
        table.addRow().addContent("cost", dollars(was.dollars()), dollars(wouldBe.dollars()));
        table.addRow().addContent("first token", seconds(was.firstToken()), seconds(wouldBe.firstToken()));
        table.addRow().addContent("first attempts failing", percent(was.failing()), percent(wouldBe.failing()));
        var providers = new TreeSet<>(was.byProvider().keySet());
        providers.addAll(wouldBe.byProvider().keySet());
        for (var provider : providers) {
            table.addRow()
                    .addContent(
                            "to " + Wording.harmless(provider),
                            was.byProvider().getOrDefault(provider, 0L),
                            wouldBe.byProvider().getOrDefault(provider, 0L));
        }
        table.print(out);
        out.println(Wording.counted(comparison.generations(), "generation") + " compared; " + comparison.refused()
                + " nobody might have served; " + comparison.skipped()
                + " can't be told: nobody was asked, or is here any more.");
    }

    private static String dollars(BigDecimal amount) {
        return "$" + amount.setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    private static String seconds(Optional<BigDecimal> time) {
        return time.map(known -> known + " s").orElse("-");
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_UP) + " %";
    }
}
