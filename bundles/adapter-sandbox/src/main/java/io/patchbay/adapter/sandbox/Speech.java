package io.patchbay.adapter.sandbox;

import com.google.gson.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the sandbox says, given the conversation so far. */
@FunctionalInterface
interface Speech {
    /** How many tokens a long answer has. */
    int LENGTH = 2_000;

    /** How much of a question is quoted, in tokens. */
    int QUOTED = 24;

    /** The words. */
    String about(Conversation conversation);

    /** A short answer that shows it has read the question. */
    static String echo(Conversation conversation) {
        return "You asked: \"" + shorten(conversation.lastUserText()) + "\" This is Patchbay's sandbox, a model that "
                + "lives inside the gateway: it needs no account, costs nothing and gives the same answer every time. "
                + "Patchbay takes one OpenAI-compatible request and brings it to whichever provider serves the model "
                + "best; add a provider, name one of its models, and the same request gets a real answer.";
    }

    /** The last user message, to the letter. */
    static String parrot(Conversation conversation) {
        return conversation.lastUserText();
    }

    /** An answer of {@value #LENGTH} tokens. */
    static String atLength(Conversation conversation) {
        var paragraph = Tokens.of("\n\nThe sandbox goes on, word after word, so that there is something to watch, to "
                + "measure or to interrupt; what it says no longer depends on the question, only how long it says it.");
        return Stream.concat(
                        Tokens.of(echo(conversation)).stream(),
                        Stream.generate(() -> paragraph).flatMap(tokens -> tokens.stream()))
                .limit(LENGTH)
                .collect(Collectors.joining());
    }

    /** An answer that shows it has read what a tool returned. */
    static String onToolResult(String result) {
        return "The tool returned: " + result;
    }

    /** An answer for those who want a JSON object and don't say which. */
    static String asJsonObject(String question, String answer) {
        var json = new JsonObject();
        json.addProperty("question", question);
        json.addProperty("answer", answer);
        return json.toString();
    }

    private static String shorten(String text) {
        var tokens = Tokens.of(text.strip());
        return tokens.size() <= QUOTED ? text.strip() : String.join("", tokens.subList(0, QUOTED)) + "...";
    }
}
