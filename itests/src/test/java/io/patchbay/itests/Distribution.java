package io.patchbay.itests;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.itests.conformance.CheckingProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A running gateway: the unpacked archive, started by its own launcher with a home of its own and a free port.
 *
 * <pre>{@code
 * try (Distribution gateway = Distribution.withHome("smoke").start()) {
 *     gateway.console("patchbay:models");
 * }
 * }</pre>
 */
public final class Distribution implements AutoCloseable {

    /** A start takes some seconds; ten times as long means that it hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path launcher;
    private final Path home;
    private final Map<String, String> environment;
    private final JsonObject line;
    private final Optional<CheckingProxy> proxy;

    private Distribution(
            Path launcher, Path home, Map<String, String> environment, JsonObject line, Optional<CheckingProxy> proxy) {
        this.launcher = launcher;
        this.home = home;
        this.environment = environment;
        this.line = line;
        this.proxy = proxy;
    }

    /** Prepares a gateway whose state lies in a fresh folder of the given name below {@code target/homes}. */
    public static Starter withHome(String name) {
        return new Starter(name);
    }

    /** The address clients use, ending in {@code /api/v1}. */
    public URI url() {
        return proxy.map(checking -> checking.root().resolve(ownUrl().getPath()))
                .orElse(ownUrl());
    }

    private URI ownUrl() {
        return URI.create(line.get("url").getAsString());
    }

    /**
     * The same gateway, with a proxy before it that looks at the answers that it gives: for clients with an HTTP of their
     * own. Instead of this one.
     */
    public Distribution checked() {
        return new Distribution(
                launcher, home, environment, line, Optional.of(CheckingProxy.of(ownUrl().resolve("/"))));
    }

    /** The address without a path. */
    public URI root() {
        return url().resolve("/");
    }

    /** The client key made at the first start. */
    public String key() {
        return line.get("key").getAsString();
    }

    public long pid() {
        return line.get("pid").getAsLong();
    }

    public Path home() {
        return home;
    }

    public Path log() {
        return home.resolve("data/log/patchbay.log");
    }

    /** Runs one command in the console and returns what it printed; throws if it failed. */
    public String console(String command) {
        Result result = run(launcher, environment, "console", command);
        if (result.code() != 0) {
            throw new AssertionError(command + ": " + result);
        }
        return result.out();
    }

    /** Writes a file below {@code etc/} at one stroke, as an operator's editor would. */
    public void configure(String fileName, String content) {
        try {
            Path temporary = Files.createTempFile(home.resolve("data"), "etc", null);
            Files.writeString(temporary, content);
            Files.move(
                    temporary,
                    home.resolve("etc").resolve(fileName),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isRunning() {
        return ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    /** As {@code kill -9} does; returns when the process is gone. */
    public void kill() {
        ProcessHandle.of(pid()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /** Starts it again, with the same home; perhaps with another port. */
    public Distribution restarted() {
        return start(launcher, home, environment);
    }

    /** Stops gracefully and returns the launcher's exit code. */
    public int stop() {
        return run(launcher, environment, "stop").code();
    }

    @Override
    public void close() {
        proxy.ifPresent(CheckingProxy::close);
        stop();
    }

    private static Distribution start(Path launcher, Path home, Map<String, String> environment) {
        Result result = run(launcher, environment, "--daemon", "--json");
        if (result.code() != 0) {
            throw new AssertionError("not started: " + result);
        }
        JsonObject line = JsonParser.parseString(result.out().strip()).getAsJsonObject();
        return new Distribution(launcher, home, environment, line, Optional.empty());
    }

    private static Result run(Path launcher, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            Path out = Files.createTempFile("patchbay", ".out");
            Path err = Files.createTempFile("patchbay", ".err");
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + PATIENCE);
            }
            Result result = new Result(process.exitValue(), read(out), read(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private record Result(int code, String out, String err) {}

    /** What can be set before a start. */
    public static final class Starter {

        private final Path home;
        private final Map<String, String> environment = new HashMap<>();
        private final Path distribution = Path.of(System.getProperty("patchbay.distribution"));

        private Starter(String name) {
            home = distribution.resolveSibling("homes").resolve(name);
            delete(home);
            environment.put("PATCHBAY_HOME", home.toString());
            environment.put("PATCHBAY_PORT", "0");
        }

        /** Adds an environment variable. */
        public Starter with(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Puts a file below {@code etc/} before the first start. */
        public Starter configured(String fileName, String content) {
            try {
                Path file = home.resolve("etc").resolve(fileName);
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Starts the gateway and returns once it is ready. */
        public Distribution start() {
            return Distribution.start(distribution.resolve("bin/patchbay"), home, Map.copyOf(environment));
        }

        private static void delete(Path folder) {
            if (Files.notExists(folder)) {
                return;
            }
            try (var paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
