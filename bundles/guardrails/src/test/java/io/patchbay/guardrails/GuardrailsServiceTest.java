package io.patchbay.guardrails;

import static io.patchbay.testkit.Quoted.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.api.access.Permissions;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.embeddings.EmbeddingsRequest;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.guardrails.AccountGuardrail.Rules;
import io.patchbay.api.guardrails.AccountGuardrail.SpendingLimit;
import io.patchbay.api.guardrails.ContentFilter;
import io.patchbay.api.guardrails.ContentFilter.Action;
import io.patchbay.api.guardrails.ContentFilter.Side;
import io.patchbay.api.guardrails.Subject;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.ledger.Budget;
import io.patchbay.api.ledger.Money;
import io.patchbay.database.DatabaseSettings;
import io.patchbay.database.DatabasesService;
import io.patchbay.database.kit.DatabasePlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guardrails of accounts, on each kind of database. */
class GuardrailsServiceTest {
    private static final ChatRequest REQUEST =
            ChatRequest.of(view("{'model':'openai/gpt-5','temperature':0.1,'messages':["
                    + "{'role':'user','content':'I am ann@example.com'},"
                    + "{'role':'user','content':[{'type':'text','text':'or bob@example.com'}]}]}"));

    private static final Subject ANN = new Subject("ann", "key-1");

    @TempDir
    Path folder;

    private @Nullable DatabasePlace place;
    private @Nullable DatabasesService databases;
    private @Nullable GuardrailsService service;

    private GuardrailsService open(DatabaseKind kind) {
        close();
        var at = place == null ? DatabasePlace.fresh(kind, folder) : place;
        place = at;
        var opened = new DatabasesService(DatabaseSettings.of(at.folder(), at.url(), at.user()));
        databases = opened;
        var guardrails = new GuardrailsService(opened);
        service = guardrails;
        return guardrails;
    }

    @AfterEach
    void close() {
        if (service != null && databases != null) {
            service.deactivate();
            databases.close();
        }
        service = null;
    }

    private static JsonView view(String quoted) {
        return JsonView.parse(text(quoted));
    }

    private static Rules rules(String name, Permissions permissions, @Nullable SpendingLimit spending, Action action) {
        return new Rules(
                name,
                "",
                false,
                permissions,
                Optional.ofNullable(spending),
                List.of(new ContentFilter("email", true, action, "", Side.INPUT)));
    }

    @ParameterizedTest
    @EnumSource
    void applyToTheKeysTheyAreAssignedTo(DatabaseKind kind) {
        var guardrails = open(kind);
        var made = guardrails.create("ann", rules("Mild", Permissions.ALL, null, Action.REDACT));
        assertThat(guardrails.enter(ANN, REQUEST)).isEmpty();

        assertThat(guardrails.assign("ann", made.id(), Set.of("key-1", "key-2"), true))
                .isEqualTo(2);

        var passage = guardrails.enter(ANN, REQUEST).orElseThrow();
        assertThat(passage.request().toString())
                .contains("I am [EMAIL]", "or [EMAIL]", "\"temperature\":0.1")
                .doesNotContain("@");
        assertThat(passage.notes())
                .extracting(note -> note.summary())
                .containsExactly("email redacted 2x in the prompt");
        assertThat(guardrails.enter(new Subject("ann", "key-3"), REQUEST)).isEmpty();
        assertThat(guardrails.enter(new Subject("bob", "key-1"), REQUEST)).isEmpty();

        assertThat(guardrails.assign("ann", made.id(), Set.of("key-1"), false)).isEqualTo(1);
        assertThat(guardrails.enter(ANN, REQUEST)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void areKeptOverARestart(DatabaseKind kind) {
        var permissions = new Permissions(List.of("openai/*", "!openai/o1"), List.of(), List.of("eu"), false, true);
        var limit = new SpendingLimit(new Money(5_000), Budget.Period.WEEK, true);
        var made = open(kind).create("ann", rules("Kept", permissions, limit, Action.BLOCK));
        var unused = open(kind).assign("ann", made.id(), Set.of("key-1"), true);

        var guardrails = open(kind);

        var kept = guardrails.find("ann", made.id()).orElseThrow();
        assertThat(kept.rules()).isEqualTo(made.rules());
        assertThat(kept.keys()).containsExactly("key-1");
        assertThat(kept.created()).isEqualTo(made.created());
        assertThat(guardrails.delete("ann", made.id())).isTrue();
        assertThat(open(kind).all("ann")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void areTakenTogether(DatabaseKind kind) {
        var guardrails = open(kind);
        var first = new Rules(
                "All",
                "",
                true,
                Permissions.ALL.withModels(List.of("openai/*")).withProviders(List.of("!cheap")),
                Optional.of(new SpendingLimit(new Money(100), Budget.Period.DAY, false)),
                List.of());
        var second = new Rules(
                "Some",
                "",
                false,
                Permissions.ALL.withModels(List.of("!openai/o1")).withDataRetention(false),
                Optional.of(new SpendingLimit(new Money(900), Budget.Period.MONTH, true)),
                List.of());
        var unusedFirst = guardrails.create("ann", first);
        var unused = guardrails.assign("ann", guardrails.create("ann", second).id(), Set.of("key-1"), true);

        var passage = guardrails.enter(ANN, REQUEST).orElseThrow();

        assertThat(passage.permissions().allow(ModelId.parse("openai/gpt-5"))).isTrue();
        assertThat(passage.permissions().allow(ModelId.parse("openai/o1"))).isFalse();
        assertThat(passage.permissions().allow(ModelId.parse("meta/llama"))).isFalse();
        assertThat(passage.permissions().allowProvider("cheap")).isFalse();
        assertThat(passage.permissions().allowProvider("other")).isTrue();
        assertThat(passage.permissions().dataRetention()).isFalse();
        assertThat(passage.budgets())
                .containsExactlyInAnyOrder(
                        new Budget("key-1", new Money(100), Budget.Period.DAY),
                        new Budget("key-1", new Money(900), Budget.Period.MONTH, true));
        assertThat(guardrails
                        .enter(new Subject("ann", "key-9"), REQUEST)
                        .orElseThrow()
                        .budgets())
                .containsExactly(new Budget("key-9", new Money(100), Budget.Period.DAY));
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void blockPromptsAndWhatIsToBeEmbedded(DatabaseKind kind) {
        var guardrails = open(kind);
        var made = guardrails.create("ann", rules("Strict", Permissions.ALL, null, Action.BLOCK));
        var unused = guardrails.assign("ann", made.id(), Set.of("key-1"), true);
        var embeddings = EmbeddingsRequest.of(view("{'model':'a/b','input':['fine','ann@example.com']}"));

        var blocked = catchThrowableOfType(FailureException.class, () -> guardrails.enter(ANN, REQUEST));
        var blockedToo = catchThrowableOfType(FailureException.class, () -> guardrails.enter(ANN, embeddings));

        assertThat(blocked.failure().kind()).isEqualTo(FailureKind.CONTENT_FILTERED);
        assertThat(blocked.failure().message()).startsWith("Request blocked").doesNotContain("ann@");
        assertThat(blockedToo.failure().patterns()).containsExactly("email");
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void changeFromTheNextRequestOn(DatabaseKind kind) {
        var guardrails = open(kind);
        var made = guardrails.create("ann", rules("Mild", Permissions.ALL, null, Action.REDACT));
        var unused = guardrails.assign("ann", made.id(), Set.of("key-1"), true);

        var changed = guardrails.change("ann", made.id(), rules("Milder", Permissions.ALL, null, Action.FLAG));

        assertThat(changed.keys()).containsExactly("key-1");
        assertThat(guardrails.enter(ANN, REQUEST).orElseThrow().request().toString())
                .contains("ann@example.com");
        var foreign =
                catchThrowableOfType(FailureException.class, () -> guardrails.change("bob", made.id(), made.rules()));
        assertThat(foreign.failure().kind()).isEqualTo(FailureKind.NOT_FOUND);
    }
}
