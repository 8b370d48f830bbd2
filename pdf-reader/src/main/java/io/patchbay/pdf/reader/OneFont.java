package io.patchbay.pdf.reader;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/**
 * The same font for all that a PDF does not bring along. Nothing is drawn, so any will do, and the fonts of the machine need
 * not be looked through, which takes many seconds on some.
 */
final class OneFont implements FontMapper {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final TrueTypeFont font;

    private OneFont(TrueTypeFont font) {
        this.font = font;
    }

    static OneFont load() {
        try (InputStream bytes = Optional.ofNullable(FontMapper.class.getResourceAsStream(FONT))
                .orElseThrow(() -> new IllegalStateException(FONT + " is missing"))) {
            return new OneFont(new TTFParser().parse(new RandomAccessReadBuffer(bytes)));
        } catch (IOException defect) {
            throw new IllegalStateException(FONT, defect);
        }
    }

    @Override
    public FontMapping<TrueTypeFont> getTrueTypeFont(String baseFont, PDFontDescriptor descriptor) {
        return new FontMapping<>(font, true);
    }

    @Override
    public FontMapping<FontBoxFont> getFontBoxFont(String baseFont, PDFontDescriptor descriptor) {
        return new FontMapping<>(font, true);
    }

    @Override
    public CIDFontMapping getCIDFont(String baseFont, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
        return new CIDFontMapping(null, font, true);
    }
}
