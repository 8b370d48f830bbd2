package io.patchbay.adapter.sandbox;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A finished thought: all that will be said, however it is sent.
 *
 * @param deltas the tokens of one choice; all choices say the same
 * @param callsTools whether it is tools that the sandbox calls, not text
 * @param finishReason why it ends
 * @param choices how many choices there are
 * @param promptTokens what reading the request took
 */
record Reply(List<Delta> deltas, boolean callsTools, String finishReason, int choices, long promptTokens) {
    /** OpenAI's limit. */
    private static final int MOST_CHOICES = 128;

    /** A call of a tool, put together. */
    record Call(String id, String tool, String arguments) {}

    /**
     * Thinks.
     *
     * @throws io.patchbay.api.failure.FailureException if the request is too long or contradicts itself
     */
    static Reply to(ChatRequest request, Endpoint endpoint, Speech speech) {
        var conversation = Conversation.of(request);
        long promptTokens = promptTokens(request, conversation, endpoint);
        int choices = choices(request);
        var tools = Tool.calledFor(request, conversation);
        var deltas =
                tools.isEmpty() ? say(Wording.of(request, conversation, speech)) : call(tools, conversation.length());
        long most = request.maxTokens().orElse(Long.MAX_VALUE);
        if (deltas.size() > most) {
            return new Reply(
                    deltas.subList(0, (int) Math.max(0, most)), !tools.isEmpty(), "length", choices, promptTokens);
        }
        return new Reply(deltas, !tools.isEmpty(), tools.isEmpty() ? "stop" : "tool_calls", choices, promptTokens);
    }

    /** The tokens of all choices. */
    long completionTokens() {
        return (long) choices * deltas.size();
    }

    /** The text, put together. */
    String text() {
        return deltas.stream()
                .map(delta -> delta instanceof Delta.Text piece ? piece.text() : "")
                .collect(Collectors.joining());
    }

    /** The tool calls, put together. */
    List<Call> calls() {
        return deltas.stream()
                .flatMap(delta -> delta instanceof Delta.CallBegins begin
                        ? List.of(new Call(begin.id(), begin.tool(), argumentsOf(begin.index()))).stream()
                        : null)
                .toList();
    }

    private String argumentsOf(int call) {
        return deltas.stream()
                .map(delta -> delta instanceof Delta.CallArguments piece && piece.index() == call ? piece.text() : "")
                .collect(Collectors.joining());
    }

    private static long promptTokens(ChatRequest request, Conversation conversation, Endpoint endpoint) {
        long tokens = conversation.tokens()
                + request.json()
                        .element("tools")
                        .map(tools -> Tokens.count(tools.toString()))
                        .orElse(0);
        long context = endpoint.contextLength().orElse(Long.MAX_VALUE);
        if (tokens > context) {
            var message =
                    "The prompt has " + tokens + " tokens, the model's context " + context + "; shorten the prompt.";
            throw Failure.of(FailureKind.CONTEXT_TOO_LONG, message).toException();
        }
        return tokens;
    }

    private static int choices(ChatRequest request) {
        long choices = request.json().integer("n").orElse(1);
        if (choices < 1 || choices > MOST_CHOICES) {
            throw Failure.invalid("n", "'n' must be between 1 and " + MOST_CHOICES + '.')
                    .toException();
        }
        return (int) choices;
    }

    private static List<Delta> say(String text) {
        return Tokens.of(text).stream().<Delta>map(Delta.Text::new).toList();
    }

    /** An id holds the length of the conversation, so that no two calls in one conversation share theirs. */
    private static List<Delta> call(List<Tool> tools, int conversationLength) {
        var deltas = new ArrayList<Delta>();
        for (int i = 0; i < tools.size(); i++) {
            int index = i;
            deltas.add(new Delta.CallBegins(
                    index,
                    "call_" + conversationLength + '_' + index,
                    tools.get(i).name()));
            Tokens.of(tools.get(i).arguments()).forEach(piece -> deltas.add(new Delta.CallArguments(index, piece)));
        }
        return deltas;
    }
}
