package io.patchbay.dialect.responses;

import com.google.gson.JsonObject;

/** A call of a tool: with arguments, or, of a custom tool, with a text. For one thread at a time. */
final class CallItem extends Output.Item {
    private final String callId;
    private final String name;
    private final boolean isCustom;
    private final StringBuilder arguments = new StringBuilder();

    CallItem(Place place, Events events, String callId, String name, boolean isCustom) {
        super(place, events);
        this.callId = callId;
        this.name = name;
        this.isCustom = isCustom;
    }

    void argue(String piece) {
        arguments.append(piece);
        if (!isCustom) {
            var data = about();
            data.addProperty("delta", piece);
            event("response.function_call_arguments.delta", data);
        }
    }

    @Override
    void complete() {
        if (!isCustom) {
            var done = about();
            done.addProperty("name", name);
            done.addProperty("arguments", arguments.toString());
            event("response.function_call_arguments.done", done);
            return;
        }
        // Inside of arguments a text can't be told from what is around it before it is complete.
        var delta = about();
        delta.addProperty("delta", input());
        event("response.custom_tool_call_input.delta", delta);
        var done = about();
        done.addProperty("input", input());
        event("response.custom_tool_call_input.done", done);
    }

    private String input() {
        return CustomTools.input(arguments.toString());
    }

    @Override
    JsonObject json() {
        var json = typed(isCustom ? "custom_tool_call" : "function_call");
        json.addProperty("call_id", callId);
        json.addProperty("name", name);
        if (isCustom) {
            json.addProperty("input", isClosed() ? input() : "");
        } else {
            json.addProperty("arguments", arguments.toString());
        }
        return json;
    }
}
