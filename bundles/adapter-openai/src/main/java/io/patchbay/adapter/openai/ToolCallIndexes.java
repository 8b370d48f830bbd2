package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonView;
import java.util.List;
import java.util.Optional;

/** Numbers the tool calls of one choice where the provider forgot to. */
final class ToolCallIndexes {
    private long latest = -1;
    private String latestId = "";

    /**
     * Gives each piece the number of its call.
     *
     * @param pieces of one delta, in order
     * @return the JSON array, numbered; empty if all had their numbers already
     */
    Optional<String> number(List<JsonView> pieces) {
        boolean complete = true;
        for (var piece : pieces) {
            complete &= piece.integer("index").isPresent();
        }
        if (complete) {
            pieces.forEach(this::follow);
            return Optional.empty();
        }
        var array = new StringBuilder("[");
        for (var piece : pieces) {
            array.append(array.length() == 1 ? "" : ",");
            if (piece.integer("index").isPresent()) {
                follow(piece);
                array.append(piece);
            } else {
                guess(piece);
                array.append(piece.rewrite().set("index", latest).toView());
            }
        }
        return Optional.of(array.append(']').toString());
    }

    private void follow(JsonView piece) {
        latest = Math.max(latest, piece.integer("index").orElse(latest));
        piece.string("id").filter(id -> !id.isEmpty()).ifPresent(id -> latestId = id);
    }

    /** A new id begins a new call. Without ids, a name does. Anything else goes on with the latest. */
    private void guess(JsonView piece) {
        var id = piece.string("id").orElse("");
        var name = piece.object("function")
                .flatMap(function -> function.string("name"))
                .orElse("");
        boolean begins = id.isEmpty() ? !name.isEmpty() : !id.equals(latestId);
        if (begins || latest < 0) {
            latest++;
            latestId = id;
        }
    }
}
