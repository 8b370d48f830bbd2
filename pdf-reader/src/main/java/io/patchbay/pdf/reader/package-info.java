/**
 * A program that reads PDFs, in a process of its own: a file that takes all memory, or never ends, takes that process along
 * and nothing else. No bundle; the bundle {@code plugin-file-parser} holds it and starts it.
 */
@NullMarked
package io.patchbay.pdf.reader;

import org.jspecify.annotations.NullMarked;
