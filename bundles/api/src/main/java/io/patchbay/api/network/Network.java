package io.patchbay.api.network;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A range of addresses, as in {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param prefix bits that all of its addresses share
 */
public record Network(InetAddress first, int prefix) {
    /**
     * Reads one; an address alone is a network of its own.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Network parse(String cidr) {
        int slash = cidr.indexOf('/');
        var address = IpAddresses.parse(slash < 0 ? cidr : cidr.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(cidr + " is no network, as in 10.0.0.0/8"));
        int bits = address.getAddress().length * Byte.SIZE;
        try {
            int prefix = slash < 0 ? bits : Integer.parseInt(cidr.substring(slash + 1));
            if (prefix >= 0 && prefix <= bits) {
                return new Network(address, prefix);
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        throw new IllegalArgumentException(cidr + " has no prefix from 0 to " + bits);
    }

    /** Networks that are separated by commas. A wrong one is told, and is not among them. */
    public static List<Network> parseAll(String list, Consumer<String> mistakes) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(cidr -> !cidr.isEmpty())
                .flatMap(cidr -> {
                    try {
                        return Stream.of(parse(cidr));
                    } catch (IllegalArgumentException mistake) {
                        mistakes.accept(String.valueOf(mistake.getMessage()));
                        return Stream.empty();
                    }
                })
                .toList();
    }

    /** Whether an address is in it. */
    public boolean contains(InetAddress other) {
        var mine = first.getAddress();
        var its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
            int shared = Math.min(Byte.SIZE, prefix - bit);
            int mask = 0xFF << Byte.SIZE - shared;
            int i = bit / Byte.SIZE;
            if (((mine[i] ^ its[i]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + '/' + prefix;
    }
}
