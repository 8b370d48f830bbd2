package io.patchbay.fetch;

import io.patchbay.api.network.PublicAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves names for the client, and looks at what comes of it: what is connected to is what was looked at, and the name
 * is not resolved again. One address that is not public is enough to refuse the name.
 */
final class CheckedResolver implements SocketAddressResolver {
    /** Also said of names that there are not. */
    static final String NOT_PUBLIC = "leads to no public address";

    private final Names names;
    private final PublicAddresses permitted;
    private final Executor executor;

    /** Asks for the addresses of a name; may block. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** @param executor for what blocks */
    CheckedResolver(Names names, PublicAddresses permitted, Executor executor) {
        this.names = names;
        this.permitted = permitted;
        this.executor = executor;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        try {
            executor.execute(() -> resolve(host, port, promise));
        } catch (RejectedExecutionException full) {
            promise.failed(full);
        }
    }

    private void resolve(String host, int port, Promise<List<InetSocketAddress>> promise) {
        List<InetSocketAddress> addresses;
        try {
            addresses = checked(host, port);
        } catch (Refused | UnknownHostException | RuntimeException failure) {
            promise.failed(failure);
            return;
        }
        promise.succeeded(addresses);
    }

    private List<InetSocketAddress> checked(String host, int port) throws Refused, UnknownHostException {
        var addresses = new ArrayList<InetSocketAddress>();
        for (var address : names.of(host)) {
            if (!permitted.mayConnectTo(address)) {
                throw new Refused(NOT_PUBLIC);
            }
            addresses.add(new InetSocketAddress(address, port));
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException();
        }
        return addresses;
    }
}
