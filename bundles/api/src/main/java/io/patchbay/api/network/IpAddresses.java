package io.patchbay.api.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads addresses as they are written by everybody: four decimal numbers, or hexadecimal digits and colons. Other ways to
 * write one, of which different parsers make different things ({@code 2130706433}, {@code 0177.1}, {@code 0x7f000001},
 * {@code ::ffff:127.0.0.1}), are none.
 */
public final class IpAddresses {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern QUAD = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F:]{2,39}");

    private IpAddresses() {}

    /** The address that is written there, without brackets; empty if none is. Asks no name server. */
    public static Optional<InetAddress> parse(String address) {
        boolean isHexadecimal =
                address.indexOf(':') >= 0 && HEXADECIMAL.matcher(address).matches();
        if (!isHexadecimal && !QUAD.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            var known = InetAddress.getByName(address);
            // One of version 6 that means one of version 4 becomes that.
            return isHexadecimal == known instanceof Inet6Address ? Optional.of(known) : Optional.empty();
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }
}
