package io.patchbay.gateway;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.fetch.Fetcher;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a message that names its content by an address on the web.
 *
 * @param message which one
 * @param part which of its parts
 * @param type of the part, and the name of its member that holds the address
 * @param isBare whether the address is all of that member: OpenAI has an object around it, many clients leave that away
 */
record Link(int message, int part, String type, boolean isBare, Target target) {
    /**
     * What there has to be at an address.
     *
     * @param kind of content
     */
    record Target(MediaKind kind, String url) {}

    /** All of a request, in their order; indexes its messages if they hold anything but text. */
    static List<Link> of(ChatRequest request) {
        if (request.contents().isEmpty()) {
            return List.of();
        }
        var links = new ArrayList<Link>();
        var messages = request.messages();
        for (int i = 0; i < messages.size(); i++) {
            var parts = messages.get(i).objects("content");
            for (int k = 0; k < parts.size(); k++) {
                of(i, k, parts.get(k)).ifPresent(links::add);
            }
        }
        return List.copyOf(links);
    }

    private static Optional<Link> of(int message, int place, JsonView part) {
        var type = part.string("type").orElse("");
        var kind = MediaKind.ofPart(type);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        boolean isBare = part.kind(type).filter(JsonKind.STRING::equals).isPresent();
        var url = isBare
                ? part.string(type)
                : part.object(type).flatMap(object -> object.string(kind.get().member()));
        return url.filter(Fetcher::isAddress)
                .map(address -> new Link(message, place, type, isBare, new Target(kind.get(), address)));
    }

    String url() {
        return target.url();
    }

    /** Where it stands, for errors. */
    String field() {
        var member = "messages[" + message + "].content[" + part + "]." + type;
        return isBare ? member : member + '.' + target.kind().member();
    }

    /** The part with this in the place of the address: a JSON string. */
    byte[] replaced(JsonView view, byte[] content) {
        if (isBare) {
            return view.rewrite().raw(type, content).toBytes();
        }
        var object = view.object(type).orElseThrow().rewrite().raw(target.kind().member(), content);
        return view.rewrite().raw(type, object.toBytes()).toBytes();
    }
}
