package io.patchbay.guardrails;

import com.google.re2j.Pattern;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What can be looked for by name, as with OpenRouter. Names and addresses of people are no matter of patterns. */
final class Builtins {
    private static final Pattern DATE = Pattern.compile("^\\d{4}[-.]\\d{2}[-.]\\d{2}\\b");

    private static final Map<String, Builtin> ALL = all();

    private Builtins() {}

    /**
     * One of them.
     *
     * @param label stands for what is redacted
     * @param isMeant tells from others that only look like it
     */
    record Builtin(Pattern pattern, String label, Predicate<String> isMeant) {}

    private static Map<String, Builtin> all() {
        var all = new TreeMap<String, Builtin>();
        all.put(
                "email",
                builtin("(?i)\\b[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,24}\\b", "[EMAIL]"));
        all.put(
                "phone",
                new Builtin(
                        Pattern.compile(
                                "\\+\\d{9,15}\\b"
                                        + "|(?:\\+\\d{1,3}[ .-]?)?(?:\\(\\d{2,5}\\)[ .-]?)?\\b\\d{2,8}(?:[ .-]\\d{2,8}){1,4}\\b"),
                        "[PHONE]",
                        Builtins::isPhone));
        all.put("ssn", builtin("\\b\\d{3}-\\d{2}-\\d{4}\\b", "[SSN]"));
        all.put(
                "credit-card",
                new Builtin(Pattern.compile("\\b\\d(?:[ -]?\\d){12,18}\\b"), "[CREDIT_CARD]", Builtins::hasCheckDigit));
        all.put(
                "ip-address",
                builtin(
                        "\\b(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\b"
                                + "|(?i)\\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\\b"
                                + "|\\b(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}\\b",
                        "[IP_ADDRESS]"));
        all.put(
                "regex-prompt-injection",
                builtin(
                        "(?i)\\b(?:ignore|disregard|forget|override)\\s+(?:all\\s+|any\\s+|the\\s+|your\\s+|my\\s+)*"
                                + "(?:previous|prior|above|earlier|preceding|system)\\s+"
                                + "(?:instructions?|prompts?|rules?|messages?|directions?)"
                                + "|\\b(?:reveal|print|show|repeat|output)\\s+(?:me\\s+)?(?:your|the)\\s+"
                                + "(?:hidden\\s+|full\\s+|initial\\s+)*(?:system|developer)\\s+(?:prompt|message|instructions?)"
                                + "|\\byou\\s+are\\s+now\\s+(?:in\\s+)?(?:dan|developer mode|jailbroken|unrestricted)\\b",
                        "[PROMPT_INJECTION]"));
        return all;
    }

    private static Builtin builtin(String pattern, String label) {
        return new Builtin(Pattern.compile(pattern), label, found -> true);
    }

    static Optional<Builtin> named(String slug) {
        return Optional.ofNullable(ALL.get(slug));
    }

    static String names() {
        return String.join(", ", ALL.keySet());
    }

    /** Long enough for one, and not just a long number: dates, sums and ids are digits too. */
    private static boolean isPhone(String found) {
        if (DATE.matcher(found).find()) {
            return false;
        }
        long digits = found.chars().filter(Character::isDigit).count();
        boolean isWritten =
                found.startsWith("+") || found.chars().anyMatch(c -> c == ' ' || c == '-' || c == '(' || c == '.');
        return digits >= 9 && digits <= 15 && isWritten;
    }

    /** Luhn's: ISO/IEC 7812-1, annex B. */
    private static boolean hasCheckDigit(String found) {
        var digits = found.chars().filter(Character::isDigit).map(c -> c - '0').toArray();
        int sum = 0;
        for (int i = 0; i < digits.length; i++) {
            boolean isDoubled = (digits.length - i) % 2 == 0;
            int value = isDoubled ? digits[i] * 2 : digits[i];
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}
