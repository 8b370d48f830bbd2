package io.patchbay.adapter.bedrock;

import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;

/** One block of a streamed answer while it comes in. For one thread. */
final class Block {
    /** What a block is to the client. */
    enum Kind {
        /** Text or thoughts: which, each piece says for itself. */
        SPEECH,
        CALL,
        /** The call of the tool whose arguments are the answer. */
        ANSWER,
        /** What Bedrock's own tools do. */
        HIDDEN
    }

    final Kind kind;
    /** Of a call, among the calls. */
    final int call;
    /** Where a text begins in the whole one. */
    final long start;

    final List<JsonView> citations = new ArrayList<>(0);
    /** Of a thought, among the thoughts; below 0 until it turns out to be one. */
    int thought = -1;

    boolean hasInput;

    Block(Kind kind, int call, long start) {
        this.kind = kind;
        this.call = call;
        this.start = start;
    }
}
