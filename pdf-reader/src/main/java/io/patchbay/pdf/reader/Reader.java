package io.patchbay.pdf.reader;

import java.io.IOException;
import java.io.Writer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** Reads the text of a PDF, page after page. For one thread. */
final class Reader {
    private final int mostPages;
    private final int mostCharacters;

    Reader(int mostPages, int mostCharacters) {
        this.mostPages = mostPages;
        this.mostCharacters = mostCharacters;
    }

    Reading read(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            return read(document);
        } catch (InvalidPasswordException needed) {
            return Reading.failed(Reading.Outcome.ENCRYPTED, 0);
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return Reading.failed(Reading.Outcome.BROKEN, 0);
        }
    }

    private Reading read(PDDocument document) throws IOException {
        int pages = document.getNumberOfPages();
        if (pages > mostPages) {
            return Reading.failed(Reading.Outcome.TOO_MANY_PAGES, pages);
        }
        var text = new Limited(mostCharacters);
        try {
            new PDFTextStripper().writeText(document, text);
        } catch (TooMuch more) {
            return Reading.failed(Reading.Outcome.TOO_MUCH_TEXT, pages);
        }
        if (pages == 0) {
            return Reading.failed(Reading.Outcome.BROKEN, 0);
        }
        return text.isBlank()
                ? Reading.failed(Reading.Outcome.NO_TEXT, pages)
                : new Reading(Reading.Outcome.TEXT, pages, text.toString().strip());
    }

    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static final class Limited extends Writer {
        private final StringBuilder written = new StringBuilder();
        private final int most;

        Limited(int most) {
            this.most = most;
        }

        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            if (length > most - written.length()) {
                throw new TooMuch();
            }
            written.append(characters, from, length);
        }

        boolean isBlank() {
            return written.chars().allMatch(Character::isWhitespace);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return written.toString();
        }
    }
}
