package io.patchbay.adapter.bedrock;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.chat.ReasoningWish;
import io.patchbay.api.json.JsonView;

/**
 * How to read the answer to one request.
 *
 * @param showsThoughts whether the client wants to see them
 * @param reasoningFormat whose thoughts they are
 * @param isByTool whether the answer comes as the arguments of a tool
 */
record AnswerForm(boolean showsThoughts, String reasoningFormat, boolean isByTool) {
    static AnswerForm of(ChatRequest request, Endpoint endpoint) {
        var rules = ModelRules.of(endpoint);
        return new AnswerForm(
                !ReasoningWish.of(request.json()).isHidden(),
                ReasoningDetails.format(rules),
                ResponseFormat.isByTool(request.json(), rules));
    }

    /** What the use of a tool is to the client. */
    Block.Kind kindOf(JsonView toolUse) {
        if (toolUse.string("type").filter("server_tool_use"::equals).isPresent()) {
            return Block.Kind.HIDDEN;
        }
        return isByTool
                        && toolUse.string("name")
                                .filter(ResponseFormat.TOOL::equals)
                                .isPresent()
                ? Block.Kind.ANSWER
                : Block.Kind.CALL;
    }
}
