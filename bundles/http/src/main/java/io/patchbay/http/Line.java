package io.patchbay.http;

import java.io.IOException;

/** What carries an exchange: a connection that is its own for the time being, or one stream of many on a connection. */
interface Line {
    /** A request's header is complete: its exchange begins. */
    void begin(Exchange begun);

    /** The request is whole: nothing more is read before it is answered. */
    void watch();

    /** The exchange has ended. */
    void end(Exchange over);

    /** The answer can't be completed, and the client is to see that. */
    void close(Throwable cause);

    /** From now on, closing tells a broken answer from a complete one even where its format does not. */
    void resetOnClose() throws IOException;
}
