package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Attempt;
import io.patchbay.api.generation.Caller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AskCommandTest {
    private static final Attempt WON = Attempt.success(FakeCatalog.BIG_AT_ACME, Duration.ofMillis(900));
    private static final Attempt LOST = Attempt.failed(
            FakeCatalog.BIG_AT_SANDBOX, Duration.ofMillis(300), Failure.of(FailureKind.RATE_LIMITED, "Slow down."));

    private final ScriptedGateway gateway = new ScriptedGateway();
    private final Screen screen = new Screen();
    private final FutureTask<Void> asking = new FutureTask<>(() -> {
        var command = new AskCommand();
        command.gateway = gateway;
        command.model = "acme/big";
        command.prompt = List.of("why", "so \"blue\"?");
        command.print(screen.out());
        return null;
    });
    private final Thread console = new Thread(asking, "console");

    @AfterEach
    void closeConsole() throws InterruptedException {
        console.interrupt();
        console.join();
    }

    @Test
    void asksAsTheOperatorAndStreams() throws Exception {
        ask();

        assertThat(gateway.caller).isEqualTo(new Caller.Operator());
        assertThat(gateway.request.models()).containsExactly("acme/big");
        assertThat(gateway.request.stream()).isTrue();
        assertThat(gateway.request.messages()).singleElement().satisfies(message -> {
            assertThat(message.string("role")).contains("user");
            assertThat(message.string("content")).contains("why so \"blue\"?");
        });
    }

    @Test
    void printsEachPieceBeforeItAsksForTheNext() throws Exception {
        ask();

        await(gateway.say("Because "));
        assertThat(screen.text()).isEqualTo("Because ");
        await(gateway.say("of the air."));
        assertThat(screen.text()).isEqualTo("Because of the air.");
    }

    @Test
    void endsWithOneLineThatTellsWhatItTook() throws Exception {
        ask();
        await(gateway.say("Air."));

        gateway.end("stop", LOST, WON);

        asking.get();
        assertThat(screen.lines())
                .containsExactly(
                        "Air.",
                        "[acme/big by Acme AI, 12 prompt + 34 completion tokens, first token after 85 ms, 1.2 s in all,"
                                + " 2 attempts (Sandbox: rate limited)]");
    }

    @Test
    void saysSoWhenTheAnswerIsNotWhole() throws Exception {
        ask();

        gateway.end("length", WON);

        asking.get();
        assertThat(screen.text()).contains("1 attempt, finished by: length]");
    }

    @Test
    void keepsTheModelFromDrivingTheTerminal() throws Exception {
        ask();

        await(gateway.say("\u001b]0;owned\u0007tab\tline\n"));

        assertThat(screen.text()).isEqualTo("?]0;owned?tab\tline\n");
    }

    @Test
    void ctrlCCancelsTheGeneration() throws Exception {
        ask();
        await(gateway.say("Because"));

        console.interrupt();

        assertThat(gateway.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        asking.get();
        assertThat(screen.lines()).containsExactly("Because");
    }

    @Test
    void tellsInOneLineWhatToDoAboutAFailure() throws Exception {
        ask();

        gateway.fail(Failure.of(FailureKind.MODEL_NOT_FOUND, "There is no model 'acme/big'."));

        assertRefusal("There is no model 'acme/big'. \"patchbay:models\" lists the models there are.");
    }

    @Test
    void tellsHowToGiveAnotherKeyToAProviderThatRefusedOurs() throws Exception {
        ask();
        var refused = Failure.builder(FailureKind.UPSTREAM_AUTH, "The provider refused our credential.")
                .provider("Acme AI")
                .providerMessage("Incorrect\nAPI key")
                .build();

        gateway.fail(refused, Attempt.failed(FakeCatalog.BIG_AT_ACME, Duration.ofMillis(90), refused));

        assertRefusal("Acme AI: The provider refused our credential. (Incorrect API key)"
                + " Type another key: patchbay:provider-key acme. Or check the one in its file,"
                + " etc/io.patchbay.provider~acme.cfg.");
    }

    @Test
    void saysHowLongToWait() throws Exception {
        ask();
        await(gateway.say("Becau"));

        gateway.fail(Failure.builder(FailureKind.OVERLOADED, "Too much to do.")
                .retryAfter(Duration.ofSeconds(7))
                .build());

        assertRefusal("Too much to do. Try again in 7 s.");
        assertThat(screen.lines()).containsExactly("Becau");
    }

    @Test
    void namesTheGatewayWhenItIsAway() {
        assertThatThrownBy(() -> new AskCommand().print(screen.out())).hasMessageContaining("io.patchbay.gateway");
    }

    private void ask() throws InterruptedException {
        console.start();
        gateway.asked.await();
    }

    private static void await(CompletionStage<Void> printed) throws Exception {
        printed.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void assertRefusal(String line) {
        assertThatThrownBy(asking::get)
                .cause()
                .isInstanceOfSatisfying(
                        CommandException.class,
                        thrown -> assertThat(thrown.getNiceHelp()).isEqualTo(line));
    }
}
