package io.patchbay.api.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: those that are reachable from anywhere, by IANA's registries of special-purpose
 * addresses (RFC 6890), and what the operator permits beside.
 */
public final class PublicAddresses {
    private static final List<Network> NOT_PUBLIC = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            // Also where most clouds keep the secrets of a machine.
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Azure's, for its machines alone.
            "168.63.129.16/32");

    /** Of version 6, everything else is special: mapped, compatible, translated, local, unique local, multicast, … */
    private static final Network GLOBAL = Network.parse("2000::/3");

    private static final List<Network> NOT_GLOBAL = networks(
            // Teredo, benchmarking, ORCHID: for protocols, or with an address of version 4 inside.
            "2001::/23",
            "2001:db8::/32",
            // 6to4: an address of version 4 inside.
            "2002::/16",
            "2620:4f:8000::/48",
            "3fff::/20");

    private final List<Network> permitted;

    /** @param permitted networks that may be connected to although they are not public */
    public PublicAddresses(List<Network> permitted) {
        this.permitted = List.copyOf(permitted);
    }

    private static List<Network> networks(String... cidrs) {
        return Stream.of(cidrs).map(Network::parse).toList();
    }

    /** Whether it is public, or permitted. */
    public boolean mayConnectTo(InetAddress address) {
        return isAmong(permitted, address) || isPublic(address);
    }

    /** One of version 6 that stands for one of version 4 is an {@link Inet4Address} by now: Java sees to that. */
    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? !isAmong(NOT_PUBLIC, address)
                : GLOBAL.contains(address) && !isAmong(NOT_GLOBAL, address);
    }

    private static boolean isAmong(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
