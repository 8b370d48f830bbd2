package io.patchbay.itests;

import io.patchbay.itests.conformance.CheckedHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Clients that send one request after another until they are stopped, half of them whole, half of them streamed, and
 * check every answer. Counts what went well and keeps what did not.
 */
final class Load implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\":\"(gen-[^\"]+)\"");

    /** In which format they ask. */
    enum Dialect {
        CHAT_COMPLETIONS(
                "/chat/completions",
                "\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]",
                "\"finish_reason\":\"stop\"",
                "data: [DONE]\n\n"),
        MESSAGES(
                "/messages",
                "\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]",
                "\"stop_reason\":\"end_turn\"",
                "data: {\"type\":\"message_stop\"}\n\n"),
        RESPONSES("/responses", "\"input\":\"one two three\"", "\"status\":\"completed\"", "}\n\n"),
        FILES(
                "/chat/completions",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\""
                        + TinyPdf.dataUrl("one two three") + "\"}}]}]",
                "\"annotations\":[{\"type\":\"file\"",
                "data: [DONE]\n\n");

        private final String path;
        private final String prompt;
        /** What every good answer says. */
        private final String said;
        /** What ends a good stream. */
        private final String end;

        Dialect(String path, String prompt, String said, String end) {
            this.path = path;
            this.prompt = prompt;
            this.said = said;
            this.end = end;
        }

        /** The one that a bundle speaks, or that needs it; chats if there is none. */
        static Dialect of(String bundle) {
            return switch (bundle) {
                case "io.patchbay.dialect.anthropic" -> MESSAGES;
                case "io.patchbay.dialect.responses" -> RESPONSES;
                case "io.patchbay.plugin.file.parser", "io.patchbay.fetch" -> FILES;
                default -> CHAT_COMPLETIONS;
            };
        }
    }

    private final Dialect dialect;
    private final URI url;
    private final String key;
    private final String model;
    private final HttpClient client = CheckedHttpClient.around(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    private final ExecutorService workers;
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> generations = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> millis = new ConcurrentLinkedQueue<>();
    /** One permit for each. */
    private final Semaphore answers = new Semaphore(0);

    private final Semaphore streams = new Semaphore(0);
    private volatile boolean stopped;

    private Load(Distribution gateway, Dialect dialect, String model, int clients) {
        this.dialect = dialect;
        this.url = URI.create(gateway.url() + dialect.path);
        this.key = gateway.key();
        this.model = model;
        this.workers = Executors.newFixedThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            boolean streamed = i % 2 == 0;
            workers.execute(() -> work(streamed));
        }
    }

    static Load on(Distribution gateway, String model, int clients) {
        return on(gateway, Dialect.CHAT_COMPLETIONS, model, clients);
    }

    static Load on(Distribution gateway, Dialect dialect, String model, int clients) {
        return new Load(gateway, dialect, model, clients);
    }

    /** Waits until more than so many answers of either kind are there, however fast the machine is. */
    void awaitMoreThan(int count) throws InterruptedException {
        await(answers, count + 1);
        await(streams, count + 1);
    }

    private void await(Semaphore done, int count) throws InterruptedException {
        if (!done.tryAcquire(count, 60, TimeUnit.SECONDS)) {
            failures.add("only " + done.availablePermits() + " of " + count);
            return;
        }
        done.release(count);
    }

    int answers() {
        return answers.availablePermits();
    }

    int streams() {
        return streams.availablePermits();
    }

    /** The ids of those whose end was seen. */
    List<String> generations() {
        return List.copyOf(generations);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    long p99Millis() {
        var sorted = new ArrayList<>(millis);
        sorted.sort(null);
        return sorted.isEmpty() ? 0 : sorted.get((int) (sorted.size() * 0.99));
    }

    /** No new requests; waits for those under way. */
    @Override
    public void close() {
        stopped = true;
        workers.shutdown();
        try {
            if (!workers.awaitTermination(60, TimeUnit.SECONDS)) {
                failures.add("requests hang");
                workers.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(boolean streamed) {
        while (!stopped) {
            long start = System.nanoTime();
            try {
                var response = client.send(request(streamed), HttpResponse.BodyHandlers.ofString());
                check(response, streamed);
                generations.add(id(response.body()));
                (streamed ? streams : answers).release();
            } catch (InterruptedException interrupted) {
                return;
            } catch (Exception failed) {
                failures.add(String.valueOf(failed));
            }
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
    }

    private HttpRequest request(boolean streamed) {
        var body = "{\"model\":\"" + model + "\",\"stream\":" + streamed + ',' + dialect.prompt + '}';
        return HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String id(String body) {
        var id = ID.matcher(body);
        if (!id.find()) {
            throw new IllegalStateException("no id in " + body);
        }
        return id.group(1);
    }

    private void check(HttpResponse<String> response, boolean streamed) {
        var body = response.body();
        boolean whole = body.contains(dialect.said) && (!streamed || body.endsWith(dialect.end));
        if (response.statusCode() != 200 || !whole || body.contains("\"error\":{")) {
            throw new IllegalStateException(response.statusCode() + " " + body);
        }
    }
}
