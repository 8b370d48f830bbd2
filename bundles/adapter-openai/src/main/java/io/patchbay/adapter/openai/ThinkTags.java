package io.patchbay.adapter.openai;

import io.patchbay.api.json.JsonView;

/**
 * Finds the thoughts that a model writes into its text, between {@code <think>} and {@code </think>} at the beginning,
 * and shows them as {@code reasoning}. For one choice, from its first piece to its last.
 */
final class ThinkTags {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private enum Place {
        BEFORE,
        INSIDE,
        /** Past the thoughts; what separates them from the answer belongs to neither. */
        GAP,
        AFTER
    }

    private final StringBuilder held = new StringBuilder();
    private Place place = Place.BEFORE;

    /**
     * Reads the next piece. A part of it is held back while it may be the beginning of a tag.
     *
     * @param last whether the choice ends with it: nothing is held back any more
     * @return that same object if nothing has to change
     */
    JsonView read(JsonView messageOrDelta, boolean last) {
        if (place == Place.AFTER) {
            return messageOrDelta;
        }
        var content = messageOrDelta.string("content").orElse("");
        if (content.isEmpty() && !last) {
            return messageOrDelta;
        }
        held.append(content);
        var thoughts = takeThoughts(last);
        var text = takeText(last);
        if (thoughts.isEmpty() && text.equals(content)) {
            return messageOrDelta;
        }
        var rewrite = messageOrDelta.rewrite().set("content", text);
        if (!thoughts.isEmpty()) {
            rewrite.set("reasoning", thoughts);
        }
        return rewrite.toView();
    }

    private String takeThoughts(boolean last) {
        if (place == Place.BEFORE) {
            var start = held.toString().stripLeading();
            if (start.startsWith(OPEN)) {
                held.setLength(0);
                held.append(start, OPEN.length(), start.length());
                place = Place.INSIDE;
            } else if (last || !OPEN.startsWith(start)) {
                place = Place.AFTER;
            }
        }
        if (place != Place.INSIDE) {
            return "";
        }
        int end = held.indexOf(CLOSE);
        if (end >= 0) {
            var thoughts = held.substring(0, end);
            held.delete(0, end + CLOSE.length());
            place = Place.GAP;
            return thoughts;
        }
        int sure = last ? held.length() : held.length() - beginningOfClose();
        var thoughts = held.substring(0, sure);
        held.delete(0, sure);
        return thoughts;
    }

    private String takeText(boolean last) {
        if (place == Place.BEFORE || place == Place.INSIDE) {
            return "";
        }
        var text = place == Place.GAP ? held.toString().stripLeading() : held.toString();
        held.setLength(0);
        if (last || !text.isEmpty()) {
            place = Place.AFTER;
        }
        return text;
    }

    /** How many of the last characters may be the first ones of the closing tag. */
    private int beginningOfClose() {
        int length = Math.min(held.length(), CLOSE.length() - 1);
        while (length > 0 && !CLOSE.startsWith(held.substring(held.length() - length))) {
            length--;
        }
        return length;
    }
}
