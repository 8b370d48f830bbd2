package io.patchbay.pdf.reader;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * The program. Reads files from standard input, one after the other, until that ends: the most pages, the most characters and
 * the length in bytes as numbers of four bytes, then the file. For each it writes to standard output the name of the outcome
 * as {@link DataOutputStream#writeUTF} does, the number of pages and the length of the text in bytes as numbers of four bytes,
 * then the text in UTF-8.
 */
public final class Main {
    private Main() {}

    /** Serves until its input ends. */
    public static void main(String[] arguments) throws IOException {
        FontMappers.set(OneFont.load());
        serve(System.in, new FileOutputStream(FileDescriptor.out));
    }

    static void serve(InputStream files, OutputStream readings) throws IOException {
        var in = new DataInputStream(files);
        var out = new DataOutputStream(new BufferedOutputStream(readings));
        while (true) {
            int mostPages;
            try {
                mostPages = in.readInt();
            } catch (EOFException end) {
                return;
            }
            int mostCharacters = in.readInt();
            var pdf = new byte[in.readInt()];
            in.readFully(pdf);
            var reading = new Reader(mostPages, mostCharacters).read(pdf);
            var text = reading.text().getBytes(StandardCharsets.UTF_8);
            out.writeUTF(reading.outcome().name());
            out.writeInt(reading.pages());
            out.writeInt(text.length);
            out.write(text);
            out.flush();
        }
    }
}
