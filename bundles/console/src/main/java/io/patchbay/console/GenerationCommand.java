package io.patchbay.console;

import com.google.gson.GsonBuilder;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.generation.KeptGeneration;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** {@code patchbay:generation}. */
@Service
@Command(
        scope = "patchbay",
        name = "generation",
        description = "Shows what became of a generation, as JSON.",
        detailedDescription =
                "Where it went and why (route), every attempt with its outcome (provider_responses), tokens,"
                        + " and what it cost. What was said is not kept.")
public final class GenerationCommand implements Action {
    @Argument(name = "id", description = "The id of the answer: gen-….", required = true)
    String id = "";

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
            var kept = find(generations, id);
            var json = kept.json().toTree();
            json.addProperty("account", kept.account());
            json.addProperty("key", kept.key());
            out.println(Wording.harmless(new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(json)));
        } catch (FailureException unreadable) {
            throw Part.refusal(unreadable.failure().message());
        }
    }

    /** The generation, or a refusal that says in a line that there is none. */
    static KeptGeneration find(@Nullable Generations generations, String id) throws CommandException {
        var kept = Part.of(generations, "generations").find(id);
        if (kept.isEmpty()) {
            throw Part.refusal("There is no generation \"" + Wording.harmless(id) + "\".");
        }
        return kept.get();
    }
}
