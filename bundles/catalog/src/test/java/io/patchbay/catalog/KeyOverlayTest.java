package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.ProviderStatus.State;
import io.patchbay.api.catalog.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

class KeyOverlayTest {
    private static final String LISTED = "unknown-price=free;base-url=http://127.0.0.1:1/v1;models=meta/llama;api-key=";
    private static final String ASKED = "unknown-price=free;base-url=http://127.0.0.1:1/v1;api-key=";

    @TempDir
    static Path folder;

    private StoredKeys keys = open("");
    private CatalogFixture fixture = new CatalogFixture();

    @BeforeEach
    void begin() {
        keys.stored().forEach(keys::remove);
        fixture = new CatalogFixture(name -> keys.of(name));
        keys.follow(fixture.catalog::keysChanged);
    }

    @Test
    void makesAProviderReadyThatHadNoKey() {
        fixture.write("acme", LISTED);
        assertThat(fixture.status("acme").state()).isEqualTo(State.NO_CREDENTIAL);
        assertThat(fixture.status("acme").detail()).contains("patchbay:provider-key acme");

        keys.store("acme", Secret.of("sk-1"));

        assertThat(fixture.status("acme").state()).isEqualTo(State.READY);
        assertThat(credential("meta/llama")).isEqualTo("sk-1");
    }

    @Test
    void usesTheStoredKeyBeforeThatOfTheFileWhicheverCameLast() {
        keys.store("acme", Secret.of("stored"));
        fixture.write("acme", LISTED + "written");
        assertThat(credential("meta/llama")).isEqualTo("stored");

        fixture.write("acme", LISTED + "written-anew");
        assertThat(credential("meta/llama")).isEqualTo("stored");
    }

    @Test
    void returnsToTheKeyOfTheFileWhenTheStoredOneIsRemoved() {
        fixture.write("acme", LISTED + "written");
        keys.store("acme", Secret.of("stored"));

        keys.remove("acme");

        assertThat(credential("meta/llama")).isEqualTo("written");
    }

    @Test
    void isWithoutAKeyAgainWhenTheOnlyOneIsRemoved() {
        fixture.write("acme", LISTED);
        keys.store("acme", Secret.of("stored"));

        keys.remove("acme");

        assertThat(fixture.status("acme").state()).isEqualTo(State.NO_CREDENTIAL);
        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void asksForTheModelsWithTheStoredKey() {
        fixture.write("acme", ASKED);
        assertThat(fixture.transport.exchanges).isEmpty();

        keys.store("acme", Secret.of("stored"));
        fixture.timer.advance(Duration.ZERO);

        assertThat(fixture.transport
                        .latest()
                        .provider
                        .credential()
                        .orElseThrow()
                        .reveal())
                .isEqualTo("stored");
        fixture.transport.latest().answer(200, "small");
        assertThat(fixture.status("acme").state()).isEqualTo(State.READY);
        assertThat(fixture.listed()).containsExactly("acme:acme/small");
    }

    @Test
    void isAskedAnewAfterItsKeyWasReplacedAndOffersItsModelsMeanwhile() {
        fixture.write("acme", ASKED + "written");
        fixture.transport.latest().answer(200, "small");

        keys.store("acme", Secret.of("mistyped"));
        fixture.timer.advance(Duration.ZERO);

        assertThat(fixture.status("acme").state()).isEqualTo(State.DISCOVERING);
        assertThat(fixture.listed()).containsExactly("acme:acme/small");
        fixture.transport.latest().answer(401, "");
        assertThat(fixture.status("acme").detail()).isEqualTo("Asked for its models: it answered with status 401");
    }

    @Test
    void leavesOtherProvidersAsTheyAre() {
        fixture.write("other", ASKED + "written");
        fixture.transport.latest().answer(200, "small");
        var before = fixture.endpoint("other/small");
        fixture.write("acme", LISTED);

        keys.store("acme", Secret.of("one"));
        var acme = fixture.endpoint("meta/llama");
        keys.store("third", Secret.of("two"));

        assertThat(fixture.endpoint("other/small")).isSameAs(before);
        assertThat(fixture.endpoint("meta/llama")).isSameAs(acme);
        assertThat(fixture.transport.exchanges).hasSize(1);
    }

    @Test
    void countsAsWithoutAKeyWhereTheStoredOneCannotBeDecrypted() {
        keys = open("correct horse battery staple");
        keys.store("acme", Secret.of("stored"));
        keys = open("another passphrase of mine");

        fixture.write("acme", LISTED + "written");

        assertThat(fixture.status("acme").state()).isEqualTo(State.NO_CREDENTIAL);
        assertThat(fixture.status("acme").detail())
                .isEqualTo("Its stored key can't be decrypted: it was encrypted with another value of"
                        + " PATCHBAY_MASTER_KEY.");
        assertThat(fixture.status("acme").provider().credential()).isEmpty();
    }

    private static StoredKeys open(String passphrase) {
        return new StoredKeys(folder, passphrase, "", new SecureRandom(), NOPLogger.NOP_LOGGER);
    }

    private String credential(String model) {
        return fixture.endpoint(model).provider().credential().orElseThrow().reveal();
    }
}
