package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.database.DatabaseKind;
import io.patchbay.database.kit.DatabasePlace;
import io.patchbay.testkit.FakeAnswers;
import io.patchbay.testkit.FakeExchange;
import io.patchbay.testkit.FakeUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promise: a process that is killed in the middle of everything has charged for every answer whose end a client saw,
 * once, and holds nobody's credit. {@code -Dpatchbay.crashes=20} kills it more often, as the profile {@code nightly} does.
 */
class CrashIT {
    private static final int CRASHES = Integer.getInteger("patchbay.crashes", 2);
    private static final int CLIENTS = 16;
    /** So many answers of either kind before each crash. */
    private static final int ANSWERS = 60;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void everyAnswerThatWasSeenIsChargedOnce(DatabaseKind kind, @TempDir Path folder) throws Exception {
        try (var upstream = FakeUpstream.start()) {
            upstream.answer(CrashIT::talk);
            var gateway = start(kind, folder, upstream);
            try {
                var seen = new ArrayList<String>();
                for (int crash = 0; crash < CRASHES; crash++) {
                    seen.addAll(answersUntilCrash(gateway));
                    gateway = gateway.restarted();
                    check(gateway, seen);
                }
                System.out.printf("%s: killed %d times, %d answers seen, all charged%n", kind, CRASHES, seen.size());
            } finally {
                gateway.close();
            }
        }
    }

    private static List<String> answersUntilCrash(Distribution gateway) throws InterruptedException {
        try (var load = Load.on(gateway, "fake/talker", CLIENTS)) {
            load.awaitMoreThan(ANSWERS);
            gateway.kill();
            load.close();
            return load.generations();
        }
    }

    private static void check(Distribution gateway, List<String> seen) {
        assertThat(gateway.console("patchbay:ledger-verify")).contains("The ledger is right");
        var charged = charged(gateway);
        assertThat(charged).doesNotHaveDuplicates().containsAll(seen);
        assertThat(gateway.console("patchbay:balances --no-format").lines().filter(line -> line.startsWith("credit/")))
                .allSatisfy(line -> assertThat(line).as("nothing is held").matches(".*\\t0\\s*"));
    }

    /** The ids of all charges. */
    private static List<String> charged(Distribution gateway) {
        var ids = new ArrayList<String>();
        Set<String> pages = new HashSet<>();
        var page = "patchbay:ledger --no-format --limit 1000";
        while (pages.add(page)) {
            var rows = gateway.console(page).lines().map(row -> row.split("\t")).toList();
            rows.forEach(row -> ids.add(row[2].strip()));
            if (rows.size() == 1000) {
                page = "patchbay:ledger --no-format --limit 1000 --before " + rows.get(rows.size() - 1)[0].strip();
            }
        }
        return ids;
    }

    private static Distribution start(DatabaseKind kind, Path folder, FakeUpstream upstream) {
        var place = DatabasePlace.fresh(kind, folder);
        return Distribution.withHome("crash-" + kind)
                .with("PATCHBAY_DATABASE_URL", place.url())
                .with("PATCHBAY_DATABASE_USER", place.user())
                .configured(
                        "io.patchbay.provider~fake-provider.cfg",
                        "base-url = " + upstream.baseUrl()
                                + "\ncredential-required = false\nmodels = fake/talker=talker\nprice-prompt = 1\n"
                                + "price-completion = 2\n")
                .start();
    }

    private static void talk(FakeExchange exchange) throws IOException, InterruptedException {
        if (!exchange.request().bodyText().contains("\"stream\":true")) {
            exchange.pause(Duration.ofMillis(5));
            FakeAnswers.chat("one two three").run(exchange);
            return;
        }
        exchange.sseHead();
        for (int i = 0; i < 5; i++) {
            exchange.chunk("data: " + FakeAnswers.chatChunk("{\"content\":\"word \"}", "null") + "\n\n")
                    .pause(Duration.ofMillis(2));
        }
        exchange.chunk("data: " + FakeAnswers.chatChunk("{}", "\"stop\"") + "\n\ndata: [DONE]\n\n")
                .lastChunk();
    }
}
