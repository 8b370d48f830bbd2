package io.patchbay.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.patchbay.api.tokens.TokenCounter;
import org.osgi.service.component.annotations.Component;

/** The vocabulary {@code o200k_base}, read when it is needed first: many an installation never needs it. */
@Component
public final class VocabularyCounter implements TokenCounter {
    private final EncodingRegistry vocabularies = Encodings.newLazyEncodingRegistry();

    @Override
    public long count(String text) {
        return vocabulary().countTokensOrdinary(text);
    }

    private Encoding vocabulary() {
        return vocabularies.getEncoding(EncodingType.O200K_BASE);
    }
}
