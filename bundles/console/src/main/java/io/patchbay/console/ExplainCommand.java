package io.patchbay.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.json.MalformedJson;
import io.patchbay.api.routing.Route;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:explain}. */
@Service
@Command(
        scope = "patchbay",
        name = "explain",
        description = "Shows why a generation went where it went, or where a request would go now.",
        detailedDescription =
                "Of a generation (gen-…): what was planned then, and every attempt. Of a file with the body"
                        + " of a request to /chat/completions, or of a model's name: what would be planned now, for the operator;"
                        + " nothing is sent.")
public final class ExplainCommand implements Action {
    private static final String GENERATION = "gen-";
    private static final String OUT = "out";

    @Argument(
            name = "what",
            description = "The id of a generation, a file with a request, or the name of a model.",
            required = true)
    @Completion(FileCompleter.class)
    String what = "";

    @Reference(optional = true)
    @Nullable
    Gateway gateway;

    @Reference(optional = true)
    @Nullable
    Generations generations;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        try {
            if (what.startsWith(GENERATION)) {
                printKept(out);
            } else {
                var request = request();
                print(Part.of(gateway, "gateway").explain(new Caller.Operator(), request), out);
            }
        } catch (FailureException refused) {
            throw Part.refusal(Wording.harmless(refused.failure().message()));
        }
    }

    private ChatRequest request() throws CommandException {
        var file = Path.of(what);
        if (!Files.isRegularFile(file)) {
            var request = new JsonObject();
            request.addProperty("model", what);
            request.add("messages", new JsonArray());
            return ChatRequest.of(JsonView.of(request));
        }
        try {
            return ChatRequest.of(JsonView.parse(Files.readAllBytes(file)));
        } catch (MalformedJson malformed) {
            throw Part.refusal("\"" + Wording.harmless(what) + "\" holds no JSON object.");
        } catch (IOException unreadable) {
            throw Part.refusal("\"" + Wording.harmless(what) + "\" can't be read.");
        }
    }

    private static void print(Route route, PrintStream out) {
        out.println("strategy: " + Wording.harmless(route.strategy()));
        var table = table();
        int place = 1;
        for (var candidate : route.candidates()) {
            var score = score(new BigDecimal(candidate.score()));
            addRow(table, place++, candidate.endpoint().id(), score, candidate.reason());
        }
        for (var excluded : route.dropped()) {
            addRow(table, OUT, excluded.endpoint().id(), "", excluded.reason());
        }
        table.print(out);
    }

    private static ShellTable table() {
        var table = new ShellTable().emptyTableText("Nobody serves this model.");
        table.column("").alignRight();
        table.column("endpoint");
        table.column("score").alignRight();
        table.column("reason");
        return table;
    }

    private static String score(BigDecimal score) {
        return String.format(Locale.ROOT, "%.3g", score);
    }

    private void printKept(PrintStream out) throws CommandException {
        var json = GenerationCommand.find(generations, what).json();
        var route = json.object("route");
        if (route.isEmpty()) {
            throw Part.refusal("The generation failed before it was planned.");
        }
        out.println(
                "strategy: " + Wording.harmless(route.get().string("strategy").orElse("")));
        var table = table();
        int place = 1;
        for (var candidate : route.get().objects("candidates")) {
            addRow(table, place++, candidate);
        }
        route.get().objects("dropped").forEach(candidate -> addRow(table, OUT, candidate));
        table.print(out);
        printAttempts(json.objects("provider_responses"), out);
    }

    private static void addRow(ShellTable table, Object place, JsonView kept) {
        var score = kept.number("score").map(ExplainCommand::score).orElse("");
        addRow(table, place, text(kept, "endpoint_id"), score, text(kept, "reason"));
    }

    private static void addRow(ShellTable table, Object place, String endpoint, String score, String reason) {
        table.addRow().addContent(place, Wording.harmless(endpoint), score, Wording.harmless(reason));
    }

    private static String text(JsonView kept, String field) {
        return kept.string(field).orElse("");
    }

    private static void printAttempts(List<JsonView> attempts, PrintStream out) {
        out.println();
        var table = new ShellTable().emptyTableText("Nobody was asked.");
        table.column("attempt");
        table.column("came to");
        table.column("ms").alignRight();
        for (var attempt : attempts) {
            table.addRow()
                    .addContent(
                            Wording.harmless(attempt.string("endpoint_id").orElse("")),
                            Wording.harmless(attempt.string("failure").orElse("an answer")),
                            attempt.integer("latency").orElse(0));
        }
        table.print(out);
    }
}
