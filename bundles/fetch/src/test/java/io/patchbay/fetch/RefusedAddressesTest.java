package io.patchbay.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.network.Network;
import io.patchbay.api.network.PublicAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but public addresses is connected to, however they are written. */
class RefusedAddressesTest {
    private static final Map<String, String> NAMES = Map.of(
            "localhost", "127.0.0.1",
            "inside.example", "10.1.2.3",
            "metadata.google.internal", "169.254.169.254",
            "both.example", "8.8.8.8 127.0.0.1",
            "mapped.example", "::ffff:127.0.0.1",
            "six.example", "fd00::1");

    private static Web trap;
    private static FetchService fetcher;

    @BeforeAll
    static void start() {
        trap = new Web();
        fetcher = new FetchService(
                new FetchSettings(List.of(), 1 << 20, Duration.ofSeconds(20), 8), RefusedAddressesTest::resolve);
    }

    @AfterAll
    static void stop() {
        fetcher.close();
        trap.close();
    }

    /** Asks no name server. */
    private static InetAddress[] resolve(String host) throws UnknownHostException {
        var known = NAMES.get(host);
        if (known == null && !host.matches("[0-9.]+|\\[.*]|.*:.*")) {
            throw new UnknownHostException(host);
        }
        var addresses = (known == null ? host : known).split(" ", -1);
        var resolved = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            resolved[i] = InetAddress.getByName(addresses[i]);
        }
        return resolved;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Names.
                "localhost",
                "LOCALHOST",
                "localhost.",
                "inside.example",
                "metadata.google.internal",
                "both.example",
                "mapped.example",
                "six.example",
                "nobody.example",
                // Version 4 as it is usually written.
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                // ... and as it is not.
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0x7f.0.0.1",
                "0X7F.1",
                "0177.0.0.1",
                "0177.1",
                "127.1",
                "127.0.1",
                "127.0.0.01",
                "127.0.0.1.",
                "0",
                "00",
                "8.8.8.8.",
                "010.8.8.8",
                "%31%32%37.0.0.1",
                "１２７.0.0.1",
                "127。0。0。1",
                // Version 6.
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::ffff:8.8.8.8]",
                "[::127.0.0.1]",
                "[::7f00:1]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b:1::1]",
                "[100::1]",
                "[2001::1]",
                "[2001:db8::1]",
                "[2002:7f00:1::]",
                "[3fff::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[fe80::1%25lo]",
                "[fec0::1]",
                "[ff02::1]",
            })
    void isNotConnectedTo(String host) {
        refuses("http://" + host + ":" + trap.port() + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://8.8.8.8/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "jar:http://8.8.8.8/a.jar!/b",
                "//8.8.8.8/",
                "/etc/passwd",
                "http:8.8.8.8",
                "http:///path",
                "http://",
                "",
                "http://user:secret@8.8.8.8/",
                "http://8.8.8.8@127.0.0.1/",
                "http://8.8.8.8:0/",
                "http://8.8.8.8:99999/",
                "http://8.8.8.8 /",
                "http://8.8.8.8\\@127.0.0.1/",
                "http://8.8.8.8\r\nHost: inside/",
            })
    void isNoAddressOfAFile(String url) {
        refuses(url);
    }

    private static void refuses(String url) {
        var file = fetcher.fetch(url, "image.url");

        var failure = file.handle((fetched, thrown) -> thrown).join();

        assertThat(failure).as(url).isNotNull();
        var said = FailureException.find(new CompletionException(failure)).orElseThrow();
        assertThat(said.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(said.field()).contains("image.url");
        assertThat(said.message()).startsWith("'image.url' ").doesNotContain("can't be fetched");
        assertThat(trap.visits).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2001:4860:4860::8888",
                "2a00:1450:4001::1",
            })
    void isPublic(String address) throws UnknownHostException {
        assertThat(new PublicAddresses(List.of()).mayConnectTo(InetAddress.getByName(address)))
                .isTrue();
    }

    @Test
    void whatIsPermittedMayBeConnectedToAndItsNeighboursNot() throws UnknownHostException {
        var addresses = new PublicAddresses(List.of(Network.parse("10.1.2.0/23"), Network.parse("fd00:1::/32")));

        assertThat(addresses.mayConnectTo(InetAddress.getByName("10.1.3.255"))).isTrue();
        assertThat(addresses.mayConnectTo(InetAddress.getByName("10.1.4.0"))).isFalse();
        assertThat(addresses.mayConnectTo(InetAddress.getByName("fd00:1::9"))).isTrue();
        assertThat(addresses.mayConnectTo(InetAddress.getByName("fd00:2::9"))).isFalse();
    }
}
