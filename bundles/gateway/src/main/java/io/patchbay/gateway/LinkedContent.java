package io.patchbay.gateway;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.fetch.Fetched;
import io.patchbay.api.json.JsonAppender;
import io.patchbay.api.json.JsonView;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one request names by addresses which not all providers fetch: the gateway fetches it, once for all attempts, and
 * such providers get {@code data:} URLs (RFC 2397). For any thread.
 */
final class LinkedContent {
    /** So much is fetched at once. */
    private static final int LANES = 4;

    /** What a stranger's server may put into a request. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,99}/[a-z0-9][a-z0-9!#$&^_.+-]{0,99}");

    private final Fetching fetching;
    /** JSON strings of {@code data:} URLs. */
    private final Map<Link.Target, byte[]> contents = new ConcurrentHashMap<>();
    /** What will not be any better in the next moment. */
    private final Map<Link.Target, Failure> failures = new ConcurrentHashMap<>();

    /** Of the request: it changes no more once somebody is to be asked. */
    private volatile @Nullable List<Link> links;

    private int bytesTaken;
    private boolean isReleased;

    LinkedContent(Fetching fetching) {
        this.fetching = fetching;
    }

    /**
     * What has to be fetched before a provider can be asked; empty if it is all there, or nobody fetches here.
     *
     * @param fetches whether the provider fetches from an address itself
     * @return begins to fetch; fails with a {@link FailureException}, and may be cancelled
     */
    Optional<Supplier<CompletableFuture<Void>>> needed(ChatRequest request, Predicate<String> fetches) {
        var missing = new LinkedHashMap<Link.Target, Link>();
        for (var link : links(request)) {
            if (!contents.containsKey(link.target()) && !fetches.test(link.url())) {
                var known = failures.get(link.target());
                if (known != null) {
                    return Optional.of(() -> CompletableFuture.failedFuture(known.toException()));
                }
                missing.putIfAbsent(link.target(), link);
            }
        }
        return missing.isEmpty() || !fetching.isPossible()
                ? Optional.empty()
                : Optional.of(() -> new Work(missing.values()).start());
    }

    private List<Link> links(ChatRequest request) {
        var known = links;
        if (known == null) {
            known = Link.of(request);
            links = known;
        }
        return known;
    }

    /** The request as such a provider gets it. */
    ChatRequest inlined(ChatRequest request, Predicate<String> fetches) {
        if (contents.isEmpty()) {
            return request;
        }
        var byMessage = links(request).stream()
                .filter(link -> !fetches.test(link.url()) && contents.containsKey(link.target()))
                .collect(Collectors.groupingBy(Link::message));
        if (byMessage.isEmpty()) {
            return request;
        }
        var messages = request.messages();
        var array = new JsonAppender(request.json().length()).raw("[");
        for (int i = 0; i < messages.size(); i++) {
            array.raw(i == 0 ? "" : ",");
            var links = byMessage.get(i);
            if (links == null) {
                array.value(messages.get(i));
            } else {
                array.raw(inlined(messages.get(i), links));
            }
        }
        var rewrite = request.json().rewrite().raw("messages", array.raw("]").toBytes());
        return ChatRequest.of(rewrite.toView());
    }

    private byte[] inlined(JsonView message, List<Link> links) {
        var byPart = new HashMap<Integer, Link>();
        links.forEach(link -> byPart.put(link.part(), link));
        var parts = message.objects("content");
        var array = new JsonAppender(message.length()).raw("[");
        for (int i = 0; i < parts.size(); i++) {
            array.raw(i == 0 ? "" : ",");
            var link = byPart.get(i);
            var content = link == null ? null : contents.get(link.target());
            if (link == null || content == null) {
                array.value(parts.get(i));
            } else {
                array.raw(link.replaced(parts.get(i), content));
            }
        }
        return message.rewrite().raw("content", array.raw("]").toBytes()).toBytes();
    }

    /** The request is over: nothing of it is needed any more. */
    synchronized void release() {
        isReleased = true;
        contents.clear();
        fetching.giveBack(bytesTaken);
        bytesTaken = 0;
    }

    /** Whether so much more may be kept; null, or why not. */
    private synchronized @Nullable Failure take(int bytes, String field) {
        if (bytesTaken + (long) bytes > fetching.mostBytes()) {
            return Failure.invalid(
                    field,
                    "What this request names by addresses is larger than " + fetching.mostBytes() / (1 << 20)
                            + " MB together, from '" + field + "' on.");
        }
        if (isReleased || !fetching.tryTake(bytes)) {
            return RunFailures.TOO_MUCH_FETCHED;
        }
        bytesTaken += bytes;
        return null;
    }

    /** Fetches one after the other, in a few lanes. */
    private final class Work {
        private final Queue<Link> left;
        private final AtomicInteger lanes;
        private final CompletableFuture<Void> all = new CompletableFuture<>();

        Work(Iterable<Link> links) {
            this.left = new ConcurrentLinkedQueue<>();
            links.forEach(left::add);
            this.lanes = new AtomicInteger(Math.min(LANES, left.size()));
        }

        CompletableFuture<Void> start() {
            for (int lane = lanes.get(); lane > 0; lane--) {
                next();
            }
            return all;
        }

        private void next() {
            var link = left.poll();
            if (link == null) {
                if (lanes.decrementAndGet() == 0) {
                    all.complete(null);
                }
                return;
            }
            if (all.isDone()) {
                return;
            }
            var field = link.field();
            var content = fetching.fetch(link.url(), field);
            var unused = all.whenComplete((nothing, failure) -> content.cancel(false));
            var unused2 = content.whenComplete((fetched, failure) -> {
                if (fetched == null) {
                    fail(link, failure);
                } else {
                    keep(link, field, fetched);
                }
            });
        }

        private void keep(Link link, String field, Fetched fetched) {
            try {
                var bytes = fetched.bytes();
                var kind = link.target().kind();
                var said = fetched.mediaType()
                        .filter(media -> MEDIA_TYPE.matcher(media).matches());
                var type = kind.mediaType(bytes, said);
                var against = type.isEmpty()
                        ? Failure.invalid(field, '\'' + field + "' leads to " + kind.otherwise() + '.')
                        : take(bytes.length, field);
                if (against != null) {
                    fail(link, against.toException());
                    return;
                }
                contents.put(link.target(), dataUrl(type.get(), bytes));
                next();
            } catch (RuntimeException | Error defect) {
                all.completeExceptionally(defect);
            }
        }

        private void fail(Link link, @Nullable Throwable failure) {
            var why = failure == null ? new IllegalStateException("nothing was fetched") : failure;
            FailureException.find(why)
                    .filter(known -> known.kind() == FailureKind.INVALID_REQUEST)
                    .ifPresent(known -> failures.put(link.target(), known));
            all.completeExceptionally(why);
        }
    }

    private static byte[] dataUrl(String mediaType, byte[] bytes) {
        return new JsonAppender(bytes.length / 3 * 4 + mediaType.length() + 32)
                .raw("\"data:" + mediaType + ";base64,")
                .raw(Base64.getEncoder().encode(bytes))
                .raw("\"")
                .toBytes();
    }
}
