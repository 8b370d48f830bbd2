package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.generation.Activity;
import io.patchbay.api.generation.GenerationRecord;
import io.patchbay.api.generation.Generations;
import io.patchbay.api.generation.KeptGeneration;
import io.patchbay.api.json.JsonView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

class GenerationCommandTest {
    private final Screen screen = new Screen();
    private final GenerationCommand command = new GenerationCommand();

    @Test
    void showsWhatIsKeptAndWhoPaid() throws CommandException {
        show("gen-1");

        assertThat(screen.text()).contains("\"total_cost\": 0.0011", "\"account\": \"acme\"", "\"key\": \"key-1\"");
    }

    @Test
    void saysInOneLineThatThereIsNone() {
        assertThatThrownBy(() -> show("gen-2"))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp()).isEqualTo("There is no generation \"gen-2\"."));
    }

    @Test
    void saysWhyTheyCannotBeRead() {
        assertThatThrownBy(() -> show("gen-3"))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refusal -> assertThat(refusal.getNiceHelp()).isEqualTo("The database is away."));
    }

    private void show(String id) throws CommandException {
        command.id = id;
        command.generations = new Kept();
        command.print(screen.out());
    }

    private static final class Kept implements Generations {
        @Override
        public void keep(GenerationRecord record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<KeptGeneration> find(String id) {
            return switch (id) {
                case "gen-1" ->
                    Optional.of(new KeptGeneration(
                            id, "acme", "key-1", JsonView.parse("{\"id\":\"gen-1\",\"total_cost\":0.0011}")));
                case "gen-2" -> Optional.empty();
                default ->
                    throw Failure.of(FailureKind.UNAVAILABLE, "The database is away.")
                            .toException();
            };
        }

        @Override
        public void each(Instant from, Instant until, Consumer<KeptGeneration> taker) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Activity> activity(LocalDate from, LocalDate to) {
            return List.of();
        }
    }
}
