package io.patchbay.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.Caller;
import io.patchbay.api.generation.Gateway;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.json.JsonView;
import io.patchbay.console.Progress.Step;
import java.io.PrintStream;
import java.util.List;
import java.util.StringJoiner;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:ask}. */
@Service
@Command(
        scope = "patchbay",
        name = "ask",
        description = "Asks a model and prints the answer as it comes.",
        detailedDescription = "The question takes the same way as a client's, but needs no API key. At the end one line"
                + " says who answered, how many tokens and how much time it took, and which attempts failed before."
                + " Ctrl-C stops the generation, at the provider too.")
public final class AskCommand implements Action {
    @Argument(index = 0, name = "model", description = "Which model, as clients name it.", required = true)
    @Completion(ModelCompleter.class)
    String model = "";

    @Argument(
            index = 1,
            name = "prompt",
            description = "What to ask. Needs no quotes unless it holds characters that mean something to the shell.",
            required = true,
            multiValued = true)
    List<String> prompt = List.of();

    @Reference(optional = true)
    @Nullable
    Gateway gateway;

    @Override
    public @Nullable Object execute() throws CommandException {
        print(System.out);
        return null;
    }

    void print(PrintStream out) throws CommandException {
        var progress = new Progress();
        var generation = Part.of(gateway, "gateway").generate(new Caller.Operator(), request(), progress);
        try {
            follow(progress, out);
        } catch (InterruptedException ctrlC) {
            // Without a word: by now the console shows ^C and its prompt.
            generation.cancel();
        }
    }

    private static void follow(Progress progress, PrintStream out) throws InterruptedException, CommandException {
        boolean lineOpen = false;
        while (true) {
            var step = progress.next();
            if (step instanceof Step.Piece piece) {
                out.print(Wording.harmless(piece.text()));
                out.flush();
                lineOpen = piece.text().isEmpty() ? lineOpen : !piece.text().endsWith("\n");
                piece.printed().complete(null);
                continue;
            }
            if (lineOpen) {
                out.println();
            }
            if (step instanceof Step.Failed failed) {
                throw Part.refusal(Advice.about(failed.failure(), failed.record()));
            }
            if (step instanceof Step.Done done) {
                out.println(summary(done.record()));
            }
            return;
        }
    }

    private ChatRequest request() {
        var message = new JsonObject();
        message.addProperty("role", "user");
        message.addProperty("content", String.join(" ", prompt));
        var messages = new JsonArray();
        messages.add(message);
        var request = new JsonObject();
        request.addProperty("model", model);
        request.add("messages", messages);
        request.addProperty("stream", true);
        return ChatRequest.of(JsonView.of(request));
    }

    private static String summary(GenerationRecord record) {
        var parts = new StringJoiner(", ", "[", "]");
        var attempts = record.attempts();
        if (!attempts.isEmpty()) {
            var winner = attempts.get(attempts.size() - 1).endpoint();
            parts.add(winner.model() + " by " + winner.provider().displayName());
        }
        record.usage().ifPresent(usage -> parts.add((usage.isEstimated() ? "about " : "") + usage));
        parts.add("first token after " + Wording.of(record.timeToFirstToken()));
        parts.add(Wording.of(record.total()) + " in all");
        parts.add(attempts(attempts));
        record.finishReason()
                .filter(reason -> !reason.equals("stop"))
                .ifPresent(reason -> parts.add("finished by: " + reason));
        return Wording.harmless(parts.toString());
    }

    private static String attempts(List<Attempt> attempts) {
        var failed = new StringJoiner(", ", " (", ")").setEmptyValue("");
        for (var attempt : attempts) {
            attempt.failure()
                    .ifPresent(failure -> failed.add(
                            attempt.endpoint().provider().displayName() + ": " + Wording.of(failure.kind())));
        }
        return Wording.counted(attempts.size(), "attempt") + failed;
    }
}
