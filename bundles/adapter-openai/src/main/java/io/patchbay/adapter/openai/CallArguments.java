package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arguments of calls, which are a text that holds a JSON object: some providers send the object itself, and many
 * send nothing at all where a tool takes none, which is {@code {}}. For one choice of a stream.
 */
final class CallArguments {
    private static final String CALLS = "tool_calls";
    private static final String FUNCTION = "function";
    private static final String ARGUMENTS = "arguments";
    private static final String NONE = "{}";
    /** As {@link ToolCalls}: far beyond what any model calls at once. */
    private static final int MOST = 4096;

    private final BitSet begun = new BitSet();
    private final BitSet given = new BitSet();

    /** A whole message with the arguments of its calls as they should be: that same object if they are. */
    static JsonView mend(JsonView message) {
        if (message.length(CALLS) <= 2) {
            return message;
        }
        var calls = message.objects(CALLS);
        var mended = calls.stream().map(CallArguments::whole).toList();
        return mended.equals(calls) ? message : with(message, mended);
    }

    private static JsonView whole(JsonView call) {
        var function = call.object(FUNCTION);
        if (function.isEmpty()) {
            return call;
        }
        var text = text(function.get());
        if (text.isPresent()) {
            return with(call, function.get(), text.get());
        }
        return isGiven(function.get()) ? call : with(call, function.get(), NONE);
    }

    /** Reads the calls of the next delta, which have their numbers: that same object if nothing has to change. */
    JsonView read(JsonView delta) {
        var pieces = delta.objects(CALLS);
        var mended = pieces.stream().map(this::piece).toList();
        return mended.equals(pieces) ? delta : with(delta, mended);
    }

    private JsonView piece(JsonView piece) {
        var function = piece.object(FUNCTION);
        long index = piece.integer("index").orElse(-1);
        if (function.isEmpty() || index < 0 || index >= MOST) {
            return piece;
        }
        begun.set((int) index);
        var text = text(function.get());
        if (text.isPresent() || isGiven(function.get())) {
            given.set((int) index);
        }
        return text.isEmpty() ? piece : with(piece, function.get(), text.get());
    }

    /** The last delta, with the arguments of those calls that were given none. */
    Optional<JsonView> complete(JsonView delta) {
        begun.andNot(given);
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        var array = new StringBuilder("[");
        delta.objects(CALLS).forEach(piece -> array.append(piece).append(','));
        begun.stream()
                .forEach(index ->
                        array.append("{\"index\":").append(index).append(",\"function\":{\"arguments\":\"{}\"}},"));
        array.setLength(array.length() - 1);
        return Optional.of(
                delta.rewrite().raw(CALLS, array.append(']').toString()).toView());
    }

    private static boolean isGiven(JsonView function) {
        var kind = function.kind(ARGUMENTS).orElse(JsonKind.NULL);
        return kind == JsonKind.STRING ? !function.string(ARGUMENTS).orElse("").isBlank() : kind != JsonKind.NULL;
    }

    /** Arguments that are an object, as written: a number must not become another one on the way. */
    private static Optional<String> text(JsonView function) {
        return function.kind(ARGUMENTS)
                .filter(kind -> kind == JsonKind.OBJECT)
                .flatMap(kind -> function.object(ARGUMENTS))
                .map(JsonView::toString);
    }

    private static JsonView with(JsonView call, JsonView function, String arguments) {
        var mended = function.rewrite().set(ARGUMENTS, arguments).toView();
        return call.rewrite().raw(FUNCTION, mended.toString()).toView();
    }

    private static JsonView with(JsonView messageOrDelta, List<JsonView> calls) {
        var array = calls.stream().map(JsonView::toString).collect(Collectors.joining(",", "[", "]"));
        return messageOrDelta.rewrite().raw(CALLS, array).toView();
    }
}
