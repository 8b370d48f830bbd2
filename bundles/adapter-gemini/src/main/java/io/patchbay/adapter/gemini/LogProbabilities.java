package io.patchbay.adapter.gemini;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.patchbay.api.json.JsonView;
import java.nio.charset.StandardCharsets;

/** How likely the tokens were. */
final class LogProbabilities {
    private LogProbabilities() {}

    /** Reads a {@code logprobsResult}. */
    static JsonObject canonical(JsonView result) {
        var chosen = result.objects("chosenCandidates");
        var others = result.objects("topCandidates");
        var content = new JsonArray();
        for (int i = 0; i < chosen.size(); i++) {
            var token = token(chosen.get(i));
            var top = new JsonArray();
            if (i < others.size()) {
                others.get(i).objects("candidates").forEach(other -> top.add(token(other)));
            }
            token.add("top_logprobs", top);
            content.add(token);
        }
        var canonical = Json.with("content", content);
        canonical.add("refusal", JsonNull.INSTANCE);
        return canonical;
    }

    private static JsonObject token(JsonView candidate) {
        var text = candidate.string("token").orElse("");
        var token = Json.with("token", text);
        token.add("logprob", candidate.element("logProbability").orElse(JsonNull.INSTANCE));
        var bytes = new JsonArray();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(one & 0xFF);
        }
        token.add("bytes", bytes);
        return token;
    }
}
