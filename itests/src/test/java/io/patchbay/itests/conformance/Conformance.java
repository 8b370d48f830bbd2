package io.patchbay.itests.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every answer is shown to it, by any thread; {@link ConformanceExtension} asks it after each test what was wrong. */
final class Conformance {
    private static final Path OURS = Path.of(
            "..", "bundles", "openapi", "src", "main", "resources", "io", "patchbay", "openapi", "openapi.json");

    private static final List<OpenApiDocument> DOCUMENTS = List.of(openRouters(), ours());
    private static final List<KnownDifference> KNOWN = KnownDifference.all();
    private static final Queue<Mismatch> MISMATCHES = new ConcurrentLinkedQueue<>();
    private static final Set<KnownDifference> MET = ConcurrentHashMap.newKeySet();

    private Conformance() {}

    /** Reads the documents, which takes a second or two: before the first test, not amid it. */
    static void load() {
        // By this call the class is there.
    }

    static OpenApiDocument openRouters() {
        try (var excerpt = Conformance.class.getResourceAsStream("openrouter.json")) {
            if (excerpt == null) {
                throw new IllegalStateException("there is no openrouter.json");
            }
            return OpenApiDocument.parse(
                    "OpenRouter's document", new String(excerpt.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static OpenApiDocument ours() {
        try {
            return OpenApiDocument.parse("Patchbay's document", Files.readString(OURS));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static void see(Exchange exchange) {
        var path = exchange.path().replaceFirst("^(/api)?/v1(?=/)", "");
        if (path.equals(exchange.path())) {
            return;
        }
        var asked = new Exchange(
                exchange.method(), path, exchange.status(), exchange.type(), exchange.body(), exchange.complete());
        for (var document : DOCUMENTS) {
            document.check(asked).forEach(Conformance::judge);
        }
    }

    private static void judge(Mismatch mismatch) {
        var known = KNOWN.stream().filter(one -> one.covers(mismatch)).findFirst();
        if (known.isEmpty()) {
            MISMATCHES.add(mismatch);
        } else {
            MET.add(known.get());
        }
    }

    /** What has been wrong since the last call, each thing once. */
    static List<Mismatch> takeMismatches() {
        var different = new LinkedHashMap<String, Mismatch>();
        for (var next = Optional.ofNullable(MISMATCHES.poll());
                next.isPresent();
                next = Optional.ofNullable(MISMATCHES.poll())) {
            var mismatch = next.get();
            different.putIfAbsent(
                    mismatch.document() + mismatch.operation() + mismatch.pointer() + mismatch.keyword(), mismatch);
        }
        return List.copyOf(different.values());
    }

    /** The known differences that a test class should have met, but no test so far has. */
    static List<KnownDifference> unmet(String testClass) {
        var unmet = new ArrayList<>(KNOWN);
        unmet.removeIf(one -> !one.seenIn().equals(testClass) || MET.contains(one));
        return unmet;
    }
}
