package io.patchbay.transport;

import java.net.InetAddress;
import java.net.SocketException;

/** An address that is not public, and that the operator has not permitted. */
final class NotPermitted extends SocketException {
    private static final long serialVersionUID = 1;

    private final String address;

    NotPermitted(InetAddress address) {
        super("not permitted");
        this.address = address.getHostAddress();
    }

    /** For the operator, who finds it in the log. */
    String address() {
        return address;
    }
}
