package io.patchbay.compatibility;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.api.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation over three turns: a question, the recorded answer with its calls and their results, and once more an
 * answer with calls and results. What the client gives back has to reach the provider whole and in order: thoughts with
 * their signatures before the calls they led to, each result after its call.
 */
final class ThreeTurns {
    private final Rig rig;
    private final Exchange exchange;
    private final List<String> marks = new ArrayList<>();

    ThreeTurns(Rig rig, Exchange exchange) {
        this.rig = rig;
        this.exchange = exchange;
    }

    /** What was lost or out of order in the request of the third turn; nothing if all is there. */
    List<String> offences() {
        var answer = rig.ask(exchange, new Recording(exchange).whole());
        var request = rig.canonical(exchange).deepCopy();
        var messages = request.getAsJsonArray("messages");
        addTurn(answer, 1, messages);
        addTurn(answer, 2, messages);
        var written = new String(rig.encode(exchange, request).body(), StandardCharsets.UTF_8);
        return lost(texts(JsonParser.parseString(written)));
    }

    /** The answer and the results of its calls, told apart from those of the other turn by the number. */
    private void addTurn(Answer answer, int turn, JsonArray messages) {
        var message = answer.message();
        messages.add(JsonParser.parseString(renamed(message.toString(), answer, turn)));
        for (var detail : JsonTree.array(message.get("reasoning_details"))) {
            for (var name : List.of("signature", "data")) {
                var kept = JsonTree.text(JsonTree.object(detail).get(name));
                if (!kept.isEmpty()) {
                    marks.add(kept);
                }
            }
        }
        for (int i = 0; i < answer.calls().size(); i++) {
            var result = new JsonObject();
            result.addProperty("role", "tool");
            result.addProperty("tool_call_id", renamed(answer.calls().get(i).id(), answer, turn));
            result.addProperty("content", mark(turn, i));
            messages.add(result);
            marks.add(mark(turn, i));
        }
    }

    private static String mark(int turn, int call) {
        return "result " + call + " of turn " + turn;
    }

    /** An id is good for one call only. */
    private static String renamed(String text, Answer answer, int turn) {
        var renamed = text;
        for (var call : answer.calls()) {
            renamed = turn == 1 ? renamed : renamed.replace(call.id(), call.id() + "x" + turn);
        }
        return renamed;
    }

    private List<String> lost(List<String> texts) {
        var offences = new ArrayList<String>();
        int from = 0;
        for (var mark : marks) {
            int at = find(mark, texts, from);
            if (at < 0) {
                offences.add(
                        find(mark, texts, 0) < 0
                                ? "lost on the way to the third turn: " + shown(mark)
                                : "out of order in the third turn: " + shown(mark));
            } else {
                from = at;
            }
        }
        return offences;
    }

    private static int find(String mark, List<String> texts, int from) {
        for (int i = from; i < texts.size(); i++) {
            if (texts.get(i).contains(mark)) {
                return i;
            }
        }
        return -1;
    }

    private static String shown(String mark) {
        return mark.length() <= 40 ? mark : mark.substring(0, 40) + "…";
    }

    /** All texts of the body, in order. */
    private static List<String> texts(JsonElement body) {
        var texts = new ArrayList<String>();
        collect(body, texts);
        return texts;
    }

    private static void collect(JsonElement value, List<String> texts) {
        if (value instanceof JsonObject object) {
            object.asMap().values().forEach(member -> collect(member, texts));
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> collect(element, texts));
        } else {
            texts.add(JsonTree.text(value));
        }
    }
}
