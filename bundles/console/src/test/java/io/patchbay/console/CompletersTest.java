package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.junit.jupiter.api.Test;

class CompletersTest {
    @Test
    void completesModelsOnceEach() {
        var completer = new ModelCompleter();
        completer.catalog = new FakeCatalog();

        assertThat(complete(completer, "")).containsExactly("acme/big", "sandbox/echo");
        assertThat(complete(completer, "sand")).containsExactly("sandbox/echo");
        assertThat(complete(completer, "nobody")).isEmpty();
    }

    @Test
    void completesProvidersThatAreNotReadyToo() {
        var completer = new ProviderCompleter();
        completer.catalog = new FakeCatalog();

        assertThat(complete(completer, "")).containsExactly("acme", "sandbox", "void");
        assertThat(complete(completer, "v")).containsExactly("void");
    }

    @Test
    void completesNothingWhileTheCatalogIsAway() {
        assertThat(complete(new ModelCompleter(), "")).isEmpty();
        assertThat(complete(new ProviderCompleter(), "")).isEmpty();
    }

    private static List<String> complete(Completer completer, String typed) {
        var candidates = new ArrayList<String>();
        completer.complete(null, new Typed(typed), candidates);
        return candidates.stream().map(String::strip).toList();
    }

    /** A command line of which only the argument under the cursor matters. */
    private record Typed(String getCursorArgument) implements CommandLine {
        @Override
        public int getCursorArgumentIndex() {
            return 0;
        }

        @Override
        public int getArgumentPosition() {
            return getCursorArgument.length();
        }

        @Override
        public String[] getArguments() {
            return new String[] {getCursorArgument};
        }

        @Override
        public int getBufferPosition() {
            return getCursorArgument.length();
        }

        @Override
        public String getBuffer() {
            return getCursorArgument;
        }
    }
}
