package io.patchbay.plugin.compression;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.tokens.PromptLength;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a conversation shorter from its middle, which models heed least: first whole messages, an answer together with the
 * results of the tools it called; then, if what is left is still too long, the middle of the longest texts. Instructions and
 * the last message stay. Lengths are reckoned from sizes, on the safe side.
 */
final class MiddleOut {
    private static final String CONTENT = "content";
    private static final String GAP = "\n[...]\n";
    /** Of what would just fit, so much in ten is used: lengths are guesses. */
    private static final int SAFE_TENTHS = 9;
    /** No text is made shorter than that. */
    private static final int LEAST_CHARACTERS = 200;

    private MiddleOut() {}

    /**
     * A request that is shorter.
     *
     * @param summary what was done
     */
    record Result(JsonView request, String summary) {}

    /** The request with a prompt of so many tokens at the most; empty if it is no longer than that. */
    static Optional<Result> compressed(ChatRequest request, long tokens) {
        var tree = request.json().toTree();
        long budget = tokens * SAFE_TENTHS / 10 - size(tree.get("tools"));
        var messages = JsonTree.array(tree.get("messages"));
        if (size(messages) <= budget) {
            return Optional.empty();
        }
        var units = units(messages);
        int removed = removeFromTheMiddle(units, budget);
        int shortened = shorten(units, budget);
        var left = new JsonArray();
        units.forEach(unit -> unit.messages().forEach(left::add));
        tree.add("messages", left);
        return Optional.of(new Result(JsonView.of(tree), summary(removed, shortened)));
    }

    private static String summary(int removed, int shortened) {
        var messages = removed + (removed == 1 ? " message" : " messages") + " removed from the middle";
        return shortened == 0 ? messages : messages + ", " + shortened + " shortened";
    }

    /** What stays or goes together. */
    private record Unit(List<JsonObject> messages, boolean isFixed) {
        long size() {
            return messages.stream().mapToLong(MiddleOut::size).sum();
        }
    }

    private static List<Unit> units(JsonArray messages) {
        var units = new ArrayList<Unit>();
        for (int i = 0; i < messages.size(); i++) {
            var message = JsonTree.object(messages.get(i));
            var role = JsonTree.text(message.get("role"));
            if (role.equals("tool") && !units.isEmpty()) {
                units.get(units.size() - 1).messages().add(message);
                continue;
            }
            boolean isInstruction = role.equals("system") || role.equals("developer");
            units.add(new Unit(new ArrayList<>(List.of(message)), isInstruction));
        }
        var last = units.remove(units.size() - 1);
        units.add(new Unit(last.messages(), true));
        return units;
    }

    /** Returns how many messages went. */
    private static int removeFromTheMiddle(List<Unit> units, long budget) {
        long size = units.stream().mapToLong(Unit::size).sum();
        int removed = 0;
        while (size > budget) {
            var removable = units.stream().filter(unit -> !unit.isFixed()).toList();
            if (removable.isEmpty()) {
                break;
            }
            var middle = removable.get(removable.size() / 2);
            size -= middle.size();
            removed += middle.messages().size();
            units.remove(middle);
        }
        return removed;
    }

    /** Returns how many texts are shorter now. */
    private static int shorten(List<Unit> units, long budget) {
        int shortened = 0;
        var texts = new ArrayList<Text>();
        units.forEach(unit -> unit.messages().forEach(message -> addTexts(message, texts)));
        long size = units.stream().mapToLong(Unit::size).sum();
        texts.sort((one, other) -> Integer.compare(other.length(), one.length()));
        for (var text : texts) {
            if (size <= budget) {
                break;
            }
            long before = text.size();
            long wanted = Math.max(0, before - (size - budget));
            if (text.shorten(wanted)) {
                size -= before - text.size();
                shortened++;
            }
        }
        return shortened;
    }

    private static void addTexts(JsonObject message, List<Text> texts) {
        if (isText(message.get(CONTENT))) {
            texts.add(new Text(message, CONTENT));
        }
        for (var part : JsonTree.array(message.get(CONTENT))) {
            if (part instanceof JsonObject one && isText(one.get("text"))) {
                texts.add(new Text(one, "text"));
            }
        }
    }

    private static boolean isText(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive text && text.isString();
    }

    private static long size(@Nullable JsonElement json) {
        return json == null ? 0 : tokens(json.toString());
    }

    private static long tokens(String text) {
        return PromptLength.ofSize(text.getBytes(StandardCharsets.UTF_8).length);
    }

    /** A text somewhere in a message. */
    private record Text(JsonObject holder, String name) {
        String text() {
            return holder.get(name).getAsString();
        }

        int length() {
            return text().length();
        }

        long size() {
            return tokens(text());
        }

        /** Keeps beginning and end; returns whether it is any shorter. */
        boolean shorten(long wantedTokens) {
            var text = text();
            long share = Math.max(LEAST_CHARACTERS, text.length() * wantedTokens / Math.max(1, size()) - GAP.length());
            if (share >= text.length()) {
                return false;
            }
            int half = (int) share / 2;
            int from = Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half;
            int to = text.length() - half;
            to = Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
            holder.addProperty(name, text.substring(0, from) + GAP + text.substring(to));
            return true;
        }
    }
}
