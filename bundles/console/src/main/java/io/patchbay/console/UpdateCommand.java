package io.patchbay.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * {@code patchbay:update}: {@code bundle:update} that does not leave a bundle behind stopped. Under load the framework
 * sometimes can't get its own lock in the middle of an update ("Unable to acquire global lock for resolve"): the new
 * version is there then, but not started, and would stay so until somebody looks.
 */
@Service
@Command(
        scope = "patchbay",
        name = "update",
        description = "Replaces a bundle while requests run, and sees to it that it runs again.",
        detailedDescription = "What is under way is finished first, what arrives meanwhile waits. Without a URL the"
                + " bundle is read again from where it came from.")
public final class UpdateCommand implements Action {
    /** Shorter than requests wait for a part that is being replaced. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(20);

    @Argument(index = 0, name = "bundle", description = "Its name, such as io.patchbay.router.", required = true)
    @Completion(BundleCompleter.class)
    String name = "";

    @Argument(index = 1, name = "url", description = "Where the new version is, such as file:/tmp/router-1.1.jar.")
    String url = "";

    @Reference
    @Nullable
    BundleContext framework;

    @Override
    public @Nullable Object execute() throws CommandException, InterruptedException {
        update(Part.of(framework, "console").getBundles(), System.out);
        return null;
    }

    void update(Bundle[] installed, PrintStream out) throws CommandException, InterruptedException {
        var bundle = Arrays.stream(installed)
                .filter(candidate -> name.equals(candidate.getSymbolicName()))
                .max(Comparator.comparing(Bundle::getVersion))
                .orElseThrow(() -> Part.refusal("There is no bundle \"" + name + "\"; \"bundle:list\" shows all."));
        var before = bundle.getVersion();
        replace(bundle);
        out.println(name + ' ' + before + " -> " + bundle.getVersion() + ", running");
    }

    private void replace(Bundle bundle) throws CommandException, InterruptedException {
        var problem = tryTo(() -> update(bundle));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (bundle.getState() != Bundle.ACTIVE && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            problem = tryTo(bundle::start);
        }
        if (!problem.isEmpty()) {
            throw Part.refusal(name
                    + (bundle.getState() == Bundle.ACTIVE ? " is as it was: " : " does not run: ")
                    + Wording.harmless(problem));
        }
    }

    private void update(Bundle bundle) throws BundleException, IOException {
        if (url.isEmpty()) {
            bundle.update();
            return;
        }
        try (InputStream content = URI.create(url).toURL().openStream()) {
            bundle.update(content);
        }
    }

    private interface Step {
        void run() throws BundleException, IOException;
    }

    /** Returns what went wrong, or nothing. */
    private static String tryTo(Step step) {
        try {
            step.run();
            return "";
        } catch (BundleException | IOException | IllegalArgumentException | IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
