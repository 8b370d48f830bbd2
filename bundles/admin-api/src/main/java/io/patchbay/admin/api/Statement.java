package io.patchbay.admin.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.patchbay.api.ledger.Ledger;
import io.patchbay.api.ledger.LedgerAccount;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.ledger.Transfer;
import io.patchbay.api.ledger.TransferQuery;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What came and went on an account in some days: made of the ledger alone, so that opening balance and lines add up to
 * the closing balance.
 */
final class Statement {
    private final String account;
    private final LocalDate from;
    private final LocalDate to;
    private final Money opening;
    private final Map<Heading, Sum> lines = new TreeMap<>(Heading.ORDER);

    /** What is summed up in a line. A deposit has a line of its own. */
    private record Heading(
            LocalDate date, Transfer.Kind kind, String model, String provider, String key, String note, String id) {
        static final Comparator<Heading> ORDER = Comparator.comparing(Heading::date)
                .thenComparing(Heading::kind)
                .thenComparing(Heading::model)
                .thenComparing(Heading::provider)
                .thenComparing(Heading::key)
                .thenComparing(Heading::note)
                .thenComparing(Heading::id);
    }

    private record Sum(long requests, long promptTokens, long completionTokens, Money amount) {
        Sum plus(Sum other) {
            return new Sum(
                    requests + other.requests,
                    promptTokens + other.promptTokens,
                    completionTokens + other.completionTokens,
                    amount.plus(other.amount));
        }
    }

    private Statement(String account, LocalDate from, LocalDate to, Money opening) {
        this.account = account;
        this.from = from;
        this.to = to;
        this.opening = opening;
    }

    /**
     * Reads it from the ledger.
     *
     * @param to the last day that is in it
     * @param keyName what a key is called, by its id
     */
    static Statement of(Ledger ledger, String account, LocalDate from, LocalDate to, Function<String, String> keyName) {
        var credit = LedgerAccount.credit(account);
        var start = from.atStartOfDay().toInstant(ZoneOffset.UTC);
        var statement = new Statement(account, from, to, ledger.balance(credit, start));
        var query = TransferQuery.latest(TransferQuery.LARGEST_PAGE)
                .of(credit)
                .within(start, to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        ledger.each(query, transfer -> statement.add(transfer, keyName));
        return statement;
    }

    private void add(Transfer transfer, Function<String, String> keyName) {
        var details = JsonParser.parseString(transfer.details()).getAsJsonObject();
        boolean charge = transfer.kind() == Transfer.Kind.CHARGE;
        var heading = new Heading(
                LocalDate.ofInstant(transfer.created(), ZoneOffset.UTC),
                transfer.kind(),
                text(details, "model"),
                text(details, "provider"),
                transfer.budget().map(keyName).orElse(""),
                text(details, "note"),
                charge ? "" : transfer.id());
        var sum = new Sum(
                charge ? 1 : 0,
                number(details, "prompt_tokens"),
                number(details, "completion_tokens"),
                transfer.debit().negated());
        lines.merge(heading, sum, Sum::plus);
    }

    private Money closing() {
        return lines.values().stream().map(Sum::amount).reduce(opening, Money::plus);
    }

    JsonObject toJson() {
        var json = new JsonObject();
        json.addProperty("account", account);
        json.addProperty("from", from.toString());
        json.addProperty("to", to.toString());
        json.addProperty("currency", "USD");
        json.addProperty("opening_balance", opening.dollars());
        json.addProperty("closing_balance", closing().dollars());
        var array = new JsonArray();
        lines.forEach((heading, sum) -> array.add(line(heading, sum)));
        json.add("lines", array);
        return json;
    }

    private static JsonObject line(Heading heading, Sum sum) {
        var line = new JsonObject();
        line.addProperty("date", heading.date().toString());
        line.addProperty("kind", word(heading.kind()));
        line.addProperty("model", heading.model());
        line.addProperty("provider", heading.provider());
        line.addProperty("key", heading.key());
        line.addProperty("requests", sum.requests());
        line.addProperty("prompt_tokens", sum.promptTokens());
        line.addProperty("completion_tokens", sum.completionTokens());
        line.addProperty("amount", sum.amount().dollars());
        line.addProperty("note", heading.note());
        return line;
    }

    String toCsv() {
        var table = new StringWriter();
        try (var csv = CsvWriter.builder().build(table)) {
            csv.writeRecord(
                    "date",
                    "kind",
                    "model",
                    "provider",
                    "key",
                    "requests",
                    "prompt_tokens",
                    "completion_tokens",
                    "amount",
                    "note");
            csv.writeRecord(from.toString(), "opening_balance", "", "", "", "", "", "", opening.toString(), "");
            for (var line : lines.entrySet()) {
                var heading = line.getKey();
                var sum = line.getValue();
                csv.writeRecord(
                        heading.date().toString(),
                        word(heading.kind()),
                        harmless(heading.model()),
                        harmless(heading.provider()),
                        harmless(heading.key()),
                        Long.toString(sum.requests()),
                        Long.toString(sum.promptTokens()),
                        Long.toString(sum.completionTokens()),
                        sum.amount().toString(),
                        harmless(heading.note()));
            }
            csv.writeRecord(
                    to.toString(),
                    "closing_balance",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    closing().toString(),
                    "");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return table.toString();
    }

    /** A spreadsheet takes what begins like this for a formula. */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String word(Transfer.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String text(JsonObject details, String name) {
        var value = details.get(name);
        return value == null ? "" : value.getAsString();
    }

    private static long number(JsonObject details, String name) {
        var value = details.get(name);
        return value == null ? 0 : value.getAsLong();
    }
}
