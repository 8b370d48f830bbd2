package io.patchbay.compatibility;

import io.patchbay.api.adapter.ChatAdapter;
import io.patchbay.api.adapter.Frame;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Provider;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast adapters read streamed answers: {@code Throughput FOLDER=CLASS…}, each folder with exchanges of that adapter's.
 * One thread reads all of them over and over; a line for each adapter tells megabytes and events in a second. The cutting
 * into frames is the transport's and not in the figures.
 */
public final class Throughput {
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int ROUNDS = 5;
    private static final Endpoint ANYWHERE = Endpoint.builder(
                    new ModelId("a", "b", ""), Provider.builder("p", "p").build())
            .build();
    private static final ChatRequest STREAMED =
            ChatRequest.of(JsonView.parse("{\"model\":\"a/b\",\"messages\":[],\"stream\":true}"));

    private Throughput() {}

    /** Measures each; the median of five rounds counts. */
    public static void main(String... arguments) throws ReflectiveOperationException {
        System.out.printf("%-12s %10s %14s %8s%n", "adapter", "MB/s", "events/s", "streams");
        for (var argument : arguments) {
            int equals = argument.indexOf('=');
            var adapter = Class.forName(argument.substring(equals + 1))
                    .asSubclass(ChatAdapter.class)
                    .getConstructor()
                    .newInstance();
            measure(adapter, streams(Path.of(argument.substring(0, equals))));
        }
    }

    private static List<List<Frame>> streams(Path folder) {
        var streams = new ArrayList<List<Frame>>();
        for (var exchange : Exchanges.in(folder)) {
            var recording = new Recording(exchange);
            if (recording.isFramed() && exchange.facts().flatMap(Facts::fault).isEmpty()) {
                streams.add(recording.frames());
            }
        }
        return streams;
    }

    private static void measure(ChatAdapter adapter, List<List<Frame>> streams) {
        var name = adapter.getClass().getSimpleName().replace("Adapter", "").toLowerCase(Locale.ROOT);
        if (streams.isEmpty()) {
            System.out.printf("%-12s no streamed exchanges%n", name);
            return;
        }
        round(adapter, streams, WARM_UP);
        var rounds = new ArrayList<double[]>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(round(adapter, streams, ROUND));
        }
        rounds.sort((one, other) -> Double.compare(one[1], other[1]));
        var median = rounds.get(ROUNDS / 2);
        System.out.printf(Locale.ROOT, "%-12s %10.1f %,14.0f %8d%n", name, median[0] / 1e6, median[1], streams.size());
    }

    /** Bytes and events in a second. */
    private static double[] round(ChatAdapter adapter, List<List<Frame>> streams, Duration time) {
        long bytes = 0;
        long frames = 0;
        var heard = new long[1];
        var begun = System.nanoTime();
        long passed;
        do {
            for (var stream : streams) {
                var decoder = adapter.decoder(STREAMED, ANYWHERE);
                for (var frame : stream) {
                    decoder.decode(frame, event -> heard[0]++);
                    bytes += frame.data().length;
                    frames++;
                }
                decoder.end(event -> heard[0]++);
            }
            passed = System.nanoTime() - begun;
        } while (passed < time.toNanos());
        if (heard[0] == 0) {
            throw new IllegalStateException("the adapter said nothing");
        }
        return new double[] {bytes * 1e9 / passed, frames * 1e9 / passed};
    }
}
