package io.patchbay.http;

/**
 * A method and a path, or all paths below one.
 *
 * @param path with a slash at its end if it stands for everything below
 */
record Route(String method, String path, boolean below) {
    /** @throws IllegalArgumentException if the text is not {@code METHOD /path} or {@code METHOD /path/*} */
    static Route parse(String text) {
        int blank = text.indexOf(' ');
        if (blank < 1 || blank + 1 >= text.length() || text.charAt(blank + 1) != '/') {
            throw new IllegalArgumentException("route: " + text + " (expected: METHOD /path)");
        }
        var path = text.substring(blank + 1);
        var below = path.endsWith("/*");
        return new Route(text.substring(0, blank), below ? path.substring(0, path.length() - 1) : path, below);
    }
}
