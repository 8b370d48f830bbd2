package io.patchbay.adapter.bedrock;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of tool calls as Bedrock takes them. A conversation may have begun at a provider whose ids are longer or have
 * other characters; the same id becomes the same one each time, so that calls and results keep together.
 */
final class ToolIds {
    private static final Pattern USUAL = Pattern.compile("[a-zA-Z0-9_.:-]{1,64}");
    private static final Pattern MISTRALS = Pattern.compile("[a-zA-Z0-9]{9}");

    private ToolIds() {}

    static String of(String id, ModelRules rules) {
        boolean isMistral = rules.family() == ModelRules.Family.MISTRAL;
        if ((isMistral ? MISTRALS : USUAL).matcher(id).matches()) {
            return id;
        }
        var digest = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return isMistral ? digest.substring(0, 9) : digest;
    }
}
