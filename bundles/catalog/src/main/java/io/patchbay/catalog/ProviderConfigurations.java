package io.patchbay.catalog;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider files, as the framework has read them. A file {@code PID~NAME.cfg} arrives as a configuration of that
 * very PID (of {@code PID~A~B} if NAME is {@code A-B}), a file {@code PID-NAME.cfg}, or one made in the console, as one of the factory {@code PID}.
 */
final class ProviderConfigurations {
    static final String PID = "io.patchbay.provider";

    private static final Logger log = LoggerFactory.getLogger(ProviderConfigurations.class);

    private final ConfigurationAdmin admin;
    private final ServiceReference<ConfigurationAdmin> reference;

    ProviderConfigurations(ConfigurationAdmin admin, ServiceReference<ConfigurationAdmin> reference) {
        this.admin = admin;
        this.reference = reference;
    }

    /** Whether an event is about one of them. */
    static boolean isAbout(ConfigurationEvent event) {
        return PID.equals(event.getFactoryPid()) || event.getPid().startsWith(PID + '~');
    }

    /** All of them, by PID. */
    Map<String, Map<String, Object>> all() {
        return find("(|(service.factoryPid=" + PID + ")(service.pid=" + PID + "~*))");
    }

    /** The one of that PID; empty if it has gone meanwhile. */
    Map<String, Map<String, Object>> one(String pid) {
        return find("(service.pid=" + pid + ")");
    }

    private Map<String, Map<String, Object>> find(String filter) {
        var found = new TreeMap<String, Map<String, Object>>();
        try {
            var configurations = admin.listConfigurations(filter);
            if (configurations != null) {
                for (var configuration : configurations) {
                    found.put(configuration.getPid(), content(configuration));
                }
            }
        } catch (IOException | InvalidSyntaxException e) {
            log.warn("The providers' configurations can't be read", e);
        }
        return found;
    }

    /** With what its placeholders stand for. */
    private Map<String, Object> content(Configuration configuration) {
        var content = new HashMap<String, Object>();
        var properties = configuration.getProcessedProperties(reference);
        for (var key : Collections.list(properties.keys())) {
            content.put(key, properties.get(key));
        }
        return content;
    }
}
