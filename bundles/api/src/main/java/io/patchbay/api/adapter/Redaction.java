package io.patchbay.api.adapter;

import java.util.regex.Pattern;

/**
 * Makes a provider's text fit to be shown to a client: short, on one line, without markup, and without anything like a
 * key, an account's number or the name of a resource in it.
 */
public final class Redaction {
    private static final int MOST = 500;
    private static final Pattern TAG = Pattern.compile("<[^>]{0,500}>");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}\\p{Cf}]+");

    /** Ordered: a key behind "Bearer", names of resources, keys known by how they begin, and what is no word. */
    private static final Pattern SECRET = Pattern.compile("(?i:bearer\\s+)[^\\s\"',;]+"
            + "|\\barn:[^\\s\"',;]+"
            + "|\\bbedrock-api-key-[-_A-Za-z0-9+/=%]+"
            + "|\\bsk[-_][-_*A-Za-z0-9.]{3,}"
            + "|\\b(?:pk|rk|gsk|csk|xai|pplx|nvapi|hf|fw|tgp|key|org|proj)[-_][-_*A-Za-z0-9.]{8,}"
            + "|\\b(?:ABSK|AKIA|ASIA|AIza|ya29\\.)[-_A-Za-z0-9+/=.]{8,}"
            + "|\\beyJ[A-Za-z0-9_.-]{10,}"
            + "|[-a-z0-9]{1,60}@[-a-z0-9.]{1,90}\\.gserviceaccount\\.com"
            + "|\\b\\d{12}\\b"
            + "|[A-Za-z0-9+/]{40,}={0,2}"
            + "|\\b[A-Za-z0-9]{32,}\\b");

    private Redaction() {}

    /** Cleans a text. At the most 500 characters are left; the cost is bounded, whatever the text is. */
    public static String clean(String text) {
        // Cut before the search, so that its cost is bounded, and after it, so that no half of a key is left.
        var bounded = text.length() > 4 * MOST ? text.substring(0, 4 * MOST) : text;
        var plain = BLANKS.matcher(TAG.matcher(bounded).replaceAll(" "))
                .replaceAll(" ")
                .strip();
        var masked = SECRET.matcher(plain).replaceAll("***");
        return masked.length() <= MOST ? masked : masked.substring(0, MOST - 3) + "...";
    }
}
