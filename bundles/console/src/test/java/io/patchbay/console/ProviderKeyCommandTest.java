package io.patchbay.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.catalog.Catalog;
import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.ProviderStatus;
import io.patchbay.api.catalog.ProviderStatus.State;
import io.patchbay.api.catalog.Secret;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.CommandException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeyCommandTest {
    private static final String KEY = "sk-canary";

    private final FakeProviderKeys keys = new FakeProviderKeys();
    private final Screen screen = new Screen();
    private final List<String> prompts = new ArrayList<>();
    private final ProviderKeyCommand command = new ProviderKeyCommand();

    ProviderKeyCommandTest() {
        command.catalog = new FakeCatalog();
        command.keys = keys;
        command.name = "acme";
    }

    @Test
    void rotatesTheMasterKey() throws Exception {
        var rotate = new MasterKeyRotateCommand();
        rotate.keys = keys;
        rotate.print(screen.out());
        keys.store("acme", Secret.of(KEY));
        rotate.print(screen.out());

        assertThat(screen.lines())
                .containsExactly(
                        "No key of a provider is stored: there is nothing to encrypt.",
                        "1 key encrypted with a new master key.");
    }

    @Test
    void asksWithoutEchoAndStores() throws Exception {
        command.session = terminal(() -> KEY);

        command.print(screen.out());

        assertThat(prompts).containsExactly("Key of acme: , echo \0");
        assertThat(keys.key("acme")).isEqualTo(KEY);
        assertThat(screen.lines()).containsExactly("Stored. acme: ready, 1 model. 1 model from etc");
    }

    @Test
    void tellsWhyAProviderIsStillNotReady() throws Exception {
        command.name = "void";
        command.session = terminal(() -> KEY);

        command.print(screen.out());

        assertThat(screen.lines()).containsExactly("Stored. void: no credential. VOID_API_KEY is?[2J not set");
    }

    @Test
    void waitsUntilTheProviderHasNamedItsModels() throws Exception {
        var states = List.of(State.NO_CREDENTIAL, State.DISCOVERING, State.DISCOVERING, State.READY, State.READY)
                .iterator();
        command.catalog = new ChangingCatalog(states);
        command.session = terminal(() -> KEY);

        command.print(screen.out());

        assertThat(screen.text()).startsWith("Stored. acme: ready, 4 models.");
    }

    @Test
    void changesNothingForAnEmptyLine() {
        command.session = terminal(() -> "");

        assertRefusal("No key was given: nothing is changed.");
        assertThat(keys.stored()).isEmpty();
    }

    @Test
    void changesNothingForCtrlCOrCtrlD() {
        command.session = terminal(() -> {
            throw new UserInterruptException("sk-half");
        });
        assertRefusal("No key was given: nothing is changed.");

        command.session = terminal(() -> {
            throw new EndOfFileException();
        });
        assertRefusal("No key was given: nothing is changed.");
        assertThat(keys.stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-canary", "sk-canary\n", "sk-canary\r\nmore"})
    void readsOneLineWhereThereIsNoTerminal(String input) throws Exception {
        command.session = pipe(input);

        command.print(screen.out());

        assertThat(keys.key("acme")).isEqualTo(KEY);
        assertThat(prompts).isEmpty();
    }

    @Test
    void changesNothingWhereNothingIsPipedIn() {
        command.session = pipe("");

        assertRefusal("Standard input held no key: nothing is changed. In the console (patchbay console) you are asked"
                + " for it.");
    }

    @Test
    void saysInOneLineWhyAKeyIsRefused() {
        command.session = terminal(() -> "two words");

        assertRefusal("A key can't hold blanks.");
    }

    @Test
    void namesTheClosestOfTheProvidersThereAre() {
        command.name = "acne";
        command.session = terminal(() -> KEY);

        assertRefusal("There is no provider \"acne\", or its file says enabled = false. Did you mean acme?");
        command.name = "nothing-like-it";
        assertRefusal("There is no provider \"nothing-like-it\", or its file says enabled = false."
                + " \"patchbay:providers --all\" lists all.");
        assertThat(prompts).isEmpty();
    }

    @Test
    void asksForNoKeyOfAModelThatRunsInside() {
        command.name = "sandbox";
        command.session = terminal(() -> KEY);

        assertRefusal("sandbox runs inside Patchbay and needs no key.");
        assertThat(prompts).isEmpty();
    }

    @Test
    void removesTheStoredKey() throws Exception {
        command.session = terminal(() -> KEY);
        command.print(screen.out());
        command.remove = true;

        command.print(screen.out());

        assertThat(keys.stored()).isEmpty();
        assertThat(screen.lines()).last().asString().startsWith("Removed. acme: ready");
        assertRefusal("No key of acme is stored: nothing is changed.");
    }

    @Test
    void showsTheKeyNowhere() throws Exception {
        command.session = terminal(() -> KEY);

        command.print(screen.out());

        assertThat(screen.text()).doesNotContain(KEY);
    }

    private void assertRefusal(String line) {
        assertThatThrownBy(() -> command.print(screen.out()))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        thrown -> assertThat(thrown.getNiceHelp()).isEqualTo(line));
    }

    private Session terminal(Supplier<String> typed) {
        var terminal = proxy(Terminal.class, (name, arguments) -> null);
        return proxy(Session.class, (name, arguments) -> switch (name) {
            case "getTerminal" -> terminal;
            case "readLine" -> {
                prompts.add(arguments[0] + ", echo " + arguments[1]);
                yield typed.get();
            }
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private static Session pipe(String input) {
        var in = new ByteArrayInputStream(input.getBytes(UTF_8));
        return proxy(Session.class, (name, arguments) -> "getKeyboard".equals(name) ? in : null);
    }

    private interface Answer {
        @Nullable
        Object to(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    /** One provider whose state is another each time it is asked for. */
    private record ChangingCatalog(Iterator<State> states) implements Catalog {
        @Override
        public List<Endpoint> endpoints(ModelId model, String account) {
            return endpoints(model);
        }

        @Override
        public List<Endpoint> endpoints(ModelId model) {
            return List.of();
        }

        @Override
        public List<Endpoint> endpoints() {
            return List.of();
        }

        @Override
        public List<ProviderStatus> providers() {
            return List.of(new ProviderStatus(FakeCatalog.ACME, 4, states.next(), "It says itself what they are."));
        }
    }
}
