package io.patchbay.itests.conformance;

import java.util.ArrayList;
import java.util.List;

/** The events of a stream that ended, or of what came of it. */
final class ServerSentEvents {

    /** An event; the name is empty if it has none. */
    record Event(String name, String data) {}

    private ServerSentEvents() {}

    /** Those with data whose end is there. */
    static List<Event> of(String stream) {
        var events = new ArrayList<Event>();
        for (int from = 0, end; (end = stream.indexOf("\n\n", from)) >= 0; from = end + 2) {
            var name = new StringBuilder();
            var data = new StringBuilder();
            stream.substring(from, end).lines().forEach(line -> {
                if (line.startsWith("event: ")) {
                    name.append(line, "event: ".length(), line.length());
                } else if (line.startsWith("data: ")) {
                    data.append(line, "data: ".length(), line.length());
                }
            });
            if (!data.isEmpty()) {
                events.add(new Event(name.toString(), data.toString()));
            }
        }
        return events;
    }
}
