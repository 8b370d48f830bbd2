package io.patchbay.gateway;

import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.json.JsonKind;
import io.patchbay.api.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of a message that names its content by an address on the web.
 *
 * @param message which one
 * @param part which of its parts
 */
record Link(int message, int part, Target target) {
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
                int message = i;
                int part = k;
                target(parts.get(k)).ifPresent(target -> links.add(new Link(message, part, target)));
            }
        }
        return links;
    }

    private static Optional<Target> target(JsonView part) {
        return part.string("type")
                .flatMap(MediaKind::ofPart)
                .flatMap(kind -> url(part, kind).filter(Link::isOnTheWeb).map(url -> new Target(kind, url)));
    }

    private static Optional<String> url(JsonView part, MediaKind kind) {
        var type = part.string("type").orElse("");
        return isBare(part, type)
                ? part.string(type)
                : part.object(type).flatMap(object -> object.string(kind.member()));
    }

    /** OpenAI has an object around it; many clients leave that away. */
    private static boolean isBare(JsonView part, String type) {
        return part.kind(type).filter(JsonKind.STRING::equals).isPresent();
    }

    private static boolean isOnTheWeb(String url) {
        var start = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
        return start.startsWith("http://") || start.startsWith("https://");
    }

    String url() {
        return target.url();
    }

    /** Where it stands, for errors. */
    String field(ChatRequest request) {
        var view = request.messages().get(message).objects("content").get(part);
        var type = view.string("type").orElse("");
        var place = "messages[" + message + "].content[" + part + "]." + type;
        return isBare(view, type) ? place : place + '.' + target.kind().member();
    }

    /** The part with this in the place of the address: a JSON string. */
    byte[] replaced(JsonView view, byte[] content) {
        var type = view.string("type").orElse("");
        var rewrite = view.rewrite();
        if (isBare(view, type)) {
            return rewrite.raw(type, content).toBytes();
        }
        var object = view.object(type).orElseThrow().rewrite();
        return rewrite.raw(type, object.raw(target.kind().member(), content).toBytes())
                .toBytes();
    }
}
