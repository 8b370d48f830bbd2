package io.patchbay.itests.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The container as seen from inside. What is asked of it is answered with a list of complaints; none is good. */
final class Container {

    /** Where the container logs to. */
    static final String LOG = "patchbay.log";

    /** Components settle in milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BundleContext context =
            FrameworkUtil.getBundle(Container.class).getBundleContext();
    private final Path log = Path.of(System.getProperty(LOG));

    void install(String feature) throws Exception {
        features().installFeature(feature, EnumSet.noneOf(FeaturesService.Option.class));
    }

    /** Does nothing if the feature could not be installed. */
    void uninstall(String feature) throws Exception {
        if (features().isInstalled(features().getFeature(feature))) {
            features().uninstallFeature(feature);
        }
    }

    /** Asks until there is nothing left to complain of, or patience ends. */
    static List<String> settled(Supplier<List<String>> complaints) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> left = complaints.get();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            left = complaints.get();
        }
        return left;
    }

    /** Every bundle, with its version. */
    Set<String> bundles() {
        return Arrays.stream(context.getBundles()).map(Bundle::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whatever is here and ours: features, bundles, services. */
    List<String> ofPatchbay() throws Exception {
        List<String> found = new ArrayList<>();
        for (var feature : features().listInstalledFeatures()) {
            if (feature.getName().startsWith("patchbay")) {
                found.add("feature " + feature.getId());
            }
        }
        ours().forEach(bundle -> found.add("bundle " + bundle));
        ServiceReference<?>[] services = context.getAllServiceReferences(null, "(objectClass=io.patchbay.*)");
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            found.add("service " + service);
        }
        return found;
    }

    /** Whatever is here and does not run. */
    List<String> idle() {
        List<String> idle = new ArrayList<>(idleBundles());
        idle.addAll(idleComponents());
        idle.addAll(missingCommands());
        return idle;
    }

    /** The length of the log. */
    long logged() throws IOException {
        return Files.size(log);
    }

    /** What was logged as an error beyond the given length. */
    List<String> errorsSince(long length) throws IOException {
        byte[] all = Files.readAllBytes(log);
        return new String(all, (int) length, all.length - (int) length, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" ERROR "))
                .toList();
    }

    private List<String> idleBundles() {
        List<String> idle = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
            if (bundle.getState() != (fragment ? Bundle.RESOLVED : Bundle.ACTIVE)) {
                idle.add(bundle + " is in state " + bundle.getState());
            }
        }
        return idle;
    }

    private List<String> idleComponents() {
        ServiceComponentRuntime components = service(ServiceComponentRuntime.class);
        List<String> idle = new ArrayList<>();
        for (ComponentDescriptionDTO component :
                components.getComponentDescriptionDTOs(ours().toArray(Bundle[]::new))) {
            Collection<ComponentConfigurationDTO> configured = components.getComponentConfigurationDTOs(component);
            if (configured.isEmpty() && !component.configurationPolicy.equals("require")) {
                idle.add(component.name + " is " + (components.isComponentEnabled(component) ? "absent" : "disabled"));
            }
            configured.forEach(this::use);
            // Asked again, because use may have changed the state.
            for (ComponentConfigurationDTO each : components.getComponentConfigurationDTOs(component)) {
                if (each.state != ComponentConfigurationDTO.ACTIVE
                        && each.state != ComponentConfigurationDTO.SATISFIED) {
                    idle.add(describe(each));
                }
            }
        }
        return idle;
    }

    /** A delayed component shows only when it is used whether it can be activated. */
    private void use(ComponentConfigurationDTO component) {
        if (component.state != ComponentConfigurationDTO.SATISFIED || component.service == null) {
            return;
        }
        ServiceReference<?> reference = ours().stream()
                .flatMap(bundle -> services(bundle))
                .filter(each -> each.getProperty(Constants.SERVICE_ID).equals(component.service.id))
                .findFirst()
                .orElse(null);
        if (reference != null) {
            context.getService(reference);
            context.ungetService(reference);
        }
    }

    private static Stream<ServiceReference<?>> services(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services == null ? Stream.empty() : Stream.of(services);
    }

    private static String describe(ComponentConfigurationDTO component) {
        String name = component.description.name;
        return switch (component.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> name + " lacks " + lacking(component);
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> name + " lacks a configuration";
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> name + " failed: " + component.failure;
            default -> name + " is in state " + component.state;
        };
    }

    private static String lacking(ComponentConfigurationDTO component) {
        return Arrays.stream(component.unsatisfiedReferences)
                .map(reference -> reference.name + (reference.target == null ? "" : " " + reference.target))
                .collect(Collectors.joining(", "));
    }

    /** A command whose references are not there is not offered by the shell, which says nothing about it. */
    private List<String> missingCommands() {
        Set<String> offered = service(SessionFactory.class).getRegistry().getCommands().stream()
                .map(command -> command.getScope() + ":" + command.getName())
                .collect(Collectors.toSet());
        return ours().stream()
                .filter(bundle -> bundle.getHeaders().get("Karaf-Commands") != null)
                .flatMap(Container::commands)
                .filter(command -> !offered.contains(command))
                .map(command -> "command " + command + " is not offered")
                .toList();
    }

    private static Stream<String> commands(Bundle bundle) {
        return bundle
                .adapt(BundleWiring.class)
                .listResources("/", "*.class", BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE)
                .stream()
                .map(name -> load(bundle, name.replace('/', '.').substring(0, name.length() - ".class".length())))
                .map(type -> type.getAnnotation(Command.class))
                .filter(command -> command != null)
                .map(command -> command.scope() + ":" + command.name());
    }

    private static Class<?> load(Bundle bundle, String name) {
        try {
            return bundle.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(bundle + " cannot load " + name, e);
        }
    }

    private List<Bundle> ours() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null)
                .filter(bundle -> bundle.getSymbolicName().startsWith("io.patchbay"))
                .toList();
    }

    private FeaturesService features() {
        return service(FeaturesService.class);
    }

    private <T> T service(Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }
}
