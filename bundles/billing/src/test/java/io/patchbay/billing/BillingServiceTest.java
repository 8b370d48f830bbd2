package io.patchbay.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.billing.Deposit;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Price.Unit;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillingServiceTest {
    /** A dollar for a thousand tokens of either kind, so that amounts are easy to read. */
    private static final Endpoint DEAR = endpoint("dear", "1000");

    private static final Endpoint DEARER = endpoint("dearer", "5000");
    private static final Endpoint FREE = endpoint("free", "0");

    private Books books;
    private BillingService billing;

    @BeforeEach
    void open(@TempDir Path folder) {
        books = new Books(folder);
        billing = new BillingService(
                books.ledger(),
                new BillingService.Terms(
                        new Tariff(new Margins(Map.of("margin", "10%")), Margin.parse("5%"), 500),
                        TopUpFee.parse("5.5% + 0.80"),
                        Duration.ofMinutes(30)),
                InstantSource.system());
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void holdsThePromptAndTheAnswerThatIsExpected() {
        books.credit("acme", "100");

        billing.open(order(1_000));

        assertThat(books.held("acme")).isEqualTo(dollars("1.65"));
    }

    @Test
    void holdsNoMoreThanTheLongestAnswerWanted() {
        books.credit("acme", "100");

        billing.open(order(1_000).atMost(100));

        assertThat(books.held("acme")).isEqualTo(dollars("1.21"));
    }

    @Test
    void chargesCostAndMarginAndBooksThemApart() {
        books.credit("acme", "100");

        var charge = charge(billing.open(order(1_000)), 1_000, 2_000);

        assertThat(charge)
                .isEqualTo(new Charge(dollars("3.3"), dollars("3"), dollars("0.3"), Money.ZERO, dollars("2")));
        assertThat(books.creditOf("acme")).isEqualTo(dollars("96.7"));
        assertThat(books.held("acme")).isEqualTo(Money.ZERO);
        var transfer = books.charges().get(0);
        assertThat(transfer.id()).isEqualTo("gen-1");
        assertThat(transfer.budget()).contains("key-1");
        assertThat(books.of(LedgerAccount.cost("dear"))).isEqualTo(dollars("3"));
        assertThat(books.of(LedgerAccount.MARGIN)).isEqualTo(dollars("0.3"));
        assertThat(transfer.details())
                .contains("\"model\":\"m/one\"", "\"completion_tokens\":2000", "\"prompt_price\":0.001");
    }

    @Test
    void refusesWhatDoesNotPayForThePrompt() {
        books.credit("acme", "1");

        var refusal = refusal(order(1_000));

        assertThat(refusal.limitSource()).contains("credits");
        assertThat(refusal.retryAfter()).isEmpty();
        assertThat(refusal.message()).contains("$1.1011", "$1 is left of the account's credit");
    }

    @Test
    void takesWhatThereIsForAnAnswerThatMayBeShorterThanExpected() {
        books.credit("acme", "1.2");

        var bill = billing.open(order(1_000));

        assertThat(books.held("acme")).isEqualTo(dollars("1.2"));
        assertThat(bill.isCovered(90)).isTrue();
        assertThat(bill.isCovered(91)).isFalse();
    }

    @Test
    void saysWhenItIsOnlyForRequestsUnderWay() {
        books.credit("acme", "1.65");
        billing.open(order(1_000));

        var refusal = refusal(order(1_000));

        assertThat(refusal.limitSource()).contains("in_flight_budget");
        assertThat(refusal.retryAfter()).isPresent();
    }

    @Test
    void saysWhenItIsTheKeysLimit() {
        books.credit("acme", "100");
        var key = key().limit(dollars("0.5"), Budget.Period.DAY).build();

        assertThat(refusal(order(1_000).by(key)).limitSource()).contains("key_limit");
    }

    @Test
    void theMeterHoldsMoreWhileThereIsCredit() {
        books.credit("acme", "10");
        var bill = billing.open(order(1_000));

        assertThat(bill.isCovered(5_000)).isTrue();
        assertThat(books.held("acme")).isGreaterThanOrEqualTo(dollars("6.6"));
        assertThat(bill.isCovered(8_000)).isTrue();
        assertThat(bill.isCovered(8_091)).isFalse();
        bill.cancel();
        assertThat(books.held("acme")).isEqualTo(Money.ZERO);
    }

    @Test
    void neverChargesMoreThanThereIsAndWritesOffTheRest() {
        books.credit("acme", "1.5");

        var charge = charge(billing.open(order(1_000)), 1_000, 4_000);

        assertThat(charge.charged()).isEqualTo(dollars("1.5"));
        assertThat(books.creditOf("acme")).isEqualTo(Money.ZERO);
        assertThat(books.of(LedgerAccount.cost("dear"))).isEqualTo(dollars("5"));
        assertThat(books.of(LedgerAccount.WRITE_OFF)).isEqualTo(dollars("-3.5"));
    }

    @Test
    void whereCreditIsShortAnAnswerMayBeAsLongAsItPaysFor() {
        books.credit("acme", "1.5");
        var bill = billing.open(order(1_000).atMost(2_000));
        assertThat(bill.mostTokens()).hasValue(363);
        assertThat(bill.isCovered(363)).isTrue();
        assertThat(bill.isCovered(364)).isFalse();
    }

    @Test
    void whereThereIsCreditAnAnswerMayBeAsLongAsAskedFor() {
        books.credit("acme", "100");

        assertThat(billing.open(order(1_000).atMost(2_000)).mostTokens()).isEmpty();
        assertThat(billing.open(order(1_000).atMost(90_000)).mostTokens())
                .as("$1.65 are held for the other one")
                .hasValue(88_409);
    }

    @Test
    void severalAnswersShareTheCredit() {
        books.credit("acme", "100");

        billing.open(order(1_000).atMost(100).answers(3)).cancel();
        var bill = billing.open(order(1_000).answers(3).atMost(90_000));

        assertThat(books.held("acme")).isEqualTo(dollars("2.75"));
        assertThat(bill.mostTokens()).hasValue(29_969);
    }

    @Test
    void whereThoughtsAreDearerCreditIsReckonedToGoOnThem() {
        books.credit("acme", "2");
        var thinker = withPrice(DEAR.price().orElseThrow().toBuilder()
                .each(Unit.INTERNAL_REASONING, new BigDecimal("0.004"))
                .build());
        var bill = billing.open(Order.of("gen-1", Instant.EPOCH, thinker)
                .by(key().build())
                .prompt(1_000)
                .atMost(1_000));

        assertThat(bill.mostTokens()).hasValue(204);
        assertThat(bill.isCovered(204)).isTrue();
        assertThat(bill.isCovered(205)).isFalse();
        assertThat(charge(bill, 1_000, 204).charged()).as("it said all of it").isEqualTo(dollars("1.3244"));
    }

    @Test
    void holdsAndChargesByThePriceForPromptsOfThatSizeAtThatHour() {
        books.credit("acme", "100");
        var price = DEAR.price().orElseThrow().toBuilder()
                .above(1_000, Map.of(Unit.PROMPT, new BigDecimal("0.002"), Unit.CACHE_READ, new BigDecimal("0.0002")))
                .during(0, 60, Map.of(Unit.COMPLETION, new BigDecimal("0.0005")))
                .build();
        var order = Order.of("gen-1", Instant.EPOCH, withPrice(price))
                .by(key().build())
                .prompt(1_001)
                .atMost(100);

        var bill = billing.open(order);
        assertThat(books.held("acme")).isEqualTo(dollars("2.2572"));
        var usage = Usage.of(JsonView.parse("{\"prompt_tokens\":1001,\"completion_tokens\":100,\"total_tokens\":1101,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":1000}}"));
        var charge = bill.charge(usage).toCompletableFuture().join();

        assertThat(charge.cost()).isEqualTo(dollars("0.252"));
        var details = JsonView.parse(books.charges().get(0).details());
        assertThat(details.toString())
                .contains(
                        "\"prompt_price\":0.002",
                        "\"completion_price\":0.0005",
                        "\"cached_tokens\":1000",
                        "\"input_cache_read_price\":0.0002",
                        "\"price_version\":\"" + price.version() + '"')
                .doesNotContain("reasoning", "request_price");
    }

    @Test
    void imagesCostWhatOneOfThemCosts() {
        books.credit("acme", "100");
        var seeing = withPrice(DEAR.price().orElseThrow().toBuilder()
                .each(Unit.IMAGE, new BigDecimal("0.25"))
                .build());
        var order = Order.of("gen-1", Instant.EPOCH, seeing)
                .by(key().build())
                .prompt(1_000)
                .atMost(100)
                .images(3);

        var bill = billing.open(order);

        assertThat(books.held("acme")).isEqualTo(dollars("2.035"));
        assertThat(charge(bill, 1_000, 100).cost()).isEqualTo(dollars("1.85"));
        assertThat(books.charges().get(0).details()).contains("\"images\":3,\"image_price\":0.25");
    }

    @Test
    void aKeysLimitShortensAnswersToo() {
        books.credit("acme", "100");
        var key = key().limit(dollars("1.5"), Budget.Period.DAY).build();

        assertThat(billing.open(order(1_000).by(key).atMost(2_000)).mostTokens())
                .hasValue(363);
    }

    @Test
    void whatAProviderAsksForNothingIsTheOperatorsLossOnce() {
        books.credit("acme", "100");
        var bill = billing.open(order(1_000));

        bill.lose(1, DEAR, Usage.estimated(1_000, 20));
        bill.lose(1, DEAR, Usage.estimated(1_000, 20));
        bill.cancel();
        // What comes later is written later.
        deposit(new Deposit("later", "acme", dollars("1"), false, ""));

        assertThat(books.creditOf("acme")).isEqualTo(dollars("101"));
        assertThat(books.of(LedgerAccount.cost("dear"))).isEqualTo(dollars("1.02"));
        assertThat(books.of(LedgerAccount.WRITE_OFF)).isEqualTo(dollars("-1.02"));
    }

    @Test
    void whoPaysTheProviderThemselvesOwesTheFeeAlone() {
        books.credit("acme", "1");
        var own = DEAR.at(DEAR.provider().ofAccount("acme", Secret.of("sk-own")));
        var bill = billing.open(
                Order.of("gen-1", Instant.EPOCH, own).by(key().build()).prompt(1_000));

        var charge = charge(bill, 1_000, 2_000);

        assertThat(charge)
                .isEqualTo(new Charge(dollars("0.15"), Money.ZERO, dollars("0.15"), dollars("3"), dollars("2")));
        assertThat(books.creditOf("acme")).isEqualTo(dollars("0.85"));
        assertThat(books.of(LedgerAccount.cost("dear"))).isEqualTo(Money.ZERO);
        assertThat(books.of(LedgerAccount.MARGIN)).isEqualTo(dollars("0.15"));
    }

    @Test
    void whatTheyPayThemselvesIsInTheBookAndInLimitsThatCountIt() {
        books.credit("acme", "1");
        var own = DEAR.at(DEAR.provider().ofAccount("acme", Secret.of("sk-own")));
        var limited = key().limit(dollars("4"), Budget.Period.ALWAYS)
                .countsOwnCredentials(true)
                .build();
        var order = Order.of("gen-1", Instant.EPOCH, own).by(limited).prompt(1_000);
        var bill = billing.open(order);
        assertThat(bill.isCovered(2_800)).isTrue();
        assertThat(bill.isCovered(2_900)).isFalse();
        assertThat(bill.mostTokens())
                .satisfies(most -> assertThat(most.orElseThrow()).isBetween(2_800L, 2_900L));

        charge(bill, 1_000, 2_000);

        assertThat(books.of(LedgerAccount.ownCost("dear"))).isEqualTo(dollars("3"));
        assertThat(books.of(LedgerAccount.ownPayments("acme"))).isEqualTo(dollars("-3"));
        assertThat(books.ledger().spent(limited.budget().orElseThrow())).isEqualTo(dollars("3.15"));
        assertThat(refusal(order).limitSource()).contains("key_limit");
        bill.cancel();
    }

    @Test
    void aFallbackCountsByItsOwnPrice() {
        books.credit("acme", "100");
        var bill = billing.open(order(1_000));

        bill.attempt(DEARER);

        assertThat(charge(bill, 1_000, 1_000).cost()).isEqualTo(dollars("10"));
        assertThat(books.of(LedgerAccount.cost("dearer"))).isEqualTo(dollars("10"));
    }

    @Test
    void aFallbackThatCreditDoesNotPayForIsRefused() {
        books.credit("acme", "2");
        var bill = billing.open(order(1_000));

        var refusal = catchThrowableOfType(FailureException.class, () -> bill.attempt(DEARER));

        assertThat(refusal.failure().kind()).isEqualTo(FailureKind.PAYMENT_REQUIRED);
    }

    @Test
    void whatIsFreeNeedsNoCreditAndMovesNone() {
        var bill = billing.open(Order.of("gen-1", Instant.EPOCH, FREE).by(key().build()));

        assertThat(charge(bill, 1_000, 1_000)).isEqualTo(Charge.NONE);
        assertThat(books.charges()).isEmpty();
    }

    @Test
    void theOperatorNeedsNoCredit() {
        var bill = billing.open(Order.of("gen-1", Instant.EPOCH, DEAR).prompt(1_000));

        assertThat(charge(bill, 1_000, 1_000).charged()).isEqualTo(dollars("2.2"));
        assertThat(books.creditOf(Account.OPERATOR.id())).isEqualTo(dollars("-2.2"));
    }

    @Test
    void whoPaysForCreditPaysTheFeeOnTop() {
        deposit(new Deposit("d-1", "acme", dollars("10"), true, "invoice 7"));

        assertThat(books.creditOf("acme")).isEqualTo(dollars("10"));
        assertThat(books.of(LedgerAccount.FEES)).isEqualTo(dollars("1.35"));
        assertThat(books.of(LedgerAccount.PAYMENTS)).isEqualTo(dollars("-11.35"));
    }

    @Test
    void creditThatIsGivenAwayHasNoFeeAndIsGivenOnce() {
        var gift = new Deposit("d-1", "acme", dollars("5"), false, "welcome");

        deposit(gift);
        deposit(gift);

        assertThat(books.creditOf("acme")).isEqualTo(dollars("5"));
        assertThat(books.of(LedgerAccount.PROMOTIONS)).isEqualTo(dollars("-5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"five", "-5%", "5%%", "5% + x", "1 + 5%"})
    void refusesWhatIsNoFee(String written) {
        assertThatThrownBy(() -> TopUpFee.parse(written)).hasMessageContaining("top-up-fee");
    }

    @Test
    void anEditCountsForBillsThatAreOpenedAfterwards() {
        books.credit("acme", "100");
        var before = billing.open(order(1_000));

        billing.modified(config("0%", "0%"), Map.of("margin", "50%"));
        var after = billing.open(Order.of("gen-2", Instant.EPOCH, DEAR).by(key().build()));

        assertThat(charge(before, 1_000, 1_000).charged()).isEqualTo(dollars("2.2"));
        assertThat(charge(after, 1_000, 1_000).charged()).isEqualTo(dollars("3"));
    }

    @ParameterizedTest
    @CsvSource({"ten, 0%", "0%, ten"})
    void anEditWithAMistakeChangesNothing(String margin, String fee) {
        books.credit("acme", "100");

        billing.modified(config(margin, fee), Map.of("margin", margin));

        assertThat(charge(billing.open(order(1_000)), 1_000, 1_000).charged()).isEqualTo(dollars("2.2"));
    }

    @Test
    void refusesAnEndpointWithoutAPrice() {
        var unknown = Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder("new", "openai").build())
                .build();

        assertThat(refusal(Order.of("gen-1", Instant.EPOCH, unknown)).kind()).isEqualTo(FailureKind.NO_ENDPOINTS);
    }

    @SuppressWarnings("BadAnnotationImplementation") // nobody compares it
    private static BillingService.Config config(String margin, String fee) {
        return new BillingService.Config() {
            @Override
            public Class<BillingService.Config> annotationType() {
                return BillingService.Config.class;
            }

            @Override
            public String margin() {
                return margin;
            }

            @Override
            public int expected$_$tokens() {
                return 500;
            }

            @Override
            public String top$_$up$_$fee() {
                return fee;
            }

            @Override
            public String byok$_$fee() {
                return "5%";
            }

            @Override
            public int hold$_$minutes() {
                return 30;
            }
        };
    }

    private void deposit(Deposit deposit) {
        billing.deposit(deposit).toCompletableFuture().join();
    }

    private Failure refusal(Order order) {
        return catchThrowableOfType(FailureException.class, () -> billing.open(order))
                .failure();
    }

    private static Charge charge(Bill bill, long promptTokens, long completionTokens) {
        return bill.charge(Usage.estimated(promptTokens, completionTokens))
                .toCompletableFuture()
                .join();
    }

    private static Order order(long promptTokens) {
        return Order.of("gen-1", Instant.EPOCH, DEAR).by(key().build()).prompt(promptTokens);
    }

    private static ApiKey.Builder key() {
        return ApiKey.builder("key-1", Instant.EPOCH)
                .account(Account.builder("acme", Instant.EPOCH)
                        .overdraft(Money.ZERO)
                        .build());
    }

    private static Money dollars(String amount) {
        return Money.ofDollars(new BigDecimal(amount));
    }

    private static Endpoint withPrice(Price price) {
        return DEAR.toBuilder().price(price).build();
    }

    private static Endpoint endpoint(String provider, String dollarsPerMillion) {
        var price = new BigDecimal(dollarsPerMillion);
        return Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder(provider, "openai").build())
                .price(Price.perMillionTokens(price, price))
                .build();
    }
}
