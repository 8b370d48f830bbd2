package io.patchbay.api.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads what a bundle brings along to be served. To be read when a component is made: a bundle that is updated reads no more. */
public final class Resources {
    private Resources() {}

    /**
     * A file beside a class.
     *
     * @throws UncheckedIOException if it can't be read
     */
    public static byte[] read(Class<?> owner, String name) {
        try (var resource = owner.getResourceAsStream(name)) {
            if (resource == null) {
                throw new FileNotFoundException(name);
            }
            return resource.readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
