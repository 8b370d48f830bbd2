package io.patchbay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.routing.RoutingStrategy;
import io.patchbay.strategy.balanced.BalancedStrategy;
import io.patchbay.strategy.latency.LatencyStrategy;
import io.patchbay.strategy.leastbusy.LeastBusyStrategy;
import io.patchbay.strategy.price.PriceStrategy;
import io.patchbay.strategy.throughput.ThroughputStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every scenario with every strategy. What came of it is committed, so that a changed constant shows in review: this
 * fails if the page says something else; {@code -DargLine=-Dpatchbay.write=true} writes it.
 */
class SimulationTableTest {
    private static final Path PAGE = Path.of("../docs/routing-simulation.md");
    private static final String BEGIN = "<!-- The table is written by SimulationTableTest. -->\n";
    private static final long SEED = 20261130;

    private static final List<Tried> STRATEGIES = List.of(
            new Tried("price", "cheap", PriceStrategy::new),
            new Tried("latency", "dear", LatencyStrategy::new),
            new Tried("throughput", "dear", ThroughputStrategy::new),
            new Tried("balanced", "cheap", BalancedStrategy::new),
            new Tried("least-busy", "dear", LeastBusyStrategy::new));

    /** A strategy, and the endpoint that it likes best when all are well: what goes wrong goes wrong there. */
    private record Tried(String name, String favourite, Supplier<RoutingStrategy> made) {}

    @Test
    void thePageSaysWhatComesOfIt() throws IOException {
        var page = Files.readString(PAGE);
        var head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        var found = head + table();
        if (Boolean.getBoolean("patchbay.write")) {
            Files.writeString(PAGE, found);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(found);
    }

    private static String table() {
        var header = "\n| scenario | " + STRATEGIES.stream().map(Tried::name).collect(Collectors.joining(" | "))
                + " |\n|---|" + "---|".repeat(STRATEGIES.size()) + '\n';
        return header + Scenario.all().map(SimulationTableTest::row).collect(Collectors.joining());
    }

    private static String row(Scenario scenario) {
        return "| " + scenario.name() + " | "
                + STRATEGIES.stream()
                        .map(strategy -> new Simulation(
                                        scenario,
                                        strategy.favourite(),
                                        strategy.made().get(),
                                        SEED)
                                .run()
                                .toString())
                        .collect(Collectors.joining(" | "))
                + " |\n";
    }
}
