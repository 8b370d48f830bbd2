package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonRewrite;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The tool calls of one choice, mended where the provider departs from the format: a call's first piece has its number,
 * its id, its type (Mistral leaves it out of streams, and OpenAI's client fails without it) and its name, and no later
 * piece has an empty id or name in their place.
 */
final class ToolCalls {
    /** Far beyond what any model calls at once. */
    private static final int MOST = 4096;

    private final BitSet begun = new BitSet();
    private int latest = -1;
    private String latestId = "";

    /**
     * Mends the pieces of one delta.
     *
     * @param answer which they are part of
     * @return the JSON array, mended; empty if all were as they should be
     */
    Optional<String> mend(JsonView answer, List<JsonView> pieces) {
        boolean changed = false;
        var array = new StringBuilder("[");
        for (var piece : pieces) {
            var mended = mend(answer, piece);
            changed |= mended != piece;
            array.append(array.length() == 1 ? "" : ",").append(mended);
        }
        return changed ? Optional.of(array.append(']').toString()) : Optional.empty();
    }

    /** Mends the calls of a whole message: they may lack their ids and types. */
    static Optional<String> mendWhole(JsonView answer, List<JsonView> calls) {
        boolean changed = false;
        var array = new StringBuilder("[");
        for (int i = 0; i < calls.size(); i++) {
            var call = calls.get(i);
            boolean lacks = isIncomplete(call);
            changed |= lacks;
            array.append(i == 0 ? "" : ",")
                    .append(lacks ? complete(answer, call, i).toView() : call);
        }
        return changed ? Optional.of(array.append(']').toString()) : Optional.empty();
    }

    private JsonView mend(JsonView answer, JsonView piece) {
        boolean hasIndex = piece.integer("index").isPresent();
        int index = hasIndex ? follow(piece) : guess(piece);
        boolean isNew = index >= 0 && index < MOST && !begun.get(index);
        if (isNew) {
            begun.set(index);
        }
        boolean hasEmptyId = !isNew && piece.has("id") && id(piece).isEmpty();
        boolean hasEmptyName = !isNew && hasEmptyName(piece);
        boolean lacks = isNew && isIncomplete(piece);
        if (hasIndex && !lacks && !hasEmptyId && !hasEmptyName) {
            return piece;
        }
        var rewrite = lacks ? complete(answer, piece, index) : piece.rewrite();
        if (!hasIndex) {
            rewrite.set("index", index);
        }
        if (hasEmptyId) {
            rewrite.remove("id");
        }
        if (hasEmptyName) {
            withoutName(piece, rewrite);
        }
        return rewrite.toView();
    }

    private static boolean isIncomplete(JsonView call) {
        return id(call).isEmpty() || lacksType(call);
    }

    private static JsonRewrite complete(JsonView answer, JsonView call, int index) {
        var rewrite = call.rewrite();
        if (id(call).isEmpty()) {
            rewrite.set("id", newId(answer, index));
        }
        if (lacksType(call)) {
            rewrite.set("type", "function");
        }
        return rewrite;
    }

    private static boolean lacksType(JsonView call) {
        return call.has("function") && call.string("type").orElse("").isEmpty();
    }

    private int follow(JsonView piece) {
        int index = (int) piece.integer("index").orElse(latest);
        latest = Math.max(latest, index);
        if (!id(piece).isEmpty()) {
            latestId = id(piece);
        }
        return index;
    }

    /** A new id begins a new call. Without ids, a name does. Anything else goes on with the latest. */
    private int guess(JsonView piece) {
        var id = id(piece);
        var name = piece.object("function")
                .flatMap(function -> function.string("name"))
                .orElse("");
        boolean begins = id.isEmpty() ? !name.isEmpty() : !id.equals(latestId);
        if (begins || latest < 0) {
            latest++;
            latestId = id;
        }
        return latest;
    }

    private static String id(JsonView piece) {
        return piece.string("id").orElse("");
    }

    private static boolean hasEmptyName(JsonView piece) {
        return piece.object("function")
                .filter(function -> function.has("name"))
                .filter(function -> function.string("name").orElse("").isEmpty())
                .isPresent();
    }

    private static void withoutName(JsonView piece, JsonRewrite rewrite) {
        piece.object("function")
                .map(function -> function.rewrite().remove("name").toView().toString())
                .ifPresent(function -> rewrite.raw("function", function));
    }

    /** One that no other answer's calls have: clients send it back with the result. */
    private static String newId(JsonView answer, int index) {
        var seed = answer.string("id").orElseGet(answer::toString) + '/' + index;
        var id = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
        return "call_" + id.toString().replace("-", "").substring(0, 24);
    }
}
