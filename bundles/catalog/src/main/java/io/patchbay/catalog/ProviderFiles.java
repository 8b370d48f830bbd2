package io.patchbay.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All provider files, by their PIDs, and what of each is in force: its latest content that was right. For one thread at
 * a time.
 */
final class ProviderFiles {
    private static final Logger log = LoggerFactory.getLogger(ProviderFiles.class);

    private static final String FILE_NAME = "felix.fileinstall.filename";
    private static final Pattern NAME_IN_FILE_NAME = Pattern.compile("io\\.patchbay\\.provider[~-](.+)\\.\\w+");

    private final Map<String, File> files = new TreeMap<>();

    /**
     * Takes the files that are there already, and tells of them in one line.
     *
     * @param overlay what becomes of a file's settings before they are used
     */
    void begin(Map<String, ? extends Map<String, ?>> configurations, UnaryOperator<ProviderSettings> overlay) {
        configurations.forEach((pid, configuration) -> updated(pid, configuration, false));
        var ready = inForce().stream()
                .map(overlay)
                .filter(file -> file.enabled() && !file.lacksCredential())
                .map(ProviderSettings::name)
                .sorted()
                .collect(Collectors.joining(", "));
        log.info(
                "{} providers are configured; those that have what they need: {}",
                inForce().size(),
                ready.isEmpty() ? "none" : ready);
    }

    /**
     * Takes a file's new content.
     *
     * @return whether what is in force has changed
     */
    boolean updated(String pid, Map<String, ?> configuration) {
        return updated(pid, configuration, true);
    }

    private boolean updated(String pid, Map<String, ?> configuration, boolean announce) {
        var settings = Settings.of(configuration);
        var known = files.get(pid);
        if (known != null && known.latest.saysTheSameAs(settings)) {
            return false;
        }
        var fileName = fileName(pid, configuration);
        var file = new File(fileName, providerName(pid, fileName), settings);
        file.inForce = known == null ? null : known.inForce;
        files.put(pid, file);
        boolean changed = accept(file, true, announce);
        return retryRejected() || changed;
    }

    /**
     * Forgets a file.
     *
     * @return whether what is in force has changed
     */
    boolean deleted(String pid) {
        var file = files.remove(pid);
        if (file == null || file.inForce == null) {
            return false;
        }
        log.info("Provider {} is gone: {} was removed", file.inForce.name(), file.fileName);
        retryRejected();
        return true;
    }

    /** What is in force. */
    List<ProviderSettings> inForce() {
        return files.values().stream()
                .flatMap(file -> file.inForce == null ? Stream.empty() : Stream.of(file.inForce))
                .toList();
    }

    private boolean accept(File file, boolean report, boolean announce) {
        try {
            var read = ProviderFileReader.read(file.providerName, file.latest);
            refuseTaken(file, read.name());
            if (announce) {
                log.info("Provider {} is configured by {}", read.name(), file.fileName);
            }
            file.inForce = read;
            file.rejected = false;
            return true;
        } catch (BadSetting e) {
            file.rejected = true;
            if (report) {
                log.warn(
                        "{}: {}: {}. {}",
                        file.fileName,
                        e.key(),
                        e.reason(),
                        file.inForce == null
                                ? "This provider is not offered until the file is mended."
                                : "What was configured before stays in force.");
            }
            return false;
        }
    }

    /** A name may have been taken by a file that has given it back. */
    private boolean retryRejected() {
        boolean changed = false;
        for (var file : files.values()) {
            changed |= file.rejected && accept(file, false, true);
        }
        return changed;
    }

    private void refuseTaken(File file, String name) {
        for (var other : files.values()) {
            if (other != file && other.inForce != null && other.inForce.name().equals(name)) {
                throw new BadSetting("name", "'" + name + "' is taken by " + other.fileName);
            }
        }
    }

    private static String fileName(String pid, Map<String, ?> configuration) {
        var path = configuration.get(FILE_NAME);
        return path == null ? pid : path.toString().substring(path.toString().lastIndexOf('/') + 1);
    }

    /** The file's name tells; the PID, for which the framework cuts names at dashes, only where there is no file. */
    private static String providerName(String pid, String fileName) {
        var inFileName = NAME_IN_FILE_NAME.matcher(fileName);
        if (inFileName.matches()) {
            return inFileName.group(1);
        }
        int tilde = pid.indexOf('~');
        return tilde < 0 ? pid : pid.substring(tilde + 1).replace('~', '-');
    }

    private static final class File {
        private final String fileName;
        private final String providerName;
        private final Settings latest;
        private @Nullable ProviderSettings inForce;
        private boolean rejected;

        private File(String fileName, String providerName, Settings latest) {
            this.fileName = fileName;
            this.providerName = providerName;
            this.latest = latest;
        }
    }
}
