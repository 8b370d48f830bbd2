package io.patchbay.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatEvent;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** The kit against adapters that are right, and wrong in one thing each. */
class ContractRunTest {
    @Test
    void passesAnAdapterThatIsRight() {
        assertThat(failures(new ToyAdapter())).isEmpty();
    }

    @Test
    void findsThatAFieldIsWrittenUnderAnotherName() {
        var adapter = new ToyAdapter().writingTo("chat").renaming("temperature", "heat");

        assertThat(failures(adapter))
                .hasSize(2)
                .anySatisfy(failure -> assertThat(failure)
                        .contains("plain, writes the request", "temperature: expected 0.5, but was nothing"))
                .anySatisfy(failure -> assertThat(failure).contains("the path"));
    }

    @Test
    void findsThatAPieceOfACallIsLost() {
        var adapter = new ToyAdapter().filtering(event -> says(event, "Paris") ? List.of() : List.of(event));

        assertThat(failures(adapter))
                .anySatisfy(failure -> assertThat(failure)
                        .contains(
                                "stream-tools, byte by byte",
                                "tool_calls[0].arguments: expected {\"city\":\"Paris\"}"));
    }

    @Test
    void findsThatAnAnswerWhichEndsEarlyIsTakenForAWholeOne() {
        var adapter = new ToyAdapter()
                .filtering(
                        event -> event instanceof ChatEvent.Failed ? List.of(ChatEvent.End.INSTANCE) : List.of(event));

        assertThat(failures(adapter))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("stream-tools, ended after each event", "neither complete nor a failure"));
    }

    @Test
    void findsThatSomethingFollowsTheLastEvent() {
        var adapter = new ToyAdapter()
                .filtering(event -> event == ChatEvent.End.INSTANCE ? List.of(event, event) : List.of(event));

        assertThat(failures(adapter))
                .anySatisfy(failure -> assertThat(failure).contains("something follows the last event"));
    }

    @Test
    void findsThatCountsAreLost() {
        var adapter = new ToyAdapter()
                .filtering(event ->
                        event instanceof ChatChunk chunk && chunk.usage().isPresent() ? List.of() : List.of(event));

        assertThat(failures(adapter)).anySatisfy(failure -> assertThat(failure).contains("usage: none"));
    }

    @Test
    void findsThatAResultIsLostOnTheWayToTheThirdTurn() {
        assertThat(failures(new ToyAdapter().forgetting("result 1 of turn 2")))
                .singleElement()
                .asString()
                .contains("stream-tools, goes on for three turns", "lost on the way", "result 1 of turn 2");
    }

    @Test
    void findsThatAnErrorIsTakenForAnother() {
        var adapter = new ToyAdapter().classifying(Failure.of(FailureKind.UPSTREAM_ERROR, "The provider failed."));

        assertThat(failures(adapter))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("error-429", "failure: expected RATE_LIMITED, but was UPSTREAM_ERROR", "retryAfter"));
    }

    @Test
    void findsThatAnAdapterThrows() {
        var adapter = new ToyAdapter().filtering(event -> {
            throw new IllegalStateException("oops");
        });

        assertThat(failures(adapter)).anySatisfy(failure -> assertThat(failure).contains("the adapter threw", "oops"));
    }

    @Test
    void holdsAnAdapterToWhatItSaysThatItLacks() {
        var adapter = new ToyAdapter().filtering(event -> says(event, "Paris") ? List.of() : List.of(event));

        assertThat(failures(contract(adapter, Map.of(Behaviour.TOOLS, "not yet"), Map.of())))
                .isEmpty();
        assertThat(failures(contract(adapter, Map.of(), Map.of("stream-tools", "not yet"))))
                .isEmpty();
        assertThat(failures(contract(adapter, Map.of(), Map.of("stream-tools", "not yet", "plain", "not yet"))))
                .singleElement()
                .asString()
                .contains("it passes: take it off the list");
    }

    @Test
    void reportsWhatPassedWhatIsDeclaredAndWhatFailed() {
        var report = new Report("ToyAdapter");
        var exchanges = Exchanges.all(ContractRunTest.class);
        report.declared(exchanges.get(0), "not yet");
        report.run(exchanges.get(1), "reads the answer", () -> {});
        assertThat(failureOf(() -> report.run(exchanges.get(2), "reads the answer", () -> {
                    throw new AssertionError("wrong");
                })))
                .isEqualTo(exchanges.get(2) + ", reads the answer: wrong");

        assertThat(report.text(Map.of(Behaviour.VIDEO, "no film")))
                .contains(
                        "| groq | 1 | 1 | 1 |", "- film: no film", "declared: not yet", "**failed**: reads the answer");
    }

    private static boolean says(ChatEvent event, String text) {
        return event instanceof ChatChunk chunk
                && chunk.choices().stream().map(JsonView::toString).anyMatch(choice -> choice.contains(text));
    }

    private static List<String> failures(ToyAdapter adapter) {
        return failures(contract(adapter, Map.of(), Map.of()));
    }

    private static AdapterContract contract(
            ToyAdapter adapter, Map<Behaviour, String> lacks, Map<String, String> unsupported) {
        return new AdapterContract() {
            @Override
            public ChatAdapter adapter() {
                return adapter;
            }

            @Override
            public boolean speaks(Exchange exchange) {
                return exchange.api().equals("chat");
            }

            @Override
            public Map<Behaviour, String> lacks() {
                return lacks;
            }

            @Override
            public Map<String, String> unsupported() {
                return unsupported;
            }
        };
    }

    private static List<String> failures(AdapterContract contract) {
        var failures = new ArrayList<String>();
        try (var tests = contract.keepsTheContract()) {
            tests.flatMap(ContractRunTest::leaves).forEach(test -> {
                var failure = failureOf(() -> test.getExecutable().execute());
                if (!failure.isEmpty()) {
                    failures.add(failure);
                }
            });
        }
        return failures;
    }

    private interface Work {
        void run() throws Throwable;
    }

    private static String failureOf(Work work) {
        try {
            work.run();
            return "";
        } catch (Throwable failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private static Stream<DynamicTest> leaves(DynamicNode node) {
        return node instanceof DynamicContainer container
                ? container.getChildren().flatMap(ContractRunTest::leaves)
                : Stream.of((DynamicTest) node);
    }
}
