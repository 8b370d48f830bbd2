package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Endpoint;
import io.patchbay.api.catalog.ModelId;
import io.patchbay.api.catalog.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What accounts see that have keys of their own. */
class OwnEndpointsTest {
    private static final ModelId ONE = ModelId.parse("m/one");

    @TempDir
    Path folder;

    private StoredKeys open() {
        return new StoredKeys(folder, "", "", new SecureRandom(), LoggerFactory.getLogger(OwnEndpointsTest.class));
    }

    private static CatalogFixture catalog(StoredKeys keys) {
        var fixture = new CatalogFixture(keys::of, keys::ofAccount, keys::owned);
        keys.follow(fixture.catalog::keysChanged);
        fixture.writeOpen("groq", "m/one");
        fixture.write("lacking", "base-url=http://127.0.0.1:1/v1;unknown-price=free;models=m/one");
        return fixture;
    }

    @Test
    void comeBesideTheSharedOnesForThatAccountAlone() {
        var keys = open();
        var catalog = catalog(keys).catalog;
        keys.store("acme", "groq", Secret.of("sk-own"));
        keys.store("acme", "lacking", Secret.of("sk-other"));

        assertThat(ids(catalog.endpoints(ONE, "acme")))
                .containsExactly("groq:m/one@acme", "lacking:m/one@acme", "groq:m/one");
        assertThat(ids(catalog.endpoints(ONE, "other"))).containsExactly("groq:m/one");
        assertThat(ids(catalog.endpoints())).containsExactly("groq:m/one");
        var own = catalog.endpoints(ONE, "acme").get(0);
        assertThat(own.isOwn()).isTrue();
        assertThat(own.provider().credential().orElseThrow().reveal()).isEqualTo("sk-own");
        assertThat(catalog.endpoints(ONE, "acme").get(0).provider())
                .as("tokens are kept for it")
                .isSameAs(own.provider());
    }

    @Test
    void stayAfterARestartAndGoWhenTheKeyIsRemoved() {
        open().store("acme", "lacking", Secret.of("sk-other"));

        var keys = open();
        var catalog = catalog(keys).catalog;

        assertThat(keys.stored("acme")).containsExactly("lacking");
        assertThat(keys.stored()).as("the operator's").isEmpty();
        assertThat(ids(catalog.endpoints(ONE, "acme"))).contains("lacking:m/one@acme");
        assertThat(keys.remove("acme", "lacking")).isTrue();
        assertThat(ids(catalog.endpoints(ONE, "acme"))).containsExactly("groq:m/one");
    }

    /** S2: swapped, altered or opened with another master key, a key is none; and nobody is charged in its place. */
    @Test
    void aKeyThatCannotBeReadLeavesItsProviderOut() throws IOException {
        var before = open();
        before.store("acme", "groq", Secret.of("sk-own"));
        before.store("rival", "groq", Secret.of("sk-rival"));
        var file = folder.resolve("keys.json");
        var text = Files.readString(file);
        Files.writeString(
                file,
                text.replace("acme/groq", "x/groq")
                        .replace("rival/groq", "acme/groq")
                        .replace("x/groq", "rival/groq"));

        var catalog = catalog(open()).catalog;

        assertThat(ids(catalog.endpoints(ONE, "acme"))).isEmpty();
        assertThat(ids(catalog.endpoints(ONE, "rival"))).isEmpty();
        assertThat(ids(catalog.endpoints(ONE, "other"))).containsExactly("groq:m/one");
    }

    private static List<String> ids(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::id).toList();
    }
}
