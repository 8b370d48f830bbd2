package io.patchbay.plugin.parser;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Makes PDFs. */
final class Pdfs {
    private Pdfs() {}

    /** One with a page for each text. */
    static byte[] of(String... pages) {
        return of("", pages);
    }

    /** One that opens with a password only, unless that is empty. */
    static byte[] of(String password, String[] pages) {
        try (var document = new PDDocument()) {
            for (var text : pages) {
                var page = new PDPage();
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                    content.newLineAtOffset(50, 700);
                    content.showText(text);
                    content.endText();
                }
            }
            if (!password.isEmpty()) {
                document.protect(new StandardProtectionPolicy("owner", password, new AccessPermission()));
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException defect) {
            throw new UncheckedIOException(defect);
        }
    }

    /** A small one of which a page takes so much memory: a text that does not end. */
    static byte[] bomb(int megabytes) {
        return large("(", megabytes);
    }

    /** A small one that takes long to be read, in which there is nothing in the end. */
    static byte[] slow(int megabytes) {
        return large("", megabytes);
    }

    private static byte[] large(String beginning, int megabytes) {
        try {
            var packed = new ByteArrayOutputStream();
            try (var deflating = new DeflaterOutputStream(packed)) {
                deflating.write(beginning.getBytes(US_ASCII));
                for (int i = 0; i < megabytes; i++) {
                    deflating.write(new byte[1 << 20]);
                }
            }
            var pdf = new ByteArrayOutputStream();
            pdf.write(("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                            + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
                            + "4 0 obj<</Length " + packed.size() + "/Filter/FlateDecode>>stream\n")
                    .getBytes(US_ASCII));
            packed.writeTo(pdf);
            pdf.write("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF".getBytes(US_ASCII));
            return pdf.toByteArray();
        } catch (IOException defect) {
            throw new UncheckedIOException(defect);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static String dataUrl(String type, byte[] bytes) {
        return "data:" + type + ";base64," + base64(bytes);
    }
}
