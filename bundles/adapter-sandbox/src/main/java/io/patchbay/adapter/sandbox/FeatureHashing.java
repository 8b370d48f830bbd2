package io.patchbay.adapter.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes vectors of texts without having learnt anything: each word, and each three letters of it, adds to or takes from
 * the place that its hash tells (Weinberger et al. 2009, "Feature hashing for large scale multitask learning"). So the
 * same text has the same vector, for ever and everywhere; texts that share words are near to each other, and so are, less
 * so, texts whose words share letters. What words mean it does not know.
 */
final class FeatureHashing {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int GRAM = 3;
    private static final float WORD_WEIGHT = 1;
    private static final float GRAM_WEIGHT = 0.3f;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private FeatureHashing() {}

    /** A vector of length 1 with so many numbers. */
    static float[] vector(String text, int dimensions) {
        var words = BETWEEN_WORDS
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
        // A text without a word is a word of its own: no vector is zero.
        return vector(words.isEmpty() ? List.of(text) : words, dimensions);
    }

    /** A vector of length 1 for words that somebody else has found. */
    static float[] vector(List<String> words, int dimensions) {
        var sums = new float[dimensions];
        for (var word : words) {
            add(sums, word, WORD_WEIGHT);
            var marked = '<' + word + '>';
            for (int i = 0; i + GRAM <= marked.length(); i++) {
                add(sums, "3:" + marked.substring(i, i + GRAM), GRAM_WEIGHT);
            }
        }
        return normalised(sums, words);
    }

    private static void add(float[] sums, String feature, float weight) {
        long hash = hash(feature);
        int place = (int) Long.remainderUnsigned(hash >>> 1, sums.length);
        sums[place] += (hash & 1) == 0 ? weight : -weight;
    }

    private static float[] normalised(float[] sums, List<String> words) {
        double squares = 0;
        for (float sum : sums) {
            squares += (double) sum * sum;
        }
        if (squares == 0) {
            // Everything has cancelled out, as may happen with very few numbers.
            sums[(int) Long.remainderUnsigned(hash(words.toString()), sums.length)] = 1;
            return sums;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (float) (sums[i] / length);
        }
        return sums;
    }

    /** FNV-1a, its bits mixed once more: they are all used, not only the upper ones. */
    private static long hash(String feature) {
        long hash = FNV_OFFSET;
        for (byte next : feature.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
