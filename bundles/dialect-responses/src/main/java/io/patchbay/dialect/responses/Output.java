package io.patchbay.dialect.responses;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The items of an answer, as they grow: thoughts, a message, calls of tools. What happens to them is told in events. One
 * item is open at a time, but for calls that a model writes at the same time. For one thread at a time.
 */
final class Output {
    private final Events events;
    private final Set<String> customTools;
    private final List<Item> items = new ArrayList<>();
    private final Map<Long, Item> calls = new HashMap<>();
    private @Nullable Item open;

    /** @param customTools names of the tools that take a text */
    Output(Events events, Set<String> customTools) {
        this.events = events;
        this.customTools = customTools;
    }

    /** Adds a piece of an answer, or a whole one, in the canonical form. */
    void delta(JsonView delta, String generation) {
        boolean hasDetails = false;
        for (var detail : delta.objects("reasoning_details")) {
            hasDetails = true;
            think(detail, generation);
        }
        var reasoning = delta.string("reasoning").orElse("");
        if (!hasDetails && !reasoning.isEmpty()) {
            thought("thought", generation).say(ReasoningItem.Part.TEXT, reasoning);
        }
        say("content", MessageItem.Part.TEXT, delta, generation);
        delta.objects("content").forEach(part -> say("text", MessageItem.Part.TEXT, part, generation));
        say("refusal", MessageItem.Part.REFUSAL, delta, generation);
        delta.objects("annotations").forEach(annotation -> message(generation).annotate(annotation.toTree()));
        long number = 0;
        for (var call : delta.objects("tool_calls")) {
            call(call, call.integer("index").orElse(number++), generation);
        }
    }

    private void think(JsonView detail, String generation) {
        var item = thought("thought" + detail.integer("index").orElse(0), generation);
        item.format(detail.string("format").orElse(""));
        detail.string("summary").ifPresent(text -> item.say(ReasoningItem.Part.SUMMARY, text));
        detail.string("text").ifPresent(text -> item.say(ReasoningItem.Part.TEXT, text));
        detail.string("signature").ifPresent(item::sign);
        detail.string("data").ifPresent(item::encrypt);
    }

    private ReasoningItem thought(String key, String generation) {
        if (open instanceof ReasoningItem same && same.key().equals(key)) {
            return same;
        }
        return open(new ReasoningItem(place("rs", generation), events, key));
    }

    private MessageItem message(String generation) {
        return open instanceof MessageItem same ? same : open(new MessageItem(place("msg", generation), events));
    }

    private void say(String member, MessageItem.Part part, JsonView from, String generation) {
        var text = from.string(member).orElse("");
        if (!text.isEmpty()) {
            message(generation).say(part, text);
        }
    }

    private void call(JsonView call, long number, String generation) {
        var function = call.object("function");
        var known = calls.get(number);
        if (!(known instanceof CallItem)) {
            var name = function.flatMap(called -> called.string("name")).orElse("");
            boolean isCustom = customTools.contains(name);
            known = open(new CallItem(
                    place(isCustom ? "ctc" : "fc", generation),
                    events,
                    call.string("id").orElse(""),
                    name,
                    isCustom));
            calls.put(number, known);
        }
        var item = (CallItem) known;
        function.flatMap(called -> called.string("arguments"))
                .filter(arguments -> !arguments.isEmpty())
                .ifPresent(item::argue);
    }

    private Item.Place place(String prefix, String generation) {
        var id = prefix + '_' + generation.substring(generation.lastIndexOf('-') + 1) + '_' + items.size();
        return new Item.Place(id, items.size());
    }

    private <I extends Item> I open(I item) {
        // Calls may be written at the same time; all others are complete when something else begins.
        if (open != null && !(open instanceof CallItem)) {
            open.close();
        }
        items.add(item);
        open = item;
        item.begin();
        return item;
    }

    /** The answer is complete. */
    void closeAll() {
        items.forEach(Item::close);
    }

    /** As they are now. */
    JsonArray items() {
        var all = new JsonArray();
        items.forEach(item -> all.add(item.json()));
        return all;
    }

    /** All that is said, without thoughts and calls. */
    String text() {
        var text = new StringBuilder();
        for (var item : items) {
            if (item instanceof MessageItem message) {
                text.append(message.text());
            }
        }
        return text.toString();
    }

    /** One of them. */
    abstract static sealed class Item permits MessageItem, ReasoningItem, CallItem {
        /**
         * Where it stands.
         *
         * @param id of the item
         * @param number among all items, from 0
         */
        record Place(String id, int number) {}

        private final Place place;
        private final Events events;
        private boolean closed;

        Item(Place place, Events events) {
            this.place = place;
            this.events = events;
        }

        final void begin() {
            event("response.output_item.added", withItem());
        }

        /** It is complete. Further calls do nothing. */
        final void close() {
            if (!closed) {
                complete();
                closed = true;
                event("response.output_item.done", withItem());
            }
        }

        private JsonObject withItem() {
            var data = new JsonObject();
            data.add("item", json());
            return data;
        }

        final boolean isClosed() {
            return closed;
        }

        final void event(String type, JsonObject data) {
            data.addProperty("output_index", place.number());
            events.add(type, data);
        }

        /** The data of an event about a part of it. */
        final JsonObject about() {
            var data = new JsonObject();
            data.addProperty("item_id", place.id());
            return data;
        }

        final JsonObject typed(String type) {
            var json = new JsonObject();
            json.addProperty("id", place.id());
            json.addProperty("type", type);
            json.addProperty("status", closed ? "completed" : "in_progress");
            return json;
        }

        /** Tells what ends its parts. */
        abstract void complete();

        /** As it is now. */
        abstract JsonObject json();
    }
}
