package io.patchbay.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a host may be written: a name, four decimal numbers, or an address of version 6 in hexadecimal digits. Other ways to
 * write an address, of which different parsers make different things ({@code 2130706433}, {@code 0177.1}, {@code 0x7f000001},
 * {@code ::ffff:127.0.0.1}), are in no honest URL.
 */
final class Host {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern QUAD = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F:]{2,39}");
    private static final String LABEL = "(?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    /** The last label begins with a letter, or all of it might be read as a number. */
    private static final Pattern NAME = Pattern.compile("(?:[a-zA-Z0-9]" + LABEL + "\\.)*[a-zA-Z]" + LABEL);

    private static final int LONGEST_NAME = 253;

    private Host() {}

    /** Whether it is written as hosts are, brackets around an address of version 6 included. */
    static boolean isWellWritten(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]")
                    && literal(host.substring(1, host.length() - 1))
                            .filter(Inet6Address.class::isInstance)
                            .isPresent();
        }
        return QUAD.matcher(host).matches()
                || host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
    }

    /** The address that is written there, without brackets; empty if none is. Asks no name server. */
    static Optional<InetAddress> literal(String address) {
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
