package io.patchbay.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

class UpdateCommandTest {
    private final List<String> calls = new ArrayList<>();
    private int failingCalls;
    private int state = Bundle.ACTIVE;

    @Test
    void updatesABundleAndSaysSo() throws Exception {
        assertThat(update("io.patchbay.router")).isEqualTo("io.patchbay.router 1.0.0 -> 1.0.0, running\n");
        assertThat(calls).containsExactly("update");
    }

    @Test
    void startsABundleThatTheFrameworkLeftStopped() throws Exception {
        failingCalls = 3;

        assertThat(update("io.patchbay.router")).contains("running");
        assertThat(calls).containsExactly("update", "start", "start", "start");
    }

    @Test
    void saysWhatIsWrongWithABundleThatIsNotReplaced() {
        failingCalls = 1;
        state = Bundle.ACTIVE;
        var command = new UpdateCommand();
        command.name = "io.patchbay.router";
        command.url = "file:/nowhere/at/all.jar";

        assertThatThrownBy(() -> command.update(new Bundle[] {bundle()}, System.out))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("io.patchbay.router is as it was: ");
        assertThat(calls).isEmpty();
    }

    @Test
    void knowsNoOtherBundle() {
        assertThatThrownBy(() -> update("io.patchbay.rooter"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("io.patchbay.rooter");
    }

    private String update(String name) throws Exception {
        var out = new ByteArrayOutputStream();
        var command = new UpdateCommand();
        command.name = name;
        command.update(new Bundle[] {bundle()}, new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8).replace("\r", "");
    }

    private @Nullable Object change(String call) throws BundleException {
        calls.add(call);
        state = failingCalls > 0 ? Bundle.INSTALLED : Bundle.ACTIVE;
        if (failingCalls-- > 0) {
            throw new BundleException("Unable to acquire global lock for resolve.");
        }
        return null;
    }

    /** A bundle whose next updates or starts fail as under load. */
    private Bundle bundle() {
        return (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getSymbolicName" -> "io.patchbay.router";
                        case "getVersion" -> new Version(1, 0, 0);
                        case "getState" -> state;
                        default -> change(method.getName());
                    };
                });
    }
}
