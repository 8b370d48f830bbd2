package io.patchbay.adapter.sandbox;

import io.patchbay.api.chat.ChatEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The steps of a streamed answer, made one by one: for each choice its role, then the tokens in turn, then the end. */
final class StreamSteps implements Iterator<Step> {
    private final Reply reply;
    private final CanonicalJson json;
    private final Pace pace;
    private final int tokens;
    private final List<ChatEvent> ending;
    private int position;

    private StreamSteps(Reply reply, CanonicalJson json, Pace pace, int tokens, List<ChatEvent> ending) {
        this.reply = reply;
        this.json = json;
        this.pace = pace;
        this.tokens = tokens;
        this.ending = ending;
    }

    /** A stream that comes to its proper end. */
    static StreamSteps complete(Reply reply, CanonicalJson json, Pace pace) {
        var ending = new ArrayList<ChatEvent>();
        for (int choice = 0; choice < reply.choices(); choice++) {
            ending.add(json.finish(choice, reply.finishReason()));
        }
        ending.add(json.usage(reply));
        ending.add(ChatEvent.End.INSTANCE);
        return new StreamSteps(reply, json, pace, reply.deltas().size(), ending);
    }

    /** A stream that breaks off after some tokens. */
    static StreamSteps cutOff(Reply reply, CanonicalJson json, Pace pace, int afterTokens, ChatEvent failure) {
        int tokens = Math.min(afterTokens, reply.deltas().size());
        return new StreamSteps(reply, json, pace, tokens, List.of(failure));
    }

    @Override
    public boolean hasNext() {
        return position < reply.choices() * (1 + tokens) + ending.size();
    }

    @Override
    public Step next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the answer has ended");
        }
        int round = position / reply.choices();
        int choice = position % reply.choices();
        int afterTokens = position - reply.choices() * (1 + tokens);
        position++;
        if (round == 0) {
            return new Step(choice == 0 ? pace.firstMillis() : 0, json.role(choice, reply));
        }
        if (round <= tokens) {
            var delta = reply.deltas().get(round - 1);
            return new Step(choice == 0 ? pace.tokenMillis() : 0, json.delta(choice, delta));
        }
        return new Step(0, ending.get(afterTokens));
    }
}
