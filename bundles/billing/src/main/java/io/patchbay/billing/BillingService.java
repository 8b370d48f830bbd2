package io.patchbay.billing;

import io.patchbay.api.access.ApiKey;
import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Billing;
import io.patchbay.api.billing.Order;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.HoldOutcome;
import io.patchbay.api.ledger.HoldOutcome.Held;
import io.patchbay.api.ledger.HoldOutcome.Shortfall;
import io.patchbay.api.ledger.HoldRequest;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.Money;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The component. Bills that it opened stay good when it goes. */
@Component(service = Billing.class, configurationPid = "io.patchbay.billing")
@Designate(ocd = BillingService.Config.class)
public final class BillingService implements Billing {
    private static final Duration IN_FLIGHT_RETRY = Duration.ofSeconds(5);

    /** Settings of billing. Besides, {@code margin.account.NAME}, {@code margin.model.NAME}, {@code margin.provider.NAME}. */
    @ObjectClassDefinition(name = "Patchbay billing")
    @interface Config {
        @AttributeDefinition(description = "What is charged on top of a provider's price: 10%, 0.50/M, 0.001/request")
        String margin() default "0%";

        @AttributeDefinition(
                description = "Completion tokens that are expected of an answer, for what is held meanwhile")
        int expected$_$tokens() default 500;

        @AttributeDefinition(description = "Minutes after which a hold is taken for forgotten")
        int hold$_$minutes() default 30;
    }

    private final Ledger ledger;
    private final Tariff tariff;
    private final Duration longestHold;

    @Activate
    public BillingService(@Reference Ledger ledger, Config config, Map<String, Object> properties) {
        this(
                ledger,
                new Tariff(new Margins(properties), config.expected$_$tokens()),
                Duration.ofMinutes(config.hold$_$minutes()));
    }

    BillingService(Ledger ledger, Tariff tariff, Duration longestHold) {
        this.ledger = ledger;
        this.tariff = tariff;
        this.longestHold = longestHold;
    }

    @Override
    public Bill open(Order order) {
        var least = tariff.due(order, 1);
        var expected = tariff.due(order, tariff.expectedTokens(order));
        var request = HoldRequest.on(order.account().id(), least, expected, longestHold)
                .overdraft(order.account().overdraft());
        var budget = order.key().flatMap(ApiKey::budget);
        var outcome = ledger.hold(budget.map(request::within).orElse(request));
        if (outcome instanceof Held held) {
            return new LiveBill(order, tariff, held.hold());
        }
        throw paymentRequired(least, (Shortfall) outcome);
    }

    private FailureException paymentRequired(Money least, Shortfall shortfall) {
        boolean credit = shortfall.source() == HoldOutcome.Source.CREDIT;
        var have = shortfall.available().isPositive() ? "$" + shortfall.available() : "nothing";
        var message = "This request needs about $" + least + " and " + have + " is left of "
                + (credit ? "the account's credit" : "this API key's limit")
                + (shortfall.inFlight() ? " beside the requests under way. Try again when they are done." : ".");
        var failure = Failure.builder(FailureKind.PAYMENT_REQUIRED, message);
        if (shortfall.inFlight()) {
            return failure.limitSource("in_flight_budget")
                    .retryAfter(IN_FLIGHT_RETRY)
                    .build()
                    .toException();
        }
        return failure.limitSource(credit ? "credits" : "key_limit").build().toException();
    }
}
