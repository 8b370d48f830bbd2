package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How many requests a provider bears at once is learnt from what it refuses: a cheap one that bears four, beside a dear one
 * that bears all.
 */
class ConcurrencyLimitIT {
    private static final int BEARS = 4;
    private static final int CLIENTS = 12;
    private static final Pattern AT_ONCE = Pattern.compile("narrow:fake/talker *(?:\\|[^|]*){5}\\| *<= (\\d+)");

    private static final AtomicInteger IN_FLIGHT = new AtomicInteger();
    /** Whether each request was refused. */
    private static final Queue<Boolean> REFUSED = new ConcurrentLinkedQueue<>();

    private static FakeUpstream narrow;
    private static FakeUpstream wide;
    private static Distribution gateway;

    @BeforeAll
    static void start() {
        narrow = FakeUpstream.start().answer(ConcurrencyLimitIT::answerUnlessBusy);
        wide = FakeUpstream.start().answer(ConcurrencyLimitIT::answer);
        gateway = Distribution.withHome("concurrency")
                .configured("io.patchbay.provider~narrow.cfg", file(narrow, 1))
                .configured("io.patchbay.provider~wide.cfg", file(wide, 100))
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        narrow.close();
        wide.close();
    }

    private static String file(FakeUpstream upstream, int price) {
        return "base-url = " + upstream.baseUrl() + "\ncredential-required = false\nmodels = fake/talker=talker\n"
                + "price-prompt = " + price + "\nprice-completion = " + price + "\n";
    }

    private static void answerUnlessBusy(FakeExchange exchange) throws IOException, InterruptedException {
        boolean isBusy = IN_FLIGHT.incrementAndGet() > BEARS;
        REFUSED.add(isBusy);
        try {
            if (isBusy) {
                FakeAnswers.error(429, "Too many at once.").run(exchange);
            } else {
                answer(exchange);
            }
        } finally {
            IN_FLIGHT.decrementAndGet();
        }
    }

    private static void answer(FakeExchange exchange) throws IOException, InterruptedException {
        exchange.pause(Duration.ofMillis(200));
        boolean stream = exchange.request().bodyText().contains("\"stream\":true");
        (stream ? FakeAnswers.chatStream("one", "two") : FakeAnswers.chat("one two")).run(exchange);
    }

    @Test
    void aProviderIsAskedForAboutAsMuchAsItBears() throws Exception {
        try (var load = Load.on(gateway, "fake/talker", CLIENTS)) {
            load.awaitMoreThan(150);
            load.close();
            assertThat(load.failures()).isEmpty();
        }

        var all = List.copyOf(REFUSED);
        long refusals = all.stream().filter(busy -> busy).count();
        // Were nothing learnt, two of three would be refused.
        assertThat(refusals).as("%d of %d were refused", refusals, all.size()).isLessThan(all.size() / 3);
        assertThat(all.size() - refusals).isGreaterThan(30);
        var health = gateway.console("patchbay:health");
        var limit = AT_ONCE.matcher(health);
        assertThat(limit.find()).as(health).isTrue();
        assertThat(Integer.parseInt(limit.group(1))).isBetween(1, 2 * BEARS);
    }
}
