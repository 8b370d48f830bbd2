package io.patchbay.adapter.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BedrockAdapterTest {
    private static final String PACKAGE = BedrockAdapter.class.getPackageName() + '.';

    @Test
    void needsNoFurtherClassOnceItIsActive() throws Exception {
        var classes = BedrockAdapter.class.getProtectionDomain().getCodeSource().getLocation();
        try (var bundle = new Bundle(classes);
                var files = Files.list(Path.of(classes.toURI()).resolve(PACKAGE.replace('.', '/')))) {
            bundle.loadClass(BedrockAdapter.class.getName()).getConstructor().newInstance();

            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                            .map(name -> name.substring(0, name.length() - ".class".length())))
                    .isNotEmpty()
                    .allMatch(bundle::hasLoaded);
        }
    }

    /** Loads the adapter's classes itself, and all others where the test's own come from. */
    private static final class Bundle extends URLClassLoader {
        Bundle(URL classes) {
            super(new URL[] {classes}, BedrockAdapter.class.getClassLoader());
        }

        boolean hasLoaded(String name) {
            return findLoadedClass(PACKAGE + name) != null;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith(PACKAGE)) {
                    return super.loadClass(name, resolve);
                }
                var loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
