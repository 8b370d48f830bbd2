package io.patchbay.fetch;

import io.patchbay.api.fetch.Fetched;
import io.patchbay.api.fetch.Fetcher;
import io.patchbay.api.network.Network;
import io.patchbay.api.network.PublicAddresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component. Counts what is under way, and ends what takes too long. */
@Component(service = Fetcher.class, configurationPid = "io.patchbay.fetch")
@Designate(ocd = FetchService.Config.class)
public final class FetchService implements Fetcher, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FetchService.class);
    private static final int MIB = 1 << 20;
    private static final int RESOLVERS = 4;
    /** So many files of the largest size may be in memory at once; of smaller ones, more. */
    private static final int LARGEST_IN_MEMORY = 3;

    /** Settings of fetching. */
    @ObjectClassDefinition(name = "Patchbay fetch")
    @interface Config {
        @AttributeDefinition(
                description = "Networks that files are fetched from although they are not public, as in 10.1.0.0/16,"
                        + " separated by commas")
        String permitted$_$networks() default "";

        @AttributeDefinition(description = "Megabytes of a file, at the most", min = "1", max = "100")
        int max$_$megabytes() default 20;

        @AttributeDefinition(description = "Milliseconds for a file, redirects included", min = "1")
        long timeout$_$millis() default 10_000;

        @AttributeDefinition(description = "Files that are fetched at once, at the most", min = "1")
        int max$_$files() default 32;
    }

    private final FetchSettings settings;
    private final HttpClient client;
    private final ThreadPoolExecutor resolvers;
    private final ScheduledExecutorService clock;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Semaphore memory;

    @Activate
    public FetchService(Config config) {
        this(
                new FetchSettings(
                        Network.parseAll(
                                config.permitted$_$networks(),
                                mistake -> log.error("io.patchbay.fetch.cfg: permitted-networks: {}", mistake)),
                        config.max$_$megabytes() * MIB,
                        Duration.ofMillis(config.timeout$_$millis()),
                        config.max$_$files()),
                InetAddress::getAllByName);
    }

    FetchService(FetchSettings settings, CheckedResolver.Names names) {
        this.settings = settings;
        this.resolvers = new ThreadPoolExecutor(
                RESOLVERS, RESOLVERS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(64), daemons("resolver"));
        resolvers.allowCoreThreadTimeOut(true);
        this.clock = clock();
        this.memory = new Semaphore(settings.mostBytes() * LARGEST_IN_MEMORY);
        this.client = Clients.start(new CheckedResolver(names, new PublicAddresses(settings.permitted()), resolvers));
        if (!settings.permitted().isEmpty()) {
            log.info("Files are also fetched from {}", settings.permitted());
        }
    }

    private static ScheduledExecutorService clock() {
        var clock = new ScheduledThreadPoolExecutor(1, daemons("clock"));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    private static ThreadFactory daemons(String purpose) {
        return task -> {
            var thread = new Thread(task, Clients.NAME + '-' + purpose);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public CompletableFuture<Fetched> fetch(String url, String field) {
        if (underWay.incrementAndGet() > settings.most()) {
            underWay.decrementAndGet();
            return CompletableFuture.failedFuture(Fetch.BUSY.toException());
        }
        var fetch = new Fetch(client, settings.mostBytes(), memory, field);
        var file = fetch.file();
        var limit = clock.schedule(
                () -> file.completeExceptionally(Fetch.failure(
                        field,
                        "can't be fetched: it takes longer than "
                                + settings.patience().toMillis() + " ms")),
                settings.patience().toMillis(),
                TimeUnit.MILLISECONDS);
        var unused = file.whenComplete((fetched, failure) -> {
            limit.cancel(false);
            underWay.decrementAndGet();
        });
        fetch.start(url);
        return file;
    }

    /** Ends what is under way: who needs it is gone before. */
    @Deactivate
    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception defect) {
            log.warn("The HTTP client did not stop in good order", defect);
        }
        resolvers.shutdown();
        clock.shutdown();
    }
}
