package io.patchbay.http;

import java.io.IOException;
import java.util.UUID;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a listener shows its clients in step with the files it comes from: connections that are open stay, new ones get
 * the new certificate. Files that can't be used change nothing.
 */
final class CertificateWatch {
    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);
    private static final long PERIOD_MILLIS = 2_000;

    private final CertificateFiles files;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private final String password = UUID.randomUUID().toString();
    private final Periodic periodic;
    private long seen;

    /** @throws IOException if the files can't be used */
    CertificateWatch(CertificateFiles files, Scheduler scheduler) throws IOException {
        this.files = files;
        this.periodic = new Periodic(scheduler, PERIOD_MILLIS, this::look);
        this.seen = files.changed();
        context.setKeyStore(files.read(password.toCharArray()));
        context.setKeyStorePassword(password);
        // One certificate for whatever name a client has for this host.
        context.setSniRequired(false);
    }

    SslContextFactory.Server context() {
        return context;
    }

    void start() {
        periodic.start();
    }

    void stop() {
        periodic.stop();
    }

    private void look() {
        try {
            long changed = files.changed();
            if (changed == seen) {
                return;
            }
            seen = changed;
            var store = files.read(password.toCharArray());
            context.reload(factory -> context.setKeyStore(store));
            log.info("The certificate in {} is shown from now on", files.certificate());
        } catch (IOException unusable) {
            log.error("The new certificate is not used: {}", unusable.getMessage());
        } catch (Exception defect) {
            log.error("The new certificate is not used", defect);
        }
    }
}
