package io.patchbay.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.json.JsonView;
import io.patchbay.testkit.FakeUpstream.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** One adapter for embeddings against all its exchanges, one after the other. */
final class EmbeddingsRun {
    private final EmbeddingsContract contract;
    private final Wire wire = new Wire();
    private final Report report;

    EmbeddingsRun(EmbeddingsContract contract) {
        this.contract = contract;
        this.report = new Report(contract.adapter().getClass().getSimpleName() + ": embeddings");
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
                    report.write("compatibility-report-embeddings.md", Map.of());
                })));
        return nodes.onClose(wire::close);
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
        var tests = new ArrayList<DynamicTest>();
        checks(exchange)
                .forEach((name, work) ->
                        tests.add(DynamicTest.dynamicTest(name, () -> report.run(exchange, name, work))));
        return DynamicContainer.dynamicContainer(exchange.id(), tests);
    }

    private boolean failsSomewhere(Exchange exchange) {
        for (var work : checks(exchange).values()) {
            try {
                work.execute();
            } catch (Throwable failure) {
                return true;
            }
        }
        return false;
    }

    private Map<String, Executable> checks(Exchange exchange) {
        var recording = new Recording(exchange);
        var checks = new LinkedHashMap<String, Executable>();
        if (contract.request(exchange).isPresent() && exchange.sentBody().isPresent()) {
            checks.put("writes the request", () -> writesTheRequest(exchange));
        }
        checks.put("reads the answer", () -> reads(exchange, recording.whole()));
        checks.put("in pieces", () -> reads(exchange, recording.inPieces()));
        checks.put("byte by byte", () -> reads(exchange, recording.byteByByte()));
        checks.put("as base64", () -> readsAsBase64(exchange, recording.whole()));
        if (exchange.status() < 300) {
            checks.put("broken off", () -> fails(exchange, recording.brokenOff()));
            checks.put("halved", () -> fails(exchange, recording.halved()));
        }
        return checks;
    }

    private void writesTheRequest(Exchange exchange) {
        var endpoint = contract.endpoint(exchange, contract.provider(exchange, wire.address()));
        Written.isAsRecorded(
                contract, exchange, contract.adapter().encode(request(exchange, "float"), endpoint, Rig.KEY));
    }

    private void reads(Exchange exchange, Script sent) {
        var outcome = ask(exchange, request(exchange, "float"), sent);
        var facts = exchange.facts();
        var fault = fault(exchange);
        if (fault.isPresent()) {
            assertThat(outcome.failure()).as("failure").isPresent();
            assertThat(Faults.differences(fault.get(), outcome.failure().get())).isEmpty();
            return;
        }
        assertThat(outcome.failure()).as("failure").isEmpty();
        var vectors = vectors(outcome);
        var recorded = recorded(exchange);
        if (!recorded.isEmpty()) {
            assertThat(vectors).as("the vectors").isEqualTo(recorded);
        }
        facts.flatMap(Facts::vectors).ifPresent(count -> assertThat(vectors).hasSize(count.intValue()));
        facts.flatMap(Facts::dimensions)
                .ifPresent(length -> assertThat(vectors)
                        .allSatisfy(vector -> assertThat(vector).hasSize(length.intValue())));
        facts.flatMap(Facts::promptTokens)
                .ifPresent(count -> assertThat(outcome.answer()
                                .flatMap(answer -> answer.usage())
                                .map(usage -> usage.promptTokens()))
                        .as("prompt tokens")
                        .contains(count));
    }

    private void readsAsBase64(Exchange exchange, Script sent) {
        var outcome = ask(exchange, request(exchange, "base64"), sent);
        if (outcome.failure().isPresent()) {
            assertThat(fault(exchange))
                    .as("failure: " + outcome.failure().get())
                    .isPresent();
            return;
        }
        assertThat(outcome.answer().orElseThrow().data())
                .allSatisfy(entry -> assertThat(entry.string("embedding")).isPresent());
        var recorded = recorded(exchange);
        if (!recorded.isEmpty()) {
            assertThat(vectors(outcome)).isEqualTo(recorded);
        }
    }

    private void fails(Exchange exchange, Script sent) {
        assertThat(ask(exchange, request(exchange, "float"), sent).failure())
                .as("failure")
                .isPresent();
    }

    /** What went wrong, if anything did: for that the status is enough. */
    private static Optional<Facts.Fault> fault(Exchange exchange) {
        var told = exchange.facts().flatMap(Facts::fault);
        return told.isPresent() || exchange.status() < 300
                ? told
                : Optional.of(new Facts.Fault(exchange.status(), "", Optional.empty(), Optional.empty()));
    }

    private EmbeddingsAttempt.Outcome ask(Exchange exchange, EmbeddingsRequest request, Script sent) {
        var endpoint = contract.endpoint(exchange, contract.provider(exchange, wire.address()));
        var adapter = contract.adapter();
        var attempt = new EmbeddingsAttempt(adapter, request, endpoint);
        var written = adapter.encode(request, endpoint, Rig.KEY);
        return wire.ask(endpoint.provider(), written, sent, attempt, attempt.outcome());
    }

    private EmbeddingsRequest request(Exchange exchange, String encoding) {
        var json = contract.request(exchange).map(JsonObject::deepCopy).orElseGet(() -> question(exchange));
        json.add("encoding_format", new JsonPrimitive(encoding));
        return EmbeddingsRequest.of(JsonView.of(json));
    }

    /** As many texts as there are vectors. */
    private static JsonObject question(Exchange exchange) {
        long count = exchange.facts().flatMap(Facts::vectors).orElse(1L);
        var json = new JsonObject();
        json.addProperty("model", "a/b");
        json.add("input", Json.texts(Stream.generate(() -> "Hi").limit(count).toList()));
        return json;
    }

    private static List<List<Float>> vectors(EmbeddingsAttempt.Outcome outcome) {
        return outcome.answer().orElseThrow().data().stream()
                .map(entry -> RecordedVectors.of(entry.element("embedding").orElseThrow()))
                .toList();
    }

    private static List<List<Float>> recorded(Exchange exchange) {
        return Optional.of(new String(exchange.body(), StandardCharsets.UTF_8))
                .map(Json::lenient)
                .map(RecordedVectors::in)
                .orElseThrow();
    }
}
