package io.patchbay.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a file is said to be: an address that is fit to be asked. */
record Location(URI uri) {
    private static final int LONGEST = 8_192;

    /**
     * Reads an address.
     *
     * @throws Refused if it is none that is fetched from
     */
    static Location parse(String url) throws Refused {
        if (url.length() > LONGEST) {
            throw new Refused("is longer than " + LONGEST + " characters");
        }
        try {
            return of(new URI(url.strip()));
        } catch (URISyntaxException broken) {
            throw new Refused("is no valid URL");
        }
    }

    /**
     * Where a redirect from here leads.
     *
     * @throws Refused if it is not followed
     */
    Location redirected(String to) throws Refused {
        try {
            var next = of(uri.resolve(new URI(to)));
            if (isSecure() && !next.isSecure()) {
                throw new Refused("is redirected from https: to http:");
            }
            return next;
        } catch (URISyntaxException broken) {
            throw new Refused("is redirected to what is no valid URL");
        }
    }

    private boolean isSecure() {
        return "https".equals(uri.getScheme().toLowerCase(Locale.ROOT));
    }

    private static Location of(URI uri) throws Refused {
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Refused("has to begin with http: or https:");
        }
        if (uri.getRawUserInfo() != null) {
            throw new Refused("has a user name in it");
        }
        var host = uri.getHost();
        if (host == null || !Host.isWellWritten(host)) {
            throw new Refused("names no host in a usual way");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new Refused("has a port that there is not");
        }
        return new Location(URI.create(uri.toASCIIString()));
    }
}
