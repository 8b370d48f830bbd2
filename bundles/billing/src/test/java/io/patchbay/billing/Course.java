package io.patchbay.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.ApiKey;
import io.patchbay.api.billing.Bill;
import io.patchbay.api.billing.Charge;
import io.patchbay.api.billing.Deposit;
import io.patchbay.api.billing.Order;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.catalog.Secret;
import io.patchbay.api.chat.Usage;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Entry;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One random course of generations, beside the plainest account of what everybody must have afterwards. */
final class Course {
    private static final int STEPS = 40;
    private static final List<String> ACCOUNTS = List.of("acme", "bolt");
    private static final Money LIMIT = dollars("3");
    private static final List<Endpoint> ENDPOINTS = List.of(
            endpoint("cheap", "2"),
            endpoint("dear", "1000"),
            endpoint("dearer", "5000"),
            endpoint("free", "0"),
            ownEndpoint("dear", "1000"));

    private final Books books;
    private final Random random;
    private final Map<String, Money> credit = new HashMap<>();
    /** What each has paid providers itself. */
    private final Map<String, Money> paid = new HashMap<>();

    private final List<Transfer> told = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private BillingService billing;
    private int ids;

    /** A generation under way. */
    private static final class Open {
        final Order order;
        final Bill bill;
        Endpoint endpoint;
        int attempts = 1;
        long delivered;

        Open(Order order, Bill bill) {
            this.order = order;
            this.bill = bill;
            this.endpoint = order.endpoint();
        }
    }

    Course(Books books, long seed) {
        this.books = books;
        this.random = new Random(seed);
        this.billing = billing();
        ACCOUNTS.forEach(account -> {
            credit.put(account, Money.ZERO);
            paid.put(account, Money.ZERO);
        });
    }

    private BillingService billing() {
        var terms = new BillingService.Terms(
                new Tariff(new Margins(Map.of("margin", "10%")), Margin.parse("5%"), 500),
                TopUpFee.parse("5.5% + 0.80"),
                Duration.ofMinutes(30));
        return new BillingService(books.ledger(), terms, InstantSource.system());
    }

    void run() {
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(13)) {
                case 0, 1 -> deposit();
                case 2, 3, 4 -> order();
                case 5, 6, 7 -> stream();
                case 8 -> fallBack();
                case 9 -> cancel();
                case 10 -> again();
                default -> end();
            }
            if (random.nextInt(25) == 0) {
                crash();
            }
            check();
        }
        while (!open.isEmpty()) {
            end();
        }
        check();
        ACCOUNTS.forEach(account -> assertThat(books.held(account)).isEqualTo(Money.ZERO));
    }

    private void deposit() {
        var account = account();
        var amount = dollars(String.valueOf(1 + random.nextInt(3)));
        var deposit = new Deposit("deposit-" + ids++, account, amount, random.nextBoolean(), "");
        for (int times = random.nextInt(3); times >= 0; times--) {
            remember(billing.deposit(deposit).toCompletableFuture().join());
        }
    }

    private void order() {
        var account = account();
        boolean limited = random.nextBoolean();
        boolean counting = limited && random.nextBoolean();
        var kind = counting ? "counting-" : limited ? "limited-" : "unlimited-";
        var key = ApiKey.builder(kind + account, Instant.EPOCH)
                .countsOwnCredentials(counting)
                .account(Account.builder(account, Instant.EPOCH)
                        .overdraft(Money.ZERO)
                        .build());
        if (limited) {
            key.limit(LIMIT, Budget.Period.ALWAYS);
        }
        var order = Order.of("gen-" + ids++, Instant.EPOCH, endpoint())
                .by(key.build())
                .prompt(random.nextInt(500))
                .answers(1 + random.nextInt(2));
        try {
            open.add(new Open(order, billing.open(order)));
        } catch (FailureException refused) {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.PAYMENT_REQUIRED);
        }
    }

    /** Chunk by chunk, until the meter says stop. */
    private void stream() {
        if (open.isEmpty()) {
            return;
        }
        var generation = any();
        for (int chunk = random.nextInt(8); chunk > 0; chunk--) {
            long more = generation.delivered + 1 + random.nextInt(300);
            if (!generation.bill.isCovered(more)) {
                end(generation);
                return;
            }
            generation.delivered = more;
        }
    }

    private void fallBack() {
        if (open.isEmpty()) {
            return;
        }
        var generation = any();
        if (generation.delivered > 0) {
            return;
        }
        if (random.nextBoolean()) {
            var cost =
                    books.of(LedgerAccount.cost(generation.endpoint.provider().name()));
            generation.bill.lose(
                    generation.attempts,
                    generation.endpoint,
                    Usage.estimated(random.nextInt(100), random.nextInt(100)));
            settle();
            assertThat(books.of(
                            LedgerAccount.cost(generation.endpoint.provider().name())))
                    .isGreaterThanOrEqualTo(cost);
        }
        generation.endpoint = endpoint();
        generation.attempts++;
        try {
            generation.bill.attempt(generation.endpoint);
        } catch (FailureException refused) {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.PAYMENT_REQUIRED);
            generation.bill.cancel();
            open.remove(generation);
        }
    }

    private void cancel() {
        if (!open.isEmpty()) {
            var generation = any();
            generation.bill.cancel();
            open.remove(generation);
        }
    }

    private void end() {
        if (!open.isEmpty()) {
            end(any());
        }
    }

    private void end(Open generation) {
        open.remove(generation);
        // What a provider counts is more than was delivered now and then, and sometimes it is out of all reason.
        long counted = random.nextInt(20) == 0 ? Usage.MOST : generation.delivered + random.nextInt(50);
        var usage = Usage.estimated(generation.order.promptTokens(), counted);
        var before = books.creditOf(generation.order.account().id());
        var charge = generation.bill.charge(usage).toCompletableFuture().join();

        assertThat(charge.charged()).isBetween(Money.ZERO, before);
        assertThat(charge.margin()).isGreaterThanOrEqualTo(Money.ZERO);
        remember(generation, charge);
        generation.bill.cancel();
    }

    private void remember(Open generation, Charge charge) {
        rememberOwn(generation);
        var transfer = books.ledger().transfer(generation.order.generation());
        if (charge.charged().isZero() && charge.cost().isZero()) {
            assertThat(transfer).isEmpty();
            return;
        }
        remember(transfer.orElseThrow());
        assertThat(transfer.orElseThrow().debit()).isEqualTo(charge.charged());
    }

    private void rememberOwn(Open generation) {
        var own = books.ledger().transfer(generation.order.generation() + "#own");
        own.ifPresent(transfer -> paid.merge(generation.order.account().id(), transfer.debit(), Money::plus));
        assertThat(own.isEmpty() || generation.endpoint.isOwn())
                .as("paid to providers that the operator pays")
                .isTrue();
    }

    /** Somebody asks for the same once more. */
    private void again() {
        if (!told.isEmpty()) {
            var one = told.get(random.nextInt(told.size()));
            assertThat(books.ledger().post(one).toCompletableFuture().join()).isEqualTo(one);
        }
    }

    private void crash() {
        var doubtful = new ArrayList<Open>();
        while (!open.isEmpty() && random.nextBoolean()) {
            var generation = open.remove(0);
            var unused = generation.bill.charge(Usage.estimated(generation.order.promptTokens(), generation.delivered));
            doubtful.add(generation);
        }
        open.clear();
        books.crash();
        billing = billing();
        for (var generation : doubtful) {
            books.ledger().transfer(generation.order.generation()).ifPresent(this::remember);
            rememberOwn(generation);
        }
    }

    /** Losses are written without anybody waiting for them; what comes after them is written after them. */
    private void settle() {
        deposit();
    }

    private void remember(Transfer transfer) {
        if (told.stream().noneMatch(known -> known.id().equals(transfer.id()))) {
            told.add(transfer);
            transfer.entries().stream()
                    .filter(entry -> entry.account().kind() == LedgerAccount.Kind.CREDIT)
                    .forEach(entry -> credit.merge(entry.account().owner(), entry.amount(), Money::plus));
        }
    }

    private void check() {
        assertThat(books.ledger().balances().stream().map(Entry::amount).reduce(Money.ZERO, Money::plus))
                .isEqualTo(Money.ZERO);
        for (var account : ACCOUNTS) {
            assertThat(books.creditOf(account)).as(account).isEqualTo(credit.get(account));
            assertThat(books.creditOf(account)).as(account).isGreaterThanOrEqualTo(Money.ZERO);
            assertThat(books.held(account)).as("held of " + account).isBetween(Money.ZERO, books.creditOf(account));
            assertThat(books.of(LedgerAccount.ownPayments(account)))
                    .isEqualTo(paid.get(account).negated());
        }
    }

    private Open any() {
        return open.get(random.nextInt(open.size()));
    }

    private String account() {
        return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    }

    private Endpoint endpoint() {
        return ENDPOINTS.get(random.nextInt(ENDPOINTS.size()));
    }

    private static Money dollars(String amount) {
        return Money.ofDollars(new BigDecimal(amount));
    }

    private static Endpoint endpoint(String provider, String dollarsPerMillion) {
        var price = new BigDecimal(dollarsPerMillion);
        return Endpoint.builder(
                        ModelId.parse("m/one"),
                        Provider.builder(provider, "openai").build())
                .price(Price.perMillionTokens(price, price))
                .build();
    }

    private static Endpoint ownEndpoint(String provider, String dollarsPerMillion) {
        var endpoint = endpoint(provider, dollarsPerMillion);
        return endpoint.at(endpoint.provider().ofAccount("acme", Secret.of("sk-own")));
    }
}
