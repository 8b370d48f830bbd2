package io.patchbay.replay;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.health.Health;
import io.patchbay.api.health.Span;
import io.patchbay.api.health.Window;
import io.patchbay.api.replay.Comparison.Summary;
import io.patchbay.api.routing.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One side of a comparison: adds up what choices of endpoints come to. For one thread. */
final class Side {
    private static final int DECIMALS = 6;
    private static final int MILLIS = 3;

    private BigDecimal dollars = BigDecimal.ZERO;
    private double failing;
    private long generations;
    private final List<Double> firstTokens = new ArrayList<>();
    private final Map<String, Long> byProvider = new HashMap<>();

    /**
     * An endpoint is asked first.
     *
     * @param known of endpoints, at that time
     */
    void asks(Endpoint endpoint, PastGeneration generation, Health known) {
        generations++;
        byProvider.merge(endpoint.provider().name(), 1L, Long::sum);
        dollars = dollars.add(cost(endpoint, generation));
        var lately = known.window(endpoint.id(), Span.HALF_HOUR);
        failing += 1 - lately.uptime().orElse(1);
        if (generation.isStreamed()) {
            firstToken(endpoint, known).ifPresent(firstTokens::add);
        }
    }

    private static Optional<Double> firstToken(Endpoint endpoint, Health known) {
        return known.window(endpoint.id(), Span.FIVE_MINUTES)
                .latency()
                .or(() ->
                        Optional.of(known.window(endpoint.id(), Span.HALF_HOUR)).flatMap(Window::latency))
                .map(measured -> measured.p50());
    }

    private static BigDecimal cost(Endpoint endpoint, PastGeneration generation) {
        return endpoint.price()
                .map(price -> price.at(generation.time()).forPromptOf(generation.promptTokens()))
                .map(price -> cost(price, generation))
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal cost(Price price, PastGeneration generation) {
        return price.prompt()
                .multiply(BigDecimal.valueOf(generation.promptTokens()))
                .add(price.completion().multiply(BigDecimal.valueOf(generation.completionTokens())))
                .add(price.request());
    }

    Summary summary() {
        var share = generations == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(failing).divide(BigDecimal.valueOf(generations), MathContext.DECIMAL32);
        return new Summary(dollars.setScale(DECIMALS, RoundingMode.HALF_UP), median(), share, byProvider);
    }

    private Optional<BigDecimal> median() {
        if (firstTokens.isEmpty()) {
            return Optional.empty();
        }
        var sorted = firstTokens.stream().sorted().toList();
        return Optional.of(new BigDecimal(Figure.of(sorted.get(sorted.size() / 2), MILLIS)));
    }
}
