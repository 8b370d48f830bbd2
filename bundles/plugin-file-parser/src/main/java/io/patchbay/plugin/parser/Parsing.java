package io.patchbay.plugin.parser;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.fetch.Fetcher;
import io.patchbay.api.pipeline.Passage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** The files of one request, read one after the other: a request takes one worker at the most. */
final class Parsing {
    private static final Failure BUSY = Failure.builder(
                    FailureKind.UNAVAILABLE, "Too many files are being read at the moment. Try again soon.")
            .retryAfter(Duration.ofSeconds(2))
            .build();

    private final Tools tools;
    private final ChatRequest request;
    private final List<FilePart> parts;
    private final List<ReadFile> files = new ArrayList<>();
    private final CompletableFuture<Passage> passage = new CompletableFuture<>();
    private Map<String, String> known = Map.of();
    private int charactersLeft;

    /**
     * What files are read with.
     *
     * @param workers for what blocks, or takes long
     * @param memory one permit for each byte of fetched files that wait for a worker
     */
    record Tools(Fetcher fetcher, PdfProcesses pdfs, Executor workers, Semaphore memory, Limits limits) {}

    Parsing(Tools tools, ChatRequest request, List<FilePart> parts) {
        this.tools = tools;
        this.request = request;
        this.parts = parts;
        this.charactersLeft = tools.limits().characters();
    }

    CompletableFuture<Passage> start() {
        work(() -> {
            known = Annotations.known(request);
            next();
        });
        return passage;
    }

    /** Lets a worker do it. What goes wrong there ends all. */
    private void work(Runnable step) {
        try {
            tools.workers().execute(guarded(step));
        } catch (RejectedExecutionException full) {
            passage.completeExceptionally(BUSY.toException());
        }
    }

    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                if (!passage.isDone()) {
                    step.run();
                }
            } catch (RuntimeException | Error failure) {
                passage.completeExceptionally(failure);
            }
        };
    }

    /** The next file, if there is one. A worker calls it. */
    private void next() {
        while (files.size() < parts.size() && !passage.isDone()) {
            var part = parts.get(files.size());
            var data = part.data();
            if (Fetcher.isAddress(data)) {
                var hash = FileBytes.hash(data.getBytes(StandardCharsets.UTF_8));
                if (!isKnown(part, hash)) {
                    fetch(part, data, hash);
                    return;
                }
            } else {
                var file = FileBytes.sent(part, data, tools.limits().bytes());
                var hash = file.hash();
                if (!isKnown(part, hash)) {
                    files.add(read(part, file, hash));
                }
            }
        }
        passage.complete(new ReadFiles(request, files));
    }

    private boolean isKnown(FilePart part, String hash) {
        var text = known.get(hash);
        if (text == null) {
            return false;
        }
        files.add(new ReadFile(part, hash, text, 0, true));
        return true;
    }

    /** No worker waits for it. */
    private void fetch(FilePart part, String url, String hash) {
        var fetching = tools.fetcher().fetch(url, part.field());
        var unused = passage.whenComplete((passed, failure) -> fetching.cancel(false));
        var unused2 = fetching.whenComplete((fetched, failure) -> {
            if (fetched == null) {
                passage.completeExceptionally(failure);
            } else if (!tools.memory().tryAcquire(fetched.bytes().length)) {
                passage.completeExceptionally(BUSY.toException());
            } else {
                var unused3 =
                        passage.whenComplete((passed, ended) -> tools.memory().release(fetched.bytes().length));
                var file = new FileBytes(fetched.bytes(), fetched.mediaType());
                work(() -> {
                    files.add(read(part, file, hash));
                    next();
                });
            }
        });
    }

    private ReadFile read(FilePart part, FileBytes file, String hash) {
        if (file.bytes().length > tools.limits().bytes()) {
            throw part.tooLarge(tools.limits().bytes());
        }
        var read = file.isPdf() ? pdf(part, file, hash) : plain(part, file, hash);
        charactersLeft -= read.text().length();
        return read;
    }

    private ReadFile plain(FilePart part, FileBytes file, String hash) {
        var text = PlainText.of(file)
                .orElseThrow(
                        () -> part.wrong("is neither a PDF nor text: no other files can be read here. Models that take"
                                + " files may take it: see input_modalities in the list of models"));
        if (text.isBlank()) {
            throw part.wrong("is empty");
        }
        if (text.length() > charactersLeft) {
            throw tooMuchText(part);
        }
        return new ReadFile(part, hash, text, 0, false);
    }

    private ReadFile pdf(FilePart part, FileBytes file, String hash) {
        var pdf = tools.pdfs().read(file.bytes(), charactersLeft, passage);
        return switch (pdf.outcome()) {
            case TEXT -> new ReadFile(part, hash, PlainText.clean(pdf.text()), pdf.pages(), false);
            case ENCRYPTED -> throw part.wrong("is a PDF that can't be opened without a password");
            case BROKEN -> throw part.wrong("is a PDF that can't be read: it is broken, or cut off");
            case NO_TEXT ->
                throw part.wrong(
                        "is a PDF that holds no text, pictures of pages only, which nothing here reads. Models that"
                                + " take files may, with the engine 'native'");
            case TOO_MANY_PAGES ->
                throw part.wrong("is a PDF of " + pdf.pages() + " pages; "
                        + tools.limits().pages() + " at the most are read");
            case TOO_MUCH_TEXT -> throw tooMuchText(part);
            case DIED -> throw part.wrong("is a PDF that takes too much time or memory to read");
        };
    }

    private FailureException tooMuchText(FilePart part) {
        return part.wrong("holds too much text: the files of a request may have "
                + tools.limits().characters() + " characters together");
    }
}
