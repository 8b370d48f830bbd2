package io.patchbay.itests.container;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;
import static org.ops4j.pax.exam.CoreOptions.when;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;

/** The archive as it is shipped, except that it boots the platform alone and reaches no network and no other port. */
final class BareDistribution {

    private static final String FEATURES_CFG = "etc/org.apache.karaf.features.cfg";
    private static final String MAVEN_CFG = "etc/org.ops4j.pax.url.mvn.cfg";
    private static final String MAVEN = "org.ops4j.pax.url.mvn.";

    private BareDistribution() {}

    static Option options() {
        Path archive = Path.of(System.getProperty("patchbay.archive"));
        Path target = archive.resolveSibling("container");
        String log = target.resolve("patchbay.log").toString();
        String karaf = System.getProperty("patchbay.karaf");
        return composite(
                karafDistributionConfiguration()
                        .frameworkUrl(archive.toUri().toString())
                        .karafVersion(karaf)
                        .name("Patchbay")
                        .unpackDirectory(target.toFile())
                        .useDeployFolder(false),
                javaOptions(karaf),
                editConfigurationFilePut(FEATURES_CFG, "featuresBoot", platformFeatures()),
                onlyFrom(System.getProperty("patchbay.exam")),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                CoreOptions.environment("PATCHBAY_PORT=0"),
                // The unpacked archive goes when the container does; the log stays to be read.
                doNotModifyLogConfiguration(),
                editConfigurationFilePut("etc/org.ops4j.pax.logging.cfg", "log4j2.appender.rolling.fileName", log),
                systemProperty(Container.LOG).value(log),
                systemProperty(FeaturesIT.FEATURES).value(System.getProperty(FeaturesIT.FEATURES)));
    }

    /** What the archive boots, without what is ours. */
    private static String platformFeatures() {
        Properties shipped = new Properties();
        try (var in = Files.newInputStream(
                Path.of(System.getProperty("patchbay.distribution")).resolve(FEATURES_CFG))) {
            shipped.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.stream(shipped.getProperty("featuresBoot").split("\\s*,\\s*"))
                .filter(feature -> !feature.startsWith("patchbay"))
                .collect(Collectors.joining(","));
    }

    /** Bundles come from the archive's own repository and from the given folder, which holds the test framework. */
    private static Option onlyFrom(String folder) {
        return composite(
                editConfigurationFilePut(MAVEN_CFG, MAVEN + "localRepository", folder),
                editConfigurationFilePut(MAVEN_CFG, MAVEN + "repositories", ""),
                editConfigurationFilePut(MAVEN_CFG, MAVEN + "settings", new File(folder, "none.xml").toString()));
    }

    /** What bin/karaf gives the virtual machine; paths are relative to the unpacked archive. */
    private static Option javaOptions(String karaf) {
        return composite(
                vmOptions(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--add-reads=java.xml=java.logging",
                        "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                        "--patch-module=java.base=lib/endorsed/org.apache.karaf.specs.locator-" + karaf + ".jar",
                        "--patch-module=java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + karaf + ".jar",
                        "--add-opens=java.base/java.security=ALL-UNNAMED",
                        "--add-opens=java.base/java.net=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED"),
                // Java 24 no longer offers what Java 17 needs to be asked for.
                when(Runtime.version().feature() < 24).useOptions(vmOption("-Djava.security.manager=allow")));
    }
}
