package io.patchbay.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;

/** What came of each exchange, in a form that a vendor can publish. For one thread. */
final class Report {
    private final String adapter;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private static final class Line {
        private final String provider;
        private final String about;
        private String declared = "";
        private final List<String> passed = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();

        private Line(Exchange exchange) {
            this.provider = exchange.provider();
            this.about = (exchange.isStreamed() ? "streamed" : "whole") + ", " + String.join(" ", exchange.tags());
        }
    }

    Report(String adapter) {
        this.adapter = adapter;
    }

    void declared(Exchange exchange, String reason) {
        line(exchange).declared = reason;
    }

    /** Runs a check and notes how it went. */
    void run(Exchange exchange, String check, Executable work) {
        try {
            work.execute();
            line(exchange).passed.add(check);
        } catch (Throwable failure) {
            line(exchange).failed.add(check);
            throw new AssertionError(exchange + ", " + check + ": " + failure.getMessage(), failure);
        }
    }

    private Line line(Exchange exchange) {
        return lines.computeIfAbsent(exchange.id(), id -> new Line(exchange));
    }

    /** Writes it to a file of that name among what was built. */
    void write(String name, Map<Behaviour, String> lacks) throws IOException {
        var target = Path.of("target");
        Files.createDirectories(target);
        Files.writeString(target.resolve(name), text(lacks));
    }

    String text(Map<Behaviour, String> lacks) {
        var text = new StringBuilder("# Compatibility of ").append(adapter).append("\n\n");
        text.append("| provider | passed | declared unsupported | failed |\n|---|---|---|---|\n");
        counts().forEach((provider, counts) -> text.append("| ")
                .append(provider)
                .append(" | ")
                .append(counts[0])
                .append(" | ")
                .append(counts[1])
                .append(" | ")
                .append(counts[2])
                .append(" |\n"));
        if (!lacks.isEmpty()) {
            text.append("\nDoes not do:\n\n");
            new TreeMap<>(lacks)
                    .forEach((behaviour, reason) -> text.append("- ")
                            .append(behaviour.words())
                            .append(": ")
                            .append(reason)
                            .append('\n'));
        }
        text.append("\n| exchange | holds | result |\n|---|---|---|\n");
        lines.forEach((id, line) -> text.append("| ")
                .append(id)
                .append(" | ")
                .append(line.about)
                .append(" | ")
                .append(result(line))
                .append(" |\n"));
        return text.toString();
    }

    private Map<String, int[]> counts() {
        var counts = new TreeMap<String, int[]>();
        for (var line : lines.values()) {
            var of = counts.computeIfAbsent(line.provider, provider -> new int[3]);
            of[line.failed.isEmpty() ? line.declared.isEmpty() ? 0 : 1 : 2]++;
        }
        return counts;
    }

    private static String result(Line line) {
        if (!line.failed.isEmpty()) {
            return "**failed**: " + String.join(", ", line.failed);
        }
        return line.declared.isEmpty() ? "passed: " + String.join(", ", line.passed) : "declared: " + line.declared;
    }
}
