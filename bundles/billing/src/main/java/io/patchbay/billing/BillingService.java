package io.patchbay.billing;

import com.google.gson.JsonObject;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Billing;
import io.patchbay.api.billing.Deposit;
import io.patchbay.api.billing.Order;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Hold;
import io.patchbay.api.ledger.HoldOutcome.Held;
import io.patchbay.api.ledger.HoldOutcome.Shortfall;
import io.patchbay.api.ledger.HoldRequest;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component. Bills that it opened stay good when it goes. */
@Component(service = Billing.class, configurationPid = "io.patchbay.billing")
@Designate(ocd = BillingService.Config.class)
public final class BillingService implements Billing {
    private static final Logger log = LoggerFactory.getLogger(BillingService.class);
    private static final Duration IN_FLIGHT_RETRY = Duration.ofSeconds(5);

    /** Settings of billing. Besides, {@code margin.account.NAME}, {@code margin.model.NAME}, {@code margin.provider.NAME}. */
    @ObjectClassDefinition(name = "Patchbay billing")
    @interface Config {
        @AttributeDefinition(description = "What is charged on top of a provider's price: 10%, 0.50/M, 0.001/request")
        String margin() default "0%";

        @AttributeDefinition(
                description =
                        "What is charged where an account pays the provider itself: a part of the provider's price"
                                + " (5%), or as the margin is written")
        String byok$_$fee() default "0%";

        @AttributeDefinition(
                description = "Completion tokens that are expected of an answer, for what is held meanwhile")
        int expected$_$tokens() default 500;

        @AttributeDefinition(description = "What is paid on top of credit: 5.5%, 0.80 (dollars), 5.5% + 0.80")
        String top$_$up$_$fee() default "0%";

        @AttributeDefinition(description = "Minutes after which a hold is taken for forgotten")
        int hold$_$minutes() default 30;
    }

    private final Ledger ledger;
    private final InstantSource clock;
    private volatile Terms terms;

    /** What the configuration says. */
    record Terms(Tariff tariff, TopUpFee topUpFee, Duration longestHold) {
        static Terms of(Config config, Map<String, Object> properties) {
            return new Terms(
                    new Tariff(new Margins(properties), Margin.parse(config.byok$_$fee()), config.expected$_$tokens()),
                    TopUpFee.parse(config.top$_$up$_$fee()),
                    Duration.ofMinutes(config.hold$_$minutes()));
        }
    }

    @Activate
    public BillingService(@Reference Ledger ledger, Config config, Map<String, Object> properties) {
        this(ledger, termsAtStart(config, properties), InstantSource.system());
    }

    BillingService(Ledger ledger, Terms terms, InstantSource clock) {
        this.ledger = ledger;
        this.terms = terms;
        this.clock = clock;
    }

    /** Nobody is charged by guesswork: with a mistake in the file there is no billing, and so no answer. */
    private static Terms termsAtStart(Config config, Map<String, Object> properties) {
        try {
            return Terms.of(config, properties);
        } catch (IllegalArgumentException mistake) {
            log.error(
                    "io.patchbay.billing.cfg: {}. Nothing is charged, and no request answered, until it is mended",
                    mistake.getMessage());
            throw mistake;
        }
    }

    /** The file was edited. Bills that are open keep the terms that they were opened with. */
    @Modified
    void modified(Config config, Map<String, Object> properties) {
        try {
            terms = Terms.of(config, properties);
        } catch (IllegalArgumentException mistake) {
            log.error("io.patchbay.billing.cfg: {}. What was configured before stays in force", mistake.getMessage());
        }
    }

    @Override
    public Bill open(Order order) {
        var current = terms;
        var tariff = current.tariff();
        var least = tariff.most(order, order.endpoint(), 1);
        var expected = tariff.most(order, order.endpoint(), tariff.expectedTokens(order));
        var request = HoldRequest.on(order.account().id(), least, expected, current.longestHold())
                .overdraft(order.account().overdraft())
                .within(budgets(order, false));
        var hold = hold(order, request);
        try {
            return new LiveBill(order, tariff, hold, ownCost(order, current), ledger);
        } catch (FailureException refused) {
            hold.release();
            throw refused;
        }
    }

    private OwnCost ownCost(Order order, Terms current) {
        var tariff = current.tariff();
        var budgets = budgets(order, true);
        if (budgets.isEmpty()) {
            return new OwnCost(order, tariff, Optional.empty(), ledger);
        }
        var least = tariff.mostWithOwn(order, order.endpoint(), 1);
        var expected = tariff.mostWithOwn(order, order.endpoint(), tariff.expectedTokens(order));
        var hold = hold(order, HoldRequest.onBudgets(budgets, least, expected, current.longestHold()));
        return new OwnCost(order, tariff, Optional.of(hold), ledger);
    }

    private Hold hold(Order order, HoldRequest request) {
        var outcome = ledger.hold(request);
        if (outcome instanceof Held held) {
            return held.hold();
        }
        var shortfall = (Shortfall) outcome;
        var isOfGuardrail = shortfall.budget().filter(order.budgets()::contains).isPresent();
        throw isOfGuardrail ? overBudget(request.least(), shortfall) : paymentRequired(request.least(), shortfall);
    }

    /** @param withOwnCost whether those are meant that count what the account pays itself, or the others */
    private static List<Budget> budgets(Order order, boolean withOwnCost) {
        var ofKey = order.key().flatMap(ApiKey::budget);
        if (order.budgets().isEmpty() && ofKey.isEmpty()) {
            return List.of();
        }
        return Stream.concat(ofKey.stream(), order.budgets().stream())
                .filter(budget -> budget.countsOwnCost() == withOwnCost)
                .toList();
    }

    /** As OpenRouter has it: not 402, which asks for money. */
    private static FailureException overBudget(Money least, Shortfall shortfall) {
        return Failure.builder(
                        FailureKind.FORBIDDEN,
                        "This request needs about $" + least + " and " + have(shortfall)
                                + " is left of what a guardrail lets this API key spend" + beside(shortfall))
                .limitSource("guardrail_budget")
                .build()
                .toException();
    }

    @Override
    public CompletionStage<Transfer> deposit(Deposit deposit) {
        var kind = deposit.paid() ? Transfer.Kind.TOP_UP : Transfer.Kind.GRANT;
        var fee = deposit.paid() ? terms.topUpFee().on(deposit.amount()) : Money.ZERO;
        var details = new JsonObject();
        details.addProperty("note", deposit.note());
        return ledger.post(Transfer.builder(deposit.id(), kind, clock.instant())
                .entry(LedgerAccount.credit(deposit.account()), deposit.amount())
                .entry(LedgerAccount.FEES, fee)
                .entry(
                        deposit.paid() ? LedgerAccount.PAYMENTS : LedgerAccount.PROMOTIONS,
                        deposit.amount().plus(fee).negated())
                .details(details.toString())
                .build());
    }

    private FailureException paymentRequired(Money least, Shortfall shortfall) {
        boolean credit = shortfall.budget().isEmpty();
        var message = "This request needs about $" + least + " and " + have(shortfall) + " is left of "
                + (credit ? "the account's credit" : "this API key's limit") + beside(shortfall);
        var failure = Failure.builder(FailureKind.PAYMENT_REQUIRED, message);
        if (shortfall.inFlight()) {
            return failure.limitSource("in_flight_budget")
                    .retryAfter(IN_FLIGHT_RETRY)
                    .build()
                    .toException();
        }
        return failure.limitSource(credit ? "credits" : "key_limit").build().toException();
    }

    private static String have(Shortfall shortfall) {
        return shortfall.available().isPositive() ? "$" + shortfall.available() : "nothing";
    }

    private static String beside(Shortfall shortfall) {
        return shortfall.inFlight() ? " beside the requests under way. Try again when they are done." : ".";
    }
}
