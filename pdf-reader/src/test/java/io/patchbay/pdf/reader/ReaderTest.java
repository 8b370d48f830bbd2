package io.patchbay.pdf.reader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.pdf.reader.Reading.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PDFs made here. */
class ReaderTest {
    private final Reader reader = new Reader(10, 1_000);

    @BeforeAll
    static void useOneFont() {
        FontMappers.set(OneFont.load());
    }

    /** A PDF with a page for each text; a page of an empty one has nothing on it. */
    private static PDDocument document(String... texts) throws IOException {
        var document = new PDDocument();
        for (var text : texts) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.addRect(10, 10, 100, 100);
                content.fill();
                content.beginText();
                content.setFont(new PDType1Font(FontName.TIMES_ITALIC), 12);
                content.newLineAtOffset(50, 700);
                content.showText(text);
                content.endText();
            }
        }
        return document;
    }

    private static byte[] bytes(PDDocument document) throws IOException {
        try (document) {
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static byte[] pdf(String... texts) throws IOException {
        return bytes(document(texts));
    }

    @Test
    void readsPageAfterPage() throws IOException {
        var reading = reader.read(pdf("The first page", "Das zweite, für 5 €"));

        assertThat(reading.outcome()).isEqualTo(Outcome.TEXT);
        assertThat(reading.pages()).isEqualTo(2);
        assertThat(reading.text().lines()).containsExactly("The first page", "Das zweite, für 5 €");
    }

    @Test
    void saysThatThereIsNoText() throws IOException {
        assertThat(reader.read(pdf("", " "))).isEqualTo(Reading.failed(Outcome.NO_TEXT, 2));
    }

    @Test
    void opensNoFileThatWantsAPassword() throws IOException {
        assertThat(reader.read(encrypted("secret")).outcome()).isEqualTo(Outcome.ENCRYPTED);
    }

    @Test
    void readsAFileThatOnlyItsOwnerMayChange() throws IOException {
        assertThat(reader.read(encrypted("")).text()).isEqualTo("hidden");
    }

    private static byte[] encrypted(String userPassword) throws IOException {
        var document = document("hidden");
        document.protect(new StandardProtectionPolicy("owner", userPassword, new AccessPermission()));
        return bytes(document);
    }

    @Test
    void findsBrokenFilesBroken() throws IOException {
        assertThat(reader.read("%PDF-1.7\nnot one".getBytes(US_ASCII)).outcome())
                .isEqualTo(Outcome.BROKEN);
        assertThat(reader.read(new byte[0]).outcome()).isEqualTo(Outcome.BROKEN);
        var half = pdf("a page");
        assertThat(reader.read(Arrays.copyOf(half, half.length / 4)).outcome()).isEqualTo(Outcome.BROKEN);
    }

    @Test
    void readsNoMoreThanItIsTo() throws IOException {
        var pages = new String[11];
        Arrays.fill(pages, "a");
        assertThat(reader.read(pdf(pages))).isEqualTo(Reading.failed(Outcome.TOO_MANY_PAGES, 11));
        assertThat(reader.read(pdf("x".repeat(1_001)))).isEqualTo(Reading.failed(Outcome.TOO_MUCH_TEXT, 1));
    }

    @Test
    void servesOneFileAfterTheOther() throws IOException {
        var files = new ByteArrayOutputStream();
        var in = new DataOutputStream(files);
        for (var file : new byte[][] {pdf("one"), new byte[] {1}, pdf("zwei ü")}) {
            in.writeInt(10);
            in.writeInt(100);
            in.writeInt(file.length);
            in.write(file);
        }
        var readings = new ByteArrayOutputStream();

        Main.serve(new ByteArrayInputStream(files.toByteArray()), readings);

        var out = new DataInputStream(new ByteArrayInputStream(readings.toByteArray()));
        assertThat(next(out)).isEqualTo("TEXT 1 one");
        assertThat(next(out)).isEqualTo("BROKEN 0 ");
        assertThat(next(out)).isEqualTo("TEXT 1 zwei ü");
        assertThat(out.read()).isNegative();
    }

    private static String next(DataInputStream out) throws IOException {
        var outcome = out.readUTF();
        int pages = out.readInt();
        return outcome + " " + pages + " " + new String(out.readNBytes(out.readInt()), UTF_8);
    }
}
