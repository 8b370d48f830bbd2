package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Clients from npm, with nothing changed but the base URL, the key and the model's name: those of OpenAI, Anthropic,
 * OpenRouter, Vercel's AI SDK and LangChain. Their tests are in {@code src/test/npm}; each is one here. Not run where
 * there is no Node.
 */
class NpmClientsIT {
    private static final Path SOURCES = Path.of("src", "test", "npm");
    private static final Path PLACE = Path.of("target", "npm");
    private static final Pattern RESULT = Pattern.compile("^(ok|not ok) \\d+ - (.*?)( # .*)?$");

    private static Distribution gateway;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(isThere("node") && isThere("npm"), "there is no Node");
        install();
        gateway = Distribution.withHome("npm").start().checked();
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return run(List.of(program, "--version"), Path.of("target"), 1).exitCode() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    private static void install() throws Exception {
        Files.createDirectories(PLACE);
        try (var files = Files.list(SOURCES)) {
            for (var file : files.toList()) {
                Files.write(PLACE.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        var installed = run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), PLACE, 5);
        assertThat(installed.exitCode()).as(installed.output()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> openAi() throws Exception {
        return tests("openai");
    }

    @TestFactory
    Stream<DynamicTest> anthropic() throws Exception {
        return tests("anthropic");
    }

    @TestFactory
    Stream<DynamicTest> openRouterAndVercel() throws Exception {
        return tests("openrouter");
    }

    @TestFactory
    Stream<DynamicTest> langChain() throws Exception {
        return tests("langchain");
    }

    private static Stream<DynamicTest> tests(String name) throws Exception {
        var ran = run(List.of("node", "--test", "--test-reporter=tap", name + ".test.mjs"), PLACE, 5);
        var results = ran.output()
                .lines()
                .map(RESULT::matcher)
                .filter(found -> found.matches())
                .toList();
        assertThat(results).as(ran.output()).isNotEmpty();
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.group(2),
                        () -> assertThat(result.group(1)).as(ran.output()).isEqualTo("ok")));
    }

    private record Ran(int exitCode, String output) {}

    private static Ran run(List<String> command, Path place, int minutes) throws IOException, InterruptedException {
        var output = Files.createTempFile("npm", ".log");
        var builder = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        if (gateway != null) {
            var url = gateway.url();
            builder.environment().put("PATCHBAY_URL", url.getScheme() + "://" + url.getAuthority());
            builder.environment().put("PATCHBAY_KEY", gateway.key());
        }
        var process = builder.start();
        try {
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " takes too long:\n" + Files.readString(output));
            }
            return new Ran(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
