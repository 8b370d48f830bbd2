package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.access.Account;
import io.patchbay.api.access.Permissions;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.guardrails.AccountGuardrail;
import io.patchbay.api.guardrails.AccountGuardrail.Rules;
import io.patchbay.api.guardrails.AccountGuardrail.SpendingLimit;
import io.patchbay.api.guardrails.ContentFilter;
import io.patchbay.api.guardrails.Guardrails;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import io.patchbay.api.presets.Preset;
import io.patchbay.api.presets.Presets;
import io.patchbay.testkit.Quoted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresetAndGuardrailCommandsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final FakeAccess access = new FakeAccess();
    private final Screen screen = new Screen();

    /** Each account has "brief"; acme has "strict" as well. */
    private static final class FakePresets implements Presets {
        @Override
        public ChatRequest applied(ChatRequest request, String account) {
            return request;
        }

        @Override
        public List<Preset> all(String account) {
            return account.equals("acme")
                    ? List.of(
                            preset(account, "brief", 1, "{}"), preset(account, "strict", 2, "{'temperature':0,'n':2}"))
                    : List.of(preset(account, "brief", 1, "{'model':'a/b'}"));
        }

        @Override
        public List<Preset> versions(String account, String slug) {
            if (slug.equals("strict") && account.equals("acme")) {
                return List.of(
                        preset(account, slug, 1, "{'temperature':1}"),
                        preset(account, slug, 2, "{'temperature':0,'n':2}"));
            }
            return slug.equals("brief") ? List.of(preset(account, slug, 1, "{}")) : List.of();
        }

        @Override
        public Preset save(String account, String slug, String systemPrompt, JsonView config) {
            throw new IllegalStateException("nobody saves here");
        }

        @Override
        public boolean delete(String account, String slug) {
            return false;
        }

        private static Preset preset(String account, String slug, int version, String config) {
            return new Preset(account, slug, version, NOON, "Be \u001bbrief.", JsonView.parse(Quoted.text(config)));
        }
    }

    private static final class FakeGuardrails implements Guardrails {
        @Override
        public List<AccountGuardrail> all(String account) {
            if (!account.equals("acme")) {
                return List.of();
            }
            var strict = new Rules(
                    "Production",
                    "",
                    false,
                    Permissions.ALL.withModels(List.of("openai/*")),
                    Optional.of(new SpendingLimit(Money.ofDollars(new BigDecimal("20")), Budget.Period.DAY, true)),
                    List.of(
                            new ContentFilter("email", true, ContentFilter.Action.REDACT, "", ContentFilter.Side.BOTH),
                            new ContentFilter(
                                    "falcon.*",
                                    false,
                                    ContentFilter.Action.BLOCK,
                                    "[PROJECT]",
                                    ContentFilter.Side.INPUT)));
            var open = new Rules("All", "", true, Permissions.ALL, Optional.empty(), List.of());
            return List.of(
                    new AccountGuardrail("id-1", account, NOON, NOON, strict, Set.of("k1", "k2")),
                    new AccountGuardrail("id-2", account, NOON, NOON, open, Set.of()));
        }

        @Override
        public Optional<AccountGuardrail> find(String account, String id) {
            return Optional.empty();
        }

        @Override
        public AccountGuardrail create(String account, Rules rules) {
            throw new IllegalStateException("nobody makes one here");
        }

        @Override
        public AccountGuardrail change(String account, String id, Rules rules) {
            throw new IllegalStateException("nobody changes one here");
        }

        @Override
        public boolean delete(String account, String id) {
            return false;
        }

        @Override
        public int assign(String account, String id, Set<String> keys, boolean assigned) {
            return 0;
        }
    }

    @BeforeEach
    void anAccount() {
        access.create("acme", account -> account.name("Acme"));
    }

    private PresetCommand preset(String slug) {
        var command = new PresetCommand();
        command.accounts = access;
        command.presets = new FakePresets();
        command.slug = slug;
        return command;
    }

    private List<String> rows(Listing command) throws CommandException {
        command.bare = true;
        command.print(screen.out());
        return screen.lines().stream()
                .map(line -> line.replaceAll(" *[\t|│] *", "|").strip())
                .toList();
    }

    @Test
    void presetsAreListedWithWhoseTheyAreAndWhatTheySay() throws CommandException {
        var command = new PresetsCommand();
        command.accounts = access;
        command.presets = new FakePresets();

        assertThat(rows(command))
                .containsExactly(
                        "brief|operator|1|2026-03-01T12:00:00Z|model, system prompt",
                        "brief|acme|1|2026-03-01T12:00:00Z|system prompt",
                        "strict|acme|2|2026-03-01T12:00:00Z|temperature, n, system prompt");
    }

    @Test
    void presetsOfOneAccountAreListedAlone() throws CommandException {
        var command = new PresetsCommand();
        command.accounts = access;
        command.presets = new FakePresets();
        command.account = Account.OPERATOR.id();

        assertThat(rows(command)).hasSize(1);
        command.account = "nobody";
        assertThatThrownBy(() -> command.print(screen.out())).hasMessageContaining("There is no account \"nobody\"");
    }

    @Test
    void aPresetShowsItsLatestVersionOrAnOlderOne() throws CommandException {
        preset("strict").print(screen.out());
        var older = preset("strict");
        older.version = 1;
        older.print(screen.out());

        assertThat(screen.lines())
                .containsExactly(
                        "Preset strict of the account acme, version 2 of 2, saved 2026-03-01T12:00:00.123456Z",
                        "  temperature: 0",
                        "  n: 2",
                        "  system prompt: Be ?brief.",
                        "Preset strict of the account acme, version 1 of 2, saved 2026-03-01T12:00:00.123456Z",
                        "  temperature: 1",
                        "  system prompt: Be ?brief.");
    }

    @Test
    void aPresetThatThereIsNotOrTwiceOrInNoSuchVersionIsSaidToBe() throws CommandException {
        assertThatThrownBy(() -> preset("other").print(screen.out()))
                .hasMessageContaining("There is no preset \"other\"");
        assertThatThrownBy(() -> preset("brief").print(screen.out())).hasMessageContaining("say --account");
        var third = preset("strict");
        third.version = 3;
        assertThatThrownBy(() -> third.print(screen.out())).hasMessageContaining("are 1 to 2");
        var mine = preset("brief");
        mine.account = "acme";
        mine.print(screen.out());
        assertThat(screen.text()).contains("Preset brief of the account acme");
    }

    @Test
    void guardrailsAreListedWithWhatTheyApplyToAndSay() throws CommandException {
        var command = new GuardrailsCommand();
        command.accounts = access;
        command.guardrails = new FakeGuardrails();

        assertThat(rows(command))
                .containsExactly(
                        "Production|acme|2 keys|$20 a day, own keys of providers included|models openai/*|email (redact, both), [PROJECT] (block, input)|id-1",
                        "All|acme|all keys|any|none||id-2");
    }

    @Test
    void aMissingPartIsNamed() {
        var command = new GuardrailsCommand();
        command.accounts = access;

        assertThatThrownBy(() -> command.print(screen.out())).hasMessageContaining("io.patchbay.guardrails");
        assertThatThrownBy(() -> new PresetsCommand().print(screen.out())).hasMessageContaining("io.patchbay.presets");
    }
}
