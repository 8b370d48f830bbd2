package io.patchbay.fetch;

/** Why a file is not fetched. The message goes on where the address stands: "has to begin with http:". Never names it. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
