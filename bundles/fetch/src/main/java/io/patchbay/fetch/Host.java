package io.patchbay.fetch;

import io.patchbay.api.network.IpAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.regex.Pattern;

/**
 * How a host may be written: a name, four decimal numbers, or an address of version 6 in hexadecimal digits. Other ways to
 * write an address, of which different parsers make different things ({@code 2130706433}, {@code 0177.1}, {@code 0x7f000001},
 * {@code ::ffff:127.0.0.1}), are in no honest URL.
 */
final class Host {
    private static final String LABEL = "(?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    /** The last label begins with a letter, or all of it might be read as a number. */
    private static final Pattern NAME = Pattern.compile("(?:[a-zA-Z0-9]" + LABEL + "\\.)*[a-zA-Z]" + LABEL);

    private static final int LONGEST_NAME = 253;

    private Host() {}

    /** Whether it is written as hosts are, brackets around an address of version 6 included. */
    static boolean isWellWritten(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]")
                    && IpAddresses.parse(host.substring(1, host.length() - 1))
                            .filter(Inet6Address.class::isInstance)
                            .isPresent();
        }
        return IpAddresses.parse(host).filter(Inet4Address.class::isInstance).isPresent()
                || host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
    }
}
