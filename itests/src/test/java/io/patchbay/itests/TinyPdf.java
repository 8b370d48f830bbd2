package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/** PDFs as small as they can be. */
final class TinyPdf {
    private TinyPdf() {}

    /** One page with a line of text; an empty one has none. */
    static byte[] of(String text) {
        var content = "BT /F 12 Tf 50 700 Td (" + text + ") Tj ET";
        return ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                        + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                        + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
                        + "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
                        + "4 0 obj<</Length " + content.length() + ">>stream\n" + content + "\nendstream endobj\n"
                        + "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
                        + "trailer<</Root 1 0 R>>\n%%EOF")
                .getBytes(US_ASCII);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(of(text));
    }

    static String dataUrl(String text) {
        return "data:application/pdf;base64," + base64(text);
    }
}
