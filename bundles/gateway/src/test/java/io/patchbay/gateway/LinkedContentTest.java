package io.patchbay.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Frame;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.fetch.Fetched;
import io.patchbay.api.fetch.Fetcher;
import io.patchbay.api.http.Headers;
import io.patchbay.api.json.JsonView;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures and files that requests name by their addresses, for providers that don't fetch them. */
class LinkedContentTest {
    private static final String PNG = "\u0089PNG\r\n\u001A\n";
    private static final String URL = "https://pictures.test/cat.png";
    private static final String FIELD = "messages[0].content[0].image_url.url";

    private final List<JsonView> sent = new CopyOnWriteArrayList<>();
    private final Web web = new Web();
    private final AtomicBoolean isUninstalled = new AtomicBoolean();
    private Installation here = new Installation();

    @AfterEach
    void stop() {
        here.close();
    }

    private void install(String... endpoints) {
        here.close();
        here = new Installation(endpoints);
        here.installChats(new TinyAdapter());
        here.network((provider, request, listener) -> {
            sent.add(JsonView.parse(request.body()));
            listener.head(200, Headers.none());
            listener.frames(
                    List.of(Frame.of("{\"choices\":[{\"message\":{\"content\":\"a cat\"},\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}")));
            listener.ended();
            return () -> {};
        });
        arrive(web);
    }

    private void arrive(Fetcher fetcher) {
        here.gateway.parts().fetching().fetchers().add(new Installed.One<>("", fetcher, 0, isUninstalled::get));
        here.gateway.parts().parking().wake();
    }

    /** Answers when the test wants it. */
    private static final class Web implements Fetcher {
        final List<String> asked = new CopyOnWriteArrayList<>();
        final Map<String, CompletableFuture<Fetched>> answers = new ConcurrentHashMap<>();
        final List<CompletableFuture<Fetched>> underWay = new CopyOnWriteArrayList<>();

        @Override
        public CompletableFuture<Fetched> fetch(String url, String field) {
            asked.add(url);
            var answer = answers.getOrDefault(url, new CompletableFuture<>());
            underWay.add(answer);
            return answer;
        }

        Web answering(String url, String content) {
            answers.put(url, CompletableFuture.completedFuture(fetched(content, "image/jpeg")));
            return this;
        }

        Web failing(String url, Failure failure) {
            answers.put(url, CompletableFuture.failedFuture(failure.toException()));
            return this;
        }
    }

    private static Fetched fetched(String content, String type) {
        return new Fetched(content.getBytes(ISO_8859_1), Optional.of(type));
    }

    private static String asking(String... parts) {
        return "{\"model\":\"m/one\",\"messages\":[{\"role\":\"user\",\"content\":[" + String.join(",", parts)
                + "],\"name\":\"ann\"},{\"role\":\"user\",\"content\":\"What is it?\"}],\"seed\":1}";
    }

    private static String picture(String url) {
        return "{\"type\":\"image_url\",\"image_url\":{\"detail\":\"low\",\"url\":\"" + url + "\"}}";
    }

    private static String dataUrl(String type, String content) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content.getBytes(ISO_8859_1));
    }

    private void awaitAsked(int count) {
        await(() -> web.asked.size() >= count);
        assertThat(web.asked).hasSize(count);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void isSentAsWhatIsThereAndNothingElseIsChanged() {
        install("inline:m/one");
        web.answering(URL, PNG);

        var record = here.ask(asking(picture(URL))).await();

        assertThat(record.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.failure()).isEmpty());
        assertThat(sent.get(0).toTree())
                .isEqualTo(JsonView.parse(asking(picture(dataUrl("image/png", PNG))))
                        .toTree());
    }

    @Test
    void standsAlsoWithoutAnObjectAroundItAndInFilesAndVideos() {
        install("inline:m/one");
        web.answering("http://a/cat", PNG)
                .answering("HTTPS://a/doc", "%PDF-1.7")
                .answering("http://a/film", "....ftypisom....");

        here.ask(asking(
                        "{\"type\":\"image_url\",\"image_url\":\"http://a/cat\"}",
                        "{\"type\":\"file\",\"file\":{\"filename\":\"f\",\"file_data\":\"HTTPS://a/doc\"}}",
                        "{\"type\":\"video_url\",\"video_url\":{\"url\":\"http://a/film\"}}",
                        picture("data:image/png;base64,AAAA")))
                .await();

        assertThat(sent.get(0).toString())
                .contains(
                        "\"image_url\":\"" + dataUrl("image/png", PNG) + '"',
                        "{\"filename\":\"f\",\"file_data\":\"" + dataUrl("application/pdf", "%PDF-1.7"),
                        dataUrl("video/mp4", "....ftypisom...."),
                        "data:image/png;base64,AAAA");
    }

    @Test
    void isLeftToProvidersThatFetchItThemselves() {
        install("a:m/one");

        here.ask(asking(picture(URL))).await();

        assertThat(web.asked).isEmpty();
        assertThat(sent.get(0).toString()).contains(URL);
    }

    @Test
    void isFetchedOnceForAllAttemptsAndForAllPlaces() {
        install("inline-one:m/one", "inline-two:m/one");
        web.answering(URL, PNG);
        here.network((provider, request, listener) -> {
            sent.add(JsonView.parse(request.body()));
            listener.head(503, Headers.none());
            listener.frames(List.of(Frame.of("down")));
            listener.ended();
            return () -> {};
        });

        var record = here.ask(asking(picture(URL), picture(URL))).await();

        assertThat(record.attempts()).hasSize(2);
        assertThat(web.asked).containsExactly(URL);
        assertThat(sent).allSatisfy(body -> assertThat(body.toString()).doesNotContain("https:"));
    }

    @Test
    void thatCannotBeHadLeavesTheRequestToThoseWhoFetchThemselves() {
        install("inline:m/one", "a:m/one");
        web.failing(URL, Failure.invalid(FIELD, "can't be fetched"));

        var record = here.ask(asking(picture(URL))).await();

        assertThat(record.attempts()).hasSize(2);
        assertThat(sent)
                .singleElement()
                .satisfies(body -> assertThat(body.toString()).contains(URL));
        // A provider is not to blame for an address that is wrong.
        assertThat(here.outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.endpointId()).startsWith("a:"));
    }

    @Test
    void thatCannotBeHadIsTheClientsMistakeWhereNobodyElseIsLeft() {
        install("inline-one:m/one", "inline-two:m/one");
        web.failing(URL, Failure.invalid(FIELD, "can't be fetched"));

        var heard = here.ask(asking(picture(URL)));
        heard.await();

        assertThat(heard.failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(heard.failure.field()).contains(FIELD);
        assertThat(web.asked).hasSize(1);
        assertThat(sent).isEmpty();
        assertThat(here.till.open).hasValue(0);
        assertThat(here.till.charged).isEmpty();
    }

    @Test
    void thatIsNoPictureIsTheClientsMistake() {
        install("inline:m/one");
        web.answering(URL, "<html>Not found</html>");

        var heard = here.ask(asking(picture(URL)));
        heard.await();

        assertThat(heard.failure.field()).contains(FIELD);
        assertThat(heard.failure.message()).contains("leads to no picture");
    }

    @Test
    void cannotPutAnythingIntoTheRequestByTheNameOfItsType() {
        install("inline:m/one");
        web.answers.put(URL, CompletableFuture.completedFuture(fetched("x", "text/plain\",\"a\":\"")));

        here.ask(asking("{\"type\":\"file\",\"file\":{\"file_data\":\"" + URL + "\"}}"))
                .await();

        assertThat(sent.get(0).toString()).contains("\"data:application/octet-stream;base64,eA==\"");
    }

    @Test
    void mayNotBeLargerThanThereIsMemoryFor() {
        install("inline:m/one");
        var half = PNG + "x".repeat(Installation.MOST_FETCHED_BYTES / 2);
        web.answering("http://a/1", half).answering("http://a/2", half);

        var heard = here.ask(asking(picture("http://a/1"), picture("http://a/2")));
        heard.await();

        assertThat(heard.failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(heard.failure.message()).contains("larger than");
    }

    @Test
    void givesItsMemoryBack() {
        install("inline:m/one");
        web.answering(URL, PNG + "x".repeat(Installation.MOST_FETCHED_BYTES - PNG.length()));

        for (int i = 0; i < 3; i++) {
            var heard = here.ask(asking(picture(URL)));
            heard.await();
            assertThat(heard.failure).isNull();
        }
    }

    @Test
    void ofManyRequestsAtOnceIsTooMuchAtSomeTime() {
        install("inline:m/one");
        web.answering(URL, PNG + "x".repeat(Installation.MOST_FETCHED_BYTES / 2));
        here.network((provider, request, listener) -> () -> {});
        var first = here.ask(asking(picture(URL)));

        var second = here.ask(asking(picture(URL)));
        second.await();

        assertThat(first.isOver()).isFalse();
        assertThat(second.failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(second.failure.retryAfter()).isPresent();
    }

    @Test
    void isWaitedForWithoutAThreadAndNoLongerThanTheClientWaits() {
        install("inline:m/one");
        var listener = new RecordingListener();
        var generation = here.ask(asking(picture(URL)), listener);
        assertThat(listener.isOver()).isFalse();
        awaitAsked(1);

        generation.cancel();

        assertThat(web.underWay.get(0)).isCancelled();
        assertThat(sent).isEmpty();
        assertThat(here.till.open).hasValue(0);
    }

    @Test
    void thatTakesTooLongIsGivenUp() {
        install("inline:m/one");

        var heard = here.ask(asking(picture(URL)));
        heard.await();

        assertThat(heard.failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        await(() -> web.underWay.get(0).isDone());
    }

    @Test
    void isFetchedAFewAtATime() {
        install("inline:m/one");
        var pictures = new String[6];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = picture("http://a/" + i);
        }

        var heard = here.ask(asking(pictures));
        assertThat(web.asked).hasSize(4);
        for (int i = 0; i < pictures.length; i++) {
            web.underWay.get(i).complete(fetched(PNG, "image/png"));
        }

        heard.await();
        assertThat(heard.failure).isNull();
        assertThat(sent).hasSize(1);
    }

    @Test
    void isWaitedForWhileWhoFetchesIsReplaced() throws Exception {
        install("inline:m/one");
        web.answering(URL, PNG);
        here.gateway.parts().fetching().fetchers().leave(web, Duration.ofSeconds(1));

        var heard = here.ask(asking(picture(URL)));
        assertThat(heard.isOver()).isFalse();
        arrive(web);

        heard.await();
        assertThat(heard.failure).isNull();
        assertThat(sent.get(0).toString()).contains("data:image/png");
    }

    @Test
    void keepsWhoFetchesUntilItIsSent() throws Exception {
        install("inline:m/one");
        here.ask(asking(picture(URL)));
        awaitAsked(1);

        var leaving = CompletableFuture.supplyAsync(() -> {
            here.gateway.parts().fetching().fetchers().leave(web, Duration.ofSeconds(10));
            return sent.size();
        });
        await(() -> here.gateway.parts().fetching().fetchers().all().isEmpty());
        web.underWay.get(0).complete(fetched(PNG, "image/png"));

        assertThat(leaving.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void isTheAdaptersConcernWhereNobodyFetches() {
        install("inline:m/one");
        isUninstalled.set(true);
        here.gateway.parts().fetching().fetchers().leave(web, Duration.ofSeconds(1));

        here.ask(asking(picture(URL))).await();

        assertThat(new String(sent.get(0).toBytes(), UTF_8)).contains(URL);
    }
}
