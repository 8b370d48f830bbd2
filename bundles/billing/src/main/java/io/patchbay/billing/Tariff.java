package io.patchbay.billing;

import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** What is asked for usage: the provider's price, and the operator's margin on top. Rounded once, to a billionth. */
final class Tariff {
    private static final long MILLION = 1_000_000;

    private final Margins margins;
    private final Margin ownFee;
    private final int expectedTokens;

    /**
     * A tariff.
     *
     * @param ownFee what an account owes that pays the provider itself
     * @param expectedTokens how long answers usually are
     */
    Tariff(Margins margins, Margin ownFee, int expectedTokens) {
        this.margins = margins;
        this.ownFee = ownFee;
        this.expectedTokens = expectedTokens;
    }

    /** What the provider asks, whoever pays it. */
    Money upstream(Order order, Endpoint endpoint, Usage usage) {
        return rounded(rated(order, price(order, endpoint), usage));
    }

    /** What the provider asks for the answer alone: rounded by itself, so it may be a trace more than all of it. */
    Money completion(Order order, Endpoint endpoint, Usage usage) {
        return rounded(Rating.ofCompletion(price(order, endpoint), usage));
    }

    /** What the account owes. */
    Money due(Order order, Endpoint endpoint, Usage usage) {
        return due(order, endpoint, price(order, endpoint), usage);
    }

    private Money due(Order order, Endpoint endpoint, Price price, Usage usage) {
        var cost = rated(order, price, usage);
        if (endpoint.isOwn()) {
            return rounded(ownFee.on(cost, usage));
        }
        return rounded(cost.add(margins.of(order.account().id(), endpoint).on(cost, usage)));
    }

    /** What is asked for usage, and for the images of the prompt, which providers do not count. */
    private static BigDecimal rated(Order order, Price listed, Usage usage) {
        var price = listed.forPromptOf(usage.promptTokens());
        var anImage = price.of(Price.Unit.IMAGE).orElse(BigDecimal.ZERO);
        return Rating.of(price, usage).add(anImage.multiply(BigDecimal.valueOf(order.images())));
    }

    /** The most that an order comes to with so long an answer: all of it may be thoughts, where those are dearer. */
    Money most(Order order, Endpoint endpoint, long completionTokens) {
        var usage = Usage.estimated(order.promptTokens(), completionTokens);
        return due(order, endpoint, dearest(charged(order, endpoint, usage)), usage);
    }

    /** The same with what the provider asks of the account itself. */
    Money mostWithOwn(Order order, Endpoint endpoint, long completionTokens) {
        var most = most(order, endpoint, completionTokens);
        if (!endpoint.isOwn()) {
            return most;
        }
        var usage = Usage.estimated(order.promptTokens(), completionTokens);
        return most.plus(rounded(rated(order, dearest(charged(order, endpoint, usage)), usage)));
    }

    private static Price dearest(Price price) {
        var thoughts = price.of(Price.Unit.INTERNAL_REASONING);
        return thoughts.filter(amount -> amount.compareTo(price.completion()) > 0)
                .map(amount ->
                        price.toBuilder().each(Price.Unit.COMPLETION, amount).build())
                .orElse(price);
    }

    /**
     * How long an answer some money pays for at the least: prices go up evenly with its length.
     *
     * @param most what so many completion tokens come to
     */
    static long affordable(LongFunction<Money> most, Money money) {
        var prompt = most.apply(0);
        var perMillion = most.apply(MILLION).minus(prompt);
        if (!perMillion.isPositive()) {
            return Usage.MOST;
        }
        var left = BigDecimal.valueOf(money.minus(prompt).nanos());
        return left.multiply(BigDecimal.valueOf(MILLION))
                .divide(BigDecimal.valueOf(perMillion.nanos()), 0, RoundingMode.FLOOR)
                .min(BigDecimal.valueOf(Usage.MOST))
                .longValue();
    }

    /** The same for an answer that may be so long, or for one of several; empty if there is enough for all of it. */
    static OptionalLong shortened(LongFunction<Money> most, Money money, long asked) {
        if (!most.apply(asked).exceeds(money)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(affordable(most, money));
    }

    /** How long its answers are expected to be: not as long as the model could make them, which nobody uses. */
    long expectedTokens(Order order) {
        return order.answers()
                * Math.max(1, Math.min(expectedTokens, order.maxTokens().orElse(Long.MAX_VALUE)));
    }

    /**
     * What the provider asks for each unit at the time of the order.
     *
     * @throws io.patchbay.api.failure.FailureException NO_ENDPOINTS if nobody knows
     */
    static Price price(Order order, Endpoint endpoint) {
        return listed(endpoint).at(order.created());
    }

    /** The same, for a prompt of that size. */
    static Price charged(Order order, Endpoint endpoint, Usage usage) {
        return price(order, endpoint).forPromptOf(usage.promptTokens());
    }

    /** The same, with all that changes by the hour or the size. */
    static Price listed(Endpoint endpoint) {
        return endpoint.price()
                .orElseThrow(() -> Failure.of(
                                FailureKind.NO_ENDPOINTS,
                                endpoint.provider().displayName() + " has no price for this model here.")
                        .toException());
    }

    private static Money rounded(BigDecimal dollars) {
        return Money.rounded(dollars, RoundingMode.HALF_UP);
    }
}
