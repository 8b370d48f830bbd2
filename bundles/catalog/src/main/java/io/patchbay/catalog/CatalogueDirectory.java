package io.patchbay.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the catalogue, one file {@code PROVIDER.json} per provider, and what of each is in force: its latest
 * content that could be read. For one thread at a time.
 */
final class CatalogueDirectory {
    private static final Logger log = LoggerFactory.getLogger(CatalogueDirectory.class);

    private static final String ENDING = ".json";
    /** Far more than any provider needs; reading more would only waste memory. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final Path folder;
    private final Map<String, Seen> seen = new TreeMap<>();
    private Map<String, CatalogueFile> inForce = Map.of();
    private boolean reads;
    private boolean unreadable;

    CatalogueDirectory(Path folder) {
        this.folder = folder;
    }

    /** Looks for what has changed; answers with what is in force then, the same object if nothing has changed. */
    Map<String, CatalogueFile> refresh() {
        var found = list();
        if (found == null) {
            return inForce;
        }
        var now = new TreeMap<>(inForce);
        seen.keySet().removeIf(provider -> {
            boolean gone = !found.containsKey(provider);
            if (gone && now.remove(provider) != null) {
                log.info("Catalogue: {}{} was removed", provider, ENDING);
            }
            return gone;
        });
        found.forEach((provider, stamp) -> {
            if (!stamp.equals(seen.put(provider, stamp))) {
                read(provider, stamp, now);
            }
        });
        if (!now.equals(inForce)) {
            inForce = Map.copyOf(now);
        }
        if (!reads && !found.isEmpty()) {
            reads = true;
            log.info("The catalogue knows {} models at {} providers ({})", count(), inForce.size(), folder);
        }
        return inForce;
    }

    private int count() {
        return inForce.values().stream().mapToInt(file -> file.models().size()).sum();
    }

    /** The files there are, by provider; null if that can't be told just now. */
    private @Nullable Map<String, Seen> list() {
        var found = new TreeMap<String, Seen>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    found.put(
                            name.substring(0, name.length() - ENDING.length()),
                            new Seen(attributes.lastModifiedTime(), attributes.size()));
                }
            }
            unreadable = false;
            return found;
        } catch (IOException | DirectoryIteratorException e) {
            // A file may go while it is looked at; the next look is soon.
            if (!unreadable) {
                log.warn(
                        "Catalogue: {} can't be listed: {}. What was known before stays in force.",
                        folder,
                        e.toString());
            }
            unreadable = true;
            return null;
        }
    }

    private void read(String provider, Seen stamp, Map<String, CatalogueFile> now) {
        var name = provider + ENDING;
        try {
            if (stamp.size() > MOST_BYTES) {
                throw new BadSetting("file", "larger than " + MOST_BYTES + " bytes");
            }
            var text = Files.readString(folder.resolve(name), UTF_8);
            var file = CatalogueReader.read(
                    provider, text, problem -> log.warn("Catalogue: {}: {}. It is left out.", name, problem));
            now.put(provider, file);
            if (reads) {
                log.info("Catalogue: {} is read: {} models", name, file.models().size());
            }
        } catch (IOException e) {
            refuse(name, "file: can't be read as UTF-8 text", now.containsKey(provider));
        } catch (BadSetting e) {
            refuse(name, e.key() + ": " + e.reason(), now.containsKey(provider));
        }
    }

    private static void refuse(String name, String reason, boolean known) {
        log.warn(
                "Catalogue: {}: {}. {}",
                name,
                reason,
                known ? "What it said before stays in force." : "It is not used until it is mended.");
    }

    /** By what a change of a file shows. */
    private record Seen(FileTime modified, long size) {}
}
