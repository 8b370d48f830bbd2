package io.patchbay.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Names requests: as the client did, if its name is fit for log lines. */
final class RequestIds {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MAX_LENGTH = 64;

    private RequestIds() {}

    static String of(@Nullable String given) {
        return given != null && isSane(given) ? given : random();
    }

    static String random() {
        var random = ThreadLocalRandom.current();
        return "req-" + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextInt());
    }

    private static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean sane = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!sane && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
