package io.patchbay.plugin.parser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatChunk;
import io.patchbay.api.chat.ChatCompletion;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.fetch.Fetched;
import io.patchbay.api.fetch.Fetcher;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.pipeline.Note;
import io.patchbay.api.pipeline.Passage;
import io.patchbay.api.pipeline.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files in requests, and what answers bring of them. */
class FileParserTest {
    private static final Limits LIMITS = new Limits(3, 1 << 20, 5, 2_000, Duration.ofSeconds(60), 64, 2, 8);
    private static final String FIELD = "messages[0].content[1].file.file_data";
    private static final byte[] PDF = Pdfs.of("Invoice of May", "Total: 12 Euro");

    private static final List<String> fetched = new ArrayList<>();
    private static CompletableFuture<Fetched> answer = new CompletableFuture<>();
    private static FileParser parser;

    @BeforeAll
    static void start() {
        parser = new FileParser(fetcher(), LIMITS);
    }

    @AfterAll
    static void stop() {
        parser.close();
    }

    @BeforeEach
    void forget() {
        fetched.clear();
        answer = new CompletableFuture<>();
    }

    private static Fetcher fetcher() {
        return (url, field) -> {
            fetched.add(field + " " + url);
            return answer;
        };
    }

    private record Models(boolean takeFiles) implements Room {
        @Override
        public long promptTokens() {
            return 10;
        }

        @Override
        public OptionalLong longestContext() {
            return OptionalLong.empty();
        }

        @Override
        public boolean isTaken(String content) {
            return takeFiles && content.equals("file");
        }
    }

    private static JsonObject json(String quoted) {
        return JsonView.parse(quoted.replace('\'', '"')).toTree();
    }

    private static JsonObject file(String name, String data) {
        var file = json("{'type':'file','file':{},'cache_control':{'type':'ephemeral'}}");
        file.getAsJsonObject("file").addProperty("filename", name);
        file.getAsJsonObject("file").addProperty("file_data", data);
        return file;
    }

    private static ChatRequest request(JsonObject... files) {
        var request = json("{'model':'m/a','messages':[{'role':'user','content':[{'type':'text','text':'Read!'}]}]}");
        var content =
                request.getAsJsonArray("messages").get(0).getAsJsonObject().getAsJsonArray("content");
        List.of(files).forEach(content::add);
        return ChatRequest.of(JsonView.of(request));
    }

    private static ChatRequest request(String data) {
        return request(file("may.pdf", data));
    }

    private static Optional<CompletableFuture<Passage>> prepare(ChatRequest request) {
        return parser.prepare(request, Optional.empty(), new Models(false));
    }

    private static Passage passage(ChatRequest request) {
        return passage(prepare(request).orElseThrow());
    }

    private static Passage passage(CompletableFuture<Passage> prepared) {
        return prepared.orTimeout(90, TimeUnit.SECONDS).join();
    }

    private static Failure failure(ChatRequest request) {
        return failure(prepare(request).orElseThrow());
    }

    private static Failure failure(CompletableFuture<Passage> prepared) {
        var thrown = prepared.orTimeout(90, TimeUnit.SECONDS)
                .handle((passed, failure) -> failure)
                .join();
        assertThat(thrown).isNotNull();
        return FailureException.find(new CompletionException(thrown))
                .orElseThrow(() -> new AssertionError("a defect", thrown));
    }

    private static List<JsonView> content(Passage passage) {
        return ChatRequest.of(passage.request()).messages().get(0).objects("content");
    }

    private static String text(Passage passage) {
        return content(passage).get(1).string("text").orElseThrow();
    }

    private static JsonArray annotations(Passage passage) {
        var completion = ChatCompletion.of(JsonView.of(json(
                "{'choices':[{'index':0,'message':{'role':'assistant','content':'ok'},'finish_reason':'stop'}]}")));
        return passage.answer()
                .orElseThrow()
                .whole(completion)
                .choices()
                .get(0)
                .object("message")
                .orElseThrow()
                .element("annotations")
                .orElseThrow()
                .getAsJsonArray();
    }

    @Test
    void aPdfBecomesText() {
        var passage = passage(request(Pdfs.dataUrl("application/pdf", PDF)));

        assertThat(content(passage)).hasSize(2);
        assertThat(content(passage).get(0)).hasToString("{\"type\":\"text\",\"text\":\"Read!\"}");
        var part = content(passage).get(1);
        assertThat(part.string("type")).contains("text");
        assertThat(part.has("cache_control")).isTrue();
        assertThat(text(passage)).isEqualTo("<file name=\"may.pdf\">\nInvoice of May\nTotal: 12 Euro\n</file>");
        assertThat(passage.notes()).containsExactly(new Note("plugin", "file-parser", "1 file, 2 pages read as text"));
        assertThat(ChatRequest.of(passage.request()).contents()).isEmpty();
    }

    @Test
    void itsBytesMayComeWithoutAHead() {
        assertThat(text(passage(request(Pdfs.base64(PDF))))).contains("Invoice of May");
    }

    @Test
    void itMayBeSomewhereElse() {
        answer.complete(new Fetched(PDF, Optional.of("application/pdf")));

        var passage = passage(request("HTTPS://files.example/may.pdf"));

        assertThat(fetched).containsExactly(FIELD + " HTTPS://files.example/may.pdf");
        assertThat(text(passage)).contains("Invoice of May");
    }

    @Test
    void whatCannotBeFetchedIsRefused() {
        answer.completeExceptionally(Failure.invalid(FIELD, "no").toException());

        assertThat(failure(request("http://127.0.0.1/")).field()).contains(FIELD);
    }

    @Test
    void aFetchEndsWhenNobodyWaitsForIt() {
        var prepared = prepare(request("http://files.example/a")).orElseThrow();
        while (fetched.isEmpty()) {
            Thread.onSpinWait();
        }

        prepared.cancel(false);

        assertThat(answer).isCancelled();
    }

    @Test
    void severalFilesAreReadInTheirOrder() {
        answer.complete(new Fetched("fetched".getBytes(UTF_8), Optional.empty()));

        var passage = passage(request(
                file("one", Pdfs.base64("first".getBytes(UTF_8))),
                file("two", "http://files.example/"),
                file("\"three\"<>\n", Pdfs.base64(PDF))));

        assertThat(content(passage).stream().map(part -> part.string("text").orElseThrow()))
                .containsExactly(
                        "Read!",
                        "<file name=\"one\">\nfirst\n</file>",
                        "<file name=\"two\">\nfetched\n</file>",
                        "<file name=\"_three____\">\nInvoice of May\nTotal: 12 Euro\n</file>");
        assertThat(passage.notes().get(0).summary()).isEqualTo("3 files, 2 pages read as text");
        assertThat(annotations(passage)).hasSize(3);
    }

    @Test
    void modelsThatTakeFilesGetThemUnlessTheRequestSaysOtherwise() {
        var request = request(Pdfs.base64(PDF));
        var takes = new Models(true);

        assertThat(parser.prepare(request, Optional.empty(), takes)).isEmpty();
        assertThat(parser.prepare(request, engine("cloudflare-ai"), takes)).isPresent();
        assertThat(parser.prepare(request, engine("pdf-text"), takes)).isPresent();
        assertThat(parser.prepare(request, Optional.of(JsonView.parse("{\"pdf\":{}}")), takes))
                .isEmpty();
        assertThat(parser.prepare(request, engine("native"), new Models(false))).isEmpty();
    }

    @Test
    void anExplanationTakesFilesForTextWhereTheyAreGoingToBeText() {
        var request = request("http://files.example/");

        var text = parser.foreseen(request, Optional.empty(), new Models(false));
        var file = parser.foreseen(request, Optional.empty(), new Models(true));

        assertThat(ChatRequest.of(text).contents()).isEmpty();
        assertThat(ChatRequest.of(file).contents()).containsExactly("file");
        assertThat(fetched).isEmpty();
    }

    private static Optional<JsonView> engine(String name) {
        return Optional.of(JsonView.parse("{\"id\":\"file-parser\",\"pdf\":{\"engine\":\"" + name + "\"}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'engine':'mistral-ocr'} | plugins[1].pdf.engine | there is not here",
                "{'engine':'tesseract'}   | plugins[1].pdf.engine | one of native, cloudflare-ai",
                "{'engine':7}             | plugins[1].pdf.engine | one of",
                "'cloudflare-ai'          | plugins[1].pdf        | an object",
            })
    void enginesThatThereAreNotAreRefusedByName(String pdf, String field, String message) {
        var request = ChatRequest.of(
                JsonView.of(json("{'model':'m/a','plugins':[{'id':'other'},{'id':'file-parser','pdf':" + pdf + "}]}")));
        var settings = Optional.of(request.json().objects("plugins").get(1));

        assertThatThrownBy(() -> parser.enter(request, settings, new Models(false)))
                .isInstanceOfSatisfying(FailureException.class, refused -> {
                    assertThat(refused.failure().field()).contains(field);
                    assertThat(refused.failure().message()).contains(message);
                });
    }

    @Test
    void answersBringWhatWasRead() {
        var annotations = annotations(passage(request(Pdfs.base64(PDF))));

        assertThat(annotations)
                .hasToString(
                        "[{\"type\":\"file\",\"file\":{\"hash\":\"" + FileBytes.hash(PDF)
                                + "\",\"name\":\"may.pdf\",\"content\":[{\"type\":\"text\",\"text\":\"Invoice of May\\nTotal: 12 Euro\"}]}}]");
    }

    @Test
    void streamsBringItOnceAtTheirBeginning() {
        var filter = passage(request(Pdfs.base64(PDF))).answer().orElseThrow();
        var chunk = ChatChunk.of(JsonView.of(json("{'choices':[{'index':0,'delta':{'content':'a'}}]}")));

        var first = filter.chunks(List.of(chunk));
        var second = filter.chunks(List.of(chunk));

        assertThat(first).hasSize(2);
        var delta = first.get(0).choices().get(0).object("delta").orElseThrow();
        assertThat(delta.objects("annotations")
                        .get(0)
                        .object("file")
                        .orElseThrow()
                        .string("name"))
                .contains("may.pdf");
        assertThat(first.get(1)).isSameAs(chunk);
        assertThat(second).containsExactly(chunk);
        assertThat(filter.rest()).isEmpty();
    }

    /** A request that goes on from an answer, with its annotations and others. */
    private static ChatRequest goingOn(JsonObject file, JsonArray annotations) {
        var tree = request(file).json().toTree();
        var answered = json("{'role':'assistant','content':'ok'}");
        annotations.add(json("{'type':'url_citation','url_citation':{'url':'u'}}"));
        answered.add("annotations", annotations);
        tree.getAsJsonArray("messages").add(answered);
        return ChatRequest.of(JsonView.of(tree));
    }

    @Test
    void whatAnEarlierAnswerBringsIsNotReadAgain() {
        var inline = file("may.pdf", Pdfs.base64(PDF));
        var annotations = annotations(passage(request(inline)));
        annotations
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("file")
                .getAsJsonArray("content")
                .get(0)
                .getAsJsonObject()
                .addProperty("text", "as it was read");

        var passage = passage(goingOn(inline, annotations));

        assertThat(text(passage)).contains("as it was read").doesNotContain("Invoice");
        assertThat(passage.answer()).isEmpty();
        assertThat(passage.notes().get(0).summary()).isEqualTo("0 files read as text, 1 file known from before");
        assertThat(ChatRequest.of(passage.request()).messages().get(1))
                .hasToString("{\"role\":\"assistant\",\"content\":\"ok\",\"annotations\":"
                        + "[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"u\"}}]}");
    }

    @Test
    void whatAnEarlierAnswerBringsIsNotFetchedAgain() {
        answer.complete(new Fetched(PDF, Optional.empty()));
        var file = file("may.pdf", "http://files.example/");
        var annotations = annotations(passage(request(file)));

        assertThat(text(passage(goingOn(file, annotations)))).contains("Invoice");
        assertThat(fetched).hasSize(1);
    }

    @Test
    void modelsThatTakeFilesAreNotShownWhatEarlierAnswersBring() {
        var file = file("may.pdf", Pdfs.base64(PDF));
        var annotations = annotations(passage(request(file)));
        var request = goingOn(file, annotations);

        var passage = passage(
                parser.prepare(request, Optional.empty(), new Models(true)).orElseThrow());

        assertThat(passage.request().toString())
                .contains("file_data", "url_citation")
                .doesNotContain("\"hash\"");
        assertThat(passage.notes()).isEmpty();
        assertThat(passage.answer()).isEmpty();
    }

    @Test
    void textIsRead() {
        assertThat(text(passage(request(Pdfs.dataUrl("text/csv", "a;b\r\n1;ü".getBytes(UTF_8))))))
                .contains("a;b\r\n1;ü");
        assertThat(text(passage(request(Pdfs.base64("\uFEFF# Title".getBytes(UTF_8))))))
                .contains("\n# Title\n");
        assertThat(text(passage(request(Pdfs.base64("{\"a\":1}".getBytes(UTF_16))))))
                .contains("{\"a\":1}");
        assertThat(text(passage(request(Pdfs.dataUrl("text/csv", "Müller".getBytes(ISO_8859_1))))))
                .contains("Müller");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "data:application/pdf,hello", "data:application/pdf;base64,%%%", "ftp://a/b"})
    void whatIsNoFileIsRefused(String data) {
        var failure = failure(request(data));

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.field()).contains(FIELD);
    }

    @Test
    void aFileThatIsNamedByItsIdIsRefused() {
        var part = json("{'type':'file','file':{'file_id':'file-1'}}");

        assertThat(failure(request(part)).message()).contains("not stored here");
    }

    @Test
    void whatCannotBeReadIsRefusedForItsReason() {
        assertThat(failure(request(Pdfs.base64(Pdfs.of("secret", new String[] {"a"}))))
                        .message())
                .contains("password");
        assertThat(failure(request(Pdfs.base64("%PDF-1.4 nothing".getBytes(UTF_8))))
                        .message())
                .contains("broken");
        assertThat(failure(request(Pdfs.base64(Pdfs.of("", "")))).message()).contains("no text", "pictures");
        assertThat(failure(request(Pdfs.base64(Pdfs.of("1", "2", "3", "4", "5", "6"))))
                        .message())
                .contains("6 pages; 5 at the most");
        assertThat(failure(request(Pdfs.base64("x".repeat(2_001).getBytes(UTF_8))))
                        .message())
                .contains("too much text");
        assertThat(failure(request(Pdfs.base64(new byte[] {1, 2, 3}))).message())
                .contains("neither a PDF nor text");
        assertThat(failure(request(Pdfs.base64(" \n".getBytes(UTF_8)))).message())
                .contains("is empty");
        assertThat(failure(request(Pdfs.base64(new byte[1_048_577]))).message()).contains("larger than 1 MB");
        assertThat(failure(request(
                                file("a", Pdfs.base64(PDF)),
                                file("b", Pdfs.base64("x".repeat(1_999).getBytes(UTF_8)))))
                        .field())
                .contains("messages[0].content[2].file.file_data");
    }

    @Test
    void moreFilesThanThereMayBeAreRefused() {
        var file = file("a", Pdfs.base64(PDF));

        assertThatThrownBy(() -> prepare(request(file, file, file, file)))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("3 files");
    }

    /** It takes the process along that reads it, and nothing else. */
    @Test
    void aPdfThatUnpacksToMoreThanThereIsMemoryForIsRefusedAndTheNextOneRead() {
        var failure = failure(request(Pdfs.base64(Pdfs.bomb(200))));

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.field()).contains(FIELD);
        assertThat(failure.message()).contains("too much time or memory");
        assertThat(text(passage(request(Pdfs.base64(PDF))))).contains("Invoice");
    }

    @Test
    void aPdfThatTakesTooLongIsRefused() {
        var hasty = new Limits(3, 1 << 20, 5, 2_000, Duration.ofMillis(1), 64, 1, 8);
        try (var hastyParser = new FileParser(fetcher(), hasty)) {
            var prepared = hastyParser.prepare(request(Pdfs.base64(PDF)), Optional.empty(), new Models(false));

            assertThat(failure(prepared.orElseThrow()).message()).contains("too much time");
        }
    }

    @Test
    void whoComesWhenTooManyWaitIsToComeBackLater() {
        var tools = new Parsing.Tools(
                fetcher(),
                null,
                step -> {
                    throw new RejectedExecutionException();
                },
                new Semaphore(1),
                LIMITS);
        var request = request(Pdfs.base64(PDF));

        var failure = failure(new Parsing(tools, request, FilePart.of(request)).start());

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.retryAfter()).isPresent();
    }

    @Test
    void fetchedFilesThatWaitTakeABoundedAmountOfMemory() {
        var memory = new Semaphore(PDF.length - 1);
        answer.complete(new Fetched(PDF, Optional.empty()));
        var tools = new Parsing.Tools(fetcher(), null, Runnable::run, memory, LIMITS);
        var request = request("http://files.example/");

        assertThat(failure(new Parsing(tools, request, FilePart.of(request)).start())
                        .kind())
                .isEqualTo(FailureKind.UNAVAILABLE);
    }
}
