package io.patchbay.router;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Outcome;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.routing.Choice;
import io.patchbay.api.routing.Route;
import io.patchbay.api.routing.RoutingRequest;
import io.patchbay.api.routing.RoutingStrategy;
import io.patchbay.catalog.SimulatedCatalog;
import io.patchbay.health.SimulatedHealth;
import io.patchbay.strategy.balanced.BalancedStrategy;
import io.patchbay.strategy.latency.LatencyStrategy;
import io.patchbay.strategy.leastbusy.LeastBusyStrategy;
import io.patchbay.strategy.price.PriceStrategy;
import io.patchbay.strategy.throughput.ThroughputStrategy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What planning costs: one model with 50 endpoints, each with 200 answers behind it, in a catalogue of so many endpoints.
 * Run by {@code bench/run plan}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlanBenchmark {
    private static final int OF_ONE_MODEL = 50;
    private static final int ANSWERS = 200;
    private static final String ADAPTER = "lab";
    private static final ModelId MODEL = ModelId.parse("lab/model");

    /** How many endpoints there are altogether. */
    @Param({"50", "1500", "15000"})
    int catalogue;

    /** Who orders them. */
    @Param({"price", "latency", "throughput", "balanced", "least-busy"})
    String strategy;

    private final ChatRequest request = ChatRequest.of(JsonView.parse("""
            {"model":"lab/model","stream":true,"tools":[{"type":"function","function":{"name":"f"}}],
            "messages":[{"role":"user","content":"hello"}],"provider":{"max_price":{"prompt":100}}}"""));
    private SimulatedCatalog endpoints;
    private RoutePlanner router;

    /** Fills the catalogue and lets all endpoints have been used. */
    @Setup
    public void prepare() {
        var all = new ArrayList<Endpoint>();
        for (int i = 0; i < catalogue; i++) {
            all.add(endpoint(i, i < OF_ONE_MODEL ? MODEL : ModelId.parse("lab/other-" + i / 4)));
        }
        endpoints = new SimulatedCatalog(all, ADAPTER);
        Health health = SimulatedHealth.on(InstantSource.system());
        var die = new Random(1);
        for (var endpoint : endpoints.endpoints(MODEL)) {
            for (int i = 0; i < ANSWERS; i++) {
                var firstToken = Duration.ofMillis(200 + die.nextInt(400));
                health.record(Outcome.streamed(endpoint.id(), firstToken, firstToken.multipliedBy(5), 300));
            }
        }
        router = new RoutePlanner(health, EjectionLimits.DEFAULT, strategy, ThreadLocalRandom::current);
        router.installed().add(strategy, strategy(), () -> true);
    }

    private RoutingStrategy strategy() {
        return switch (strategy) {
            case "price" -> new PriceStrategy();
            case "latency" -> new LatencyStrategy();
            case "throughput" -> new ThroughputStrategy();
            case "balanced" -> new BalancedStrategy();
            default -> new LeastBusyStrategy();
        };
    }

    private static Endpoint endpoint(int i, ModelId model) {
        var price = BigDecimal.valueOf(1 + i % 7);
        return Endpoint.builder(model, Provider.builder("p" + i, ADAPTER).build())
                .price(Price.perMillionTokens(price, price))
                .contextLength(128_000)
                .build();
    }

    /** From the model's name to the route. */
    @Benchmark
    public Route plan() {
        var choice = Choice.of(endpoints.endpoints(MODEL));
        return router.plan(RoutingRequest.builder(request, List.of(choice))
                .tokens(1_000, 500)
                .time(Instant.now())
                .build());
    }

    /** Runs it, and prints a line for each strategy and catalogue. */
    public static void main(String[] args) throws RunnerException {
        var options = new OptionsBuilder()
                .include(PlanBenchmark.class.getName())
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        System.out.printf("%-12s %10s %9s %9s %12s%n", "strategy", "endpoints", "p50 us", "p99 us", "KiB a plan");
        for (var result : new Runner(options).run()) {
            var times = result.getPrimaryResult().getStatistics();
            var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            System.out.printf(
                    "%-12s %10s %9.1f %9.1f %12.1f%n",
                    result.getParams().getParam("strategy"),
                    result.getParams().getParam("catalogue"),
                    times.getPercentile(50),
                    times.getPercentile(99),
                    allocated.getScore() / 1024);
        }
    }
}
