package io.patchbay.plugin.parser;

import java.time.Duration;

/**
 * How much is read.
 *
 * @param files of one request
 * @param bytes of one file
 * @param pages of one PDF
 * @param characters of text of all files of one request
 * @param patience for one PDF
 * @param megabytes of memory for one PDF
 * @param workers files that are read at once
 * @param queue files that may wait to be read
 */
record Limits(
        int files, int bytes, int pages, int characters, Duration patience, int megabytes, int workers, int queue) {}
