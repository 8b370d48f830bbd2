package io.patchbay.adapter.gemini;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonTree;
import java.util.regex.Pattern;

/**
 * Ids of tool calls. Most Geminis give none, and clients need one: it is made of the answer's own id, so that it is the
 * same whether the answer is streamed or not, and another one in each turn. It is not sent back.
 */
final class CallIds {
    private static final String OURS = "call_gemini_";
    private static final int MOST = 24;
    private static final Pattern NOT_IN_ID = Pattern.compile("[^a-zA-Z0-9_-]");
    /** Numbers that others have given to calls without an id. */
    private static final Pattern NUMBER = Pattern.compile("call_\\d{1,3}");

    private final String turn;

    /** @param messages how many there were before the answer; tells turns apart if answers have no id */
    CallIds(int messages) {
        this.turn = "m" + messages;
    }

    /**
     * The id of a call.
     *
     * @param call as Gemini made it
     * @param answer id of the answer; may be empty
     * @param candidate which of several answers
     * @param ordinal which call of the answer
     */
    String of(JsonObject call, String answer, int candidate, int ordinal) {
        var own = JsonTree.text(call.get("id"));
        if (!own.isEmpty()) {
            return own;
        }
        var clean = NOT_IN_ID.matcher(answer.isEmpty() ? turn : answer).replaceAll("_");
        var shortened =
                clean.length() > MOST ? clean.substring(0, MOST - 8) + Integer.toHexString(clean.hashCode()) : clean;
        return OURS + shortened + (candidate == 0 ? "_" : "_" + candidate + "_") + ordinal;
    }

    /** Whether an id may mean something to Gemini. */
    static boolean isGiven(String id) {
        return !id.isEmpty() && !id.startsWith(OURS) && !NUMBER.matcher(id).matches();
    }
}
