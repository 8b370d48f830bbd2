package io.patchbay.presets;

import static io.patchbay.testkit.Quoted.json;
import static io.patchbay.testkit.Quoted.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.database.DatabaseKind;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureException;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.presets.Preset;
import io.patchbay.api.presets.Presets;
import io.patchbay.database.DatabaseSettings;
import io.patchbay.database.DatabasesService;
import io.patchbay.database.kit.DatabasePlace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Presets, on each kind of database. */
class PresetsServiceTest {
    @TempDir
    Path folder;

    private @Nullable DatabasePlace place;
    private @Nullable DatabasesService databases;
    private @Nullable PresetsService service;

    private PresetsService open(DatabaseKind kind) {
        var at = place == null ? DatabasePlace.fresh(kind, folder) : place;
        place = at;
        var opened = new DatabasesService(DatabaseSettings.of(at.folder(), at.url(), at.user()));
        databases = opened;
        var presets = new PresetsService(opened);
        service = presets;
        return presets;
    }

    @AfterEach
    void close() {
        if (service != null && databases != null) {
            service.deactivate();
            databases.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void areKeptWithAllTheirVersions(DatabaseKind kind) {
        var presets = open(kind);
        save(presets, "ann", "brief", "Be brief.", "{'model':'a/b'}");
        save(presets, "ann", "brief", "", "{'model':'a/c','temperature':0.5}");
        save(presets, "bob", "brief", "", "{'model':'b/b'}");
        close();

        var again = open(kind);
        assertThat(again.versions("ann", "brief")).extracting(Preset::version).containsExactly(1, 2);
        assertThat(again.versions("ann", "brief").get(0).systemPrompt()).isEqualTo("Be brief.");
        assertThat(again.all("ann"))
                .singleElement()
                .satisfies(preset -> assertThat(preset.config().string("model")).contains("a/c"));

        assertThat(again.delete("ann", "brief")).isTrue();
        assertThat(again.delete("ann", "brief")).isFalse();
        assertThat(again.all("ann")).isEmpty();
        assertThat(again.all("bob")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void fillInWhatARequestLeavesOpen(DatabaseKind kind) {
        var presets = open(kind);
        save(
                presets,
                "ann",
                "brief",
                "Be brief.",
                "{'model':'a/b','temperature':0.5,'provider':{'sort':'price'},'tools':["
                        + "{'type':'function','function':{'name':'f','strict':true}},"
                        + "{'type':'function','function':{'name':'g'}}]}");

        var applied = applied(
                presets,
                "{'model':'@preset/brief','temperature':1,'messages':[{'role':'user','content':'Hi'}],"
                        + "'tools':[{'type':'function','function':{'name':'f'}}]}");

        assertThat(applied)
                .isEqualTo(json("{'model':'a/b','temperature':1,'provider':{'sort':'price'},'tools':["
                        + "{'type':'function','function':{'name':'f'}},{'type':'function','function':{'name':'g'}}],"
                        + "'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Hi'}]}"));
    }

    @ParameterizedTest
    @EnumSource
    void canBeNamedInThreeWays(DatabaseKind kind) {
        var presets = open(kind);
        save(presets, "ann", "brief", "", "{'model':'a/b','seed':1}");

        assertThat(applied(presets, "{'model':'@preset/brief'}")).isEqualTo(json("{'model':'a/b','seed':1}"));
        assertThat(applied(presets, "{'model':'x/y@preset/brief'}")).isEqualTo(json("{'model':'x/y','seed':1}"));
        assertThat(applied(presets, "{'model':'x/y','preset':'brief'}")).isEqualTo(json("{'model':'x/y','seed':1}"));
        assertThat(Presets.isNamedIn(request("{'model':'x/y'}"))).isFalse();
        assertThat(Presets.isNamedIn(request("{'model':'x/y@preset/z'}"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void areRefusedWithAReason(DatabaseKind kind) {
        var presets = open(kind);
        save(presets, "ann", "none", "Be brief.", "{'seed':1}");
        save(presets, "bob", "bobs", "", "{'model':'a/b'}");

        assertThat(refusal(presets, "{'model':'@preset/bobs'}").kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(refusal(presets, "{'model':'@preset/none'}").field()).contains("model");
        assertThat(refusal(presets, "{'model':'a/b@preset/none','preset':'bobs'}")
                        .field())
                .contains("preset");
        assertThat(catchThrowableOfType(FailureException.class, () -> save(presets, "ann", "A b", "", "{}"))
                        .failure()
                        .field())
                .contains("slug");
    }

    private static Failure refusal(Presets presets, String request) {
        return catchThrowableOfType(FailureException.class, () -> applied(presets, request))
                .failure();
    }

    private static JsonElement applied(Presets presets, String request) {
        return presets.applied(request(request), "ann").json().toTree();
    }

    private static ChatRequest request(String quoted) {
        return ChatRequest.of(JsonView.parse(text(quoted)));
    }

    private static void save(Presets presets, String account, String slug, String systemPrompt, String config) {
        var unused = presets.save(account, slug, systemPrompt, JsonView.parse(text(config)));
    }
}
