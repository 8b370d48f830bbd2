package io.patchbay.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testkit.FakeUpstream.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** One adapter against all its exchanges, one after the other. */
final class ContractRun {
    private final AdapterContract contract;
    private final Rig rig;
    private final Report report;

    ContractRun(AdapterContract contract) {
        this.contract = contract;
        this.rig = new Rig(contract);
        this.report = new Report(contract.adapter().getClass().getSimpleName());
    }

    Stream<DynamicNode> tests() {
        var exchanges = Exchanges.all(contract.getClass()).stream()
                .filter(contract::speaks)
                .toList();
        var nodes = Stream.concat(
                exchanges.stream().map(this::tests), Stream.of(DynamicTest.dynamicTest("writes its report", () -> {
                    assertThat(exchanges)
                            .as("exchanges that the adapter speaks")
                            .isNotEmpty();
                    report.write("compatibility-report.md", contract.lacks());
                })));
        return nodes.onClose(rig::close);
    }

    private DynamicNode tests(Exchange exchange) {
        var named = contract.unsupported().get(exchange.id());
        if (named != null) {
            return DynamicTest.dynamicTest(exchange.id() + ": declared unsupported", () -> {
                report.declared(exchange, named);
                assertThat(failsSomewhere(exchange))
                        .as("it is declared unsupported, but it passes: take it off the list")
                        .isTrue();
            });
        }
        var lacking = lacking(exchange);
        if (lacking.isPresent()) {
            return DynamicTest.dynamicTest(
                    exchange.id() + ": declared unsupported", () -> report.declared(exchange, lacking.get()));
        }
        var checks = new ArrayList<DynamicTest>();
        checks(exchange)
                .forEach(check -> checks.add(
                        DynamicTest.dynamicTest(check.name(), () -> report.run(exchange, check.name(), check.work()))));
        return DynamicContainer.dynamicContainer(exchange.id(), checks);
    }

    private Optional<String> lacking(Exchange exchange) {
        return contract.lacks().entrySet().stream()
                .filter(lack -> lack.getKey().isIn(exchange))
                .map(lack -> lack.getKey().words() + ": " + lack.getValue())
                .sorted()
                .findFirst();
    }

    private boolean failsSomewhere(Exchange exchange) {
        for (var check : checks(exchange)) {
            try {
                check.work().execute();
            } catch (Throwable failure) {
                return true;
            }
        }
        return false;
    }

    private record Check(String name, Executable work) {}

    private List<Check> checks(Exchange exchange) {
        var recording = new Recording(exchange);
        var checks = new ArrayList<Check>();
        if (exchange.canonicalRequest().isPresent() && exchange.sentBody().isPresent()) {
            checks.add(new Check("writes the request", () -> writesTheRequest(exchange)));
        }
        checks.add(new Check("reads the answer", () -> reads(exchange, recording.whole())));
        checks.add(new Check("in pieces", () -> reads(exchange, recording.inPieces())));
        checks.add(new Check("byte by byte", () -> reads(exchange, recording.byteByByte())));
        if (recording.hasLines()) {
            checks.add(new Check("with other line ends", () -> reads(exchange, recording.withOtherLineEnds())));
        }
        if (exchange.status() < 300) {
            checks.add(new Check("broken off", () -> breaksOff(exchange, recording)));
        }
        if (recording.isFramed() && exchange.status() < 300) {
            checks.add(new Check("ended after each event", () -> endsAfterEachEvent(exchange, recording)));
        }
        if (holdsCalls(exchange)) {
            checks.add(new Check("goes on for three turns", () -> goesOnForThreeTurns(exchange)));
        }
        return checks;
    }

    private static boolean holdsCalls(Exchange exchange) {
        return exchange.facts()
                .filter(facts -> facts.hasCalls() && facts.fault().isEmpty())
                .isPresent();
    }

    private void goesOnForThreeTurns(Exchange exchange) {
        assertThat(new ThreeTurns(rig, exchange).offences()).isEmpty();
    }

    private void writesTheRequest(Exchange exchange) {
        Written.isAsRecorded(contract, exchange, rig.encode(exchange));
    }

    private void reads(Exchange exchange, Script sent) {
        var answer = rig.ask(exchange, sent);
        var found = new ArrayList<>(answer.offences());
        var facts = exchange.facts();
        var fault = facts.flatMap(Facts::fault);
        if (fault.isPresent()) {
            answer.failure()
                    .ifPresentOrElse(
                            failure -> found.addAll(Faults.differences(fault.get(), failure)),
                            () -> found.add("failure: none, but " + fault.get().message()));
        } else if (answer.failure().isPresent()) {
            found.add("failure: " + answer.failure().get());
        } else {
            facts.ifPresent(what -> found.addAll(what.differences(answer)));
        }
        assertThat(found).isEmpty();
    }

    private void breaksOff(Exchange exchange, Recording recording) {
        var answer = rig.ask(exchange, recording.brokenOff());
        assertThat(answer.offences()).isEmpty();
        assertThat(answer.failure()).as("failure").isPresent();
    }

    /** An answer that ends early is a failure, unless nothing was left but counts and farewells. */
    private void endsAfterEachEvent(Exchange exchange, Recording recording) {
        var facts = exchange.facts();
        var whole = rig.ask(exchange, recording.whole());
        for (int events = 0; events < recording.events(); events++) {
            var answer = rig.ask(exchange, recording.endedAfter(events));
            var when = "ended after event " + events + " of " + recording.events();
            assertThat(answer.offences()).as(when).isEmpty();
            assertThat(whole.text()).as(when).startsWith(answer.text());
            boolean saysAll = facts.map(what -> what.isSaidBy(answer)).orElse(true);
            boolean failed =
                    answer.failure().isPresent() || answer.finishReason().equals("error");
            assertThat(failed || saysAll)
                    .as(when + ": neither complete nor a failure")
                    .isTrue();
        }
    }
}
