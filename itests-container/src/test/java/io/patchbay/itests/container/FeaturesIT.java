package io.patchbay.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import java.io.File;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized.Parameters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExamParameterized;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/**
 * Every feature of the distribution brings all it needs and takes all of it away again. They are installed one after
 * another into one container that has booted the platform and nothing of ours.
 */
@RunWith(PaxExamParameterized.class)
@ExamReactorStrategy(PerClass.class)
public class FeaturesIT {

    /** The features file; the container reads the same one. */
    static final String FEATURES = "patchbay.features";

    private final String feature;

    public FeaturesIT(String feature) {
        this.feature = feature;
    }

    @Parameters(name = "{0}")
    public static List<Object[]> features() {
        return FeaturesFile.names(new File(System.getProperty(FEATURES))).stream()
                .map(name -> new Object[] {name})
                .toList();
    }

    @Configuration
    public static Option[] platform() {
        return new Option[] {BareDistribution.options()};
    }

    @Test
    public void installsAloneAndLeavesNothingBehind() throws Exception {
        Container container = new Container();
        var platform = container.bundles();
        long logged = container.logged();
        assertEquals(List.of(), container.ofPatchbay());

        try {
            container.install(feature);

            assertNotEquals(List.of(), container.ofPatchbay());
            assertEquals(List.of(), Container.settled(container::idle));
        } finally {
            container.uninstall(feature);
        }
        assertEquals(List.of(), container.ofPatchbay());
        assertEquals(platform, container.bundles());
        assertEquals(List.of(), container.errorsSince(logged));
    }
}
