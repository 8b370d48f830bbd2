package io.patchbay.dialect.responses;

import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonAppender;
import java.nio.ByteBuffer;

/** Server-sent events, numbered. For one thread at a time. */
final class Events {
    private static final int USUAL = 512;

    private JsonAppender out = new JsonAppender(USUAL);
    private int next;

    /** Adds an event, whose data get its type and its number. */
    void add(String type, JsonObject data) {
        var event = new JsonObject();
        event.addProperty("type", type);
        event.addProperty("sequence_number", next++);
        event.asMap().putAll(data.asMap());
        out.raw("event: ").raw(type).raw("\ndata: ").raw(event.toString()).raw("\n\n");
    }

    /** What there is by now; from here on there is nothing. */
    ByteBuffer take() {
        var taken = out.toBuffer();
        out = new JsonAppender(USUAL);
        return taken;
    }
}
