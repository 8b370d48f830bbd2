package io.patchbay.gateway;

import java.util.Comparator;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/**
 * Which of two adapters of one name is used: the one with the higher service ranking, then the newer bundle version,
 * then the one that came last.
 */
record Rank(int serviceRanking, Version bundleVersion, long serviceId) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER = Comparator.comparingInt(Rank::serviceRanking)
            .thenComparing(Rank::bundleVersion)
            .thenComparingLong(Rank::serviceId);

    static Rank of(ServiceReference<?> reference) {
        return new Rank(
                reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0,
                reference.getBundle().getVersion(),
                (Long) reference.getProperty(Constants.SERVICE_ID));
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
