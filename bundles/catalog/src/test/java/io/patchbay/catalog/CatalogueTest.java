package io.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.catalog.Price;
import io.patchbay.api.catalog.ProviderStatus.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the catalogue's files and the providers' files make the catalog. */
class CatalogueTest {
    private static final String OPEN = "base-url=http://127.0.0.1:1/v1;credential-required=false";
    private static final String LLAMA =
            "{\"id\":\"meta/llama\",\"upstream\":\"llama-v1\",\"name\":\"Llama\",\"context_length\":1000,"
                    + "\"max_completion_tokens\":100,\"price\":{\"prompt\":\"1\",\"completion\":\"2\"},"
                    + "\"parameters\":[\"tools\"],\"created\":7}";
    private static final String PAINTER = "{\"id\":\"acme/painter\",\"output_modalities\":[\"image\"]}";

    @TempDir
    Path folder;

    private final CatalogFixture fixture = new CatalogFixture();

    @BeforeEach
    void watch() {
        fixture.catalog.watch(folder);
    }

    @Test
    void offersTheModelsOfTheCatalogueAtOnceAndAsksNobody() throws IOException {
        catalogue("acme", LLAMA, PAINTER);
        fixture.write("acme", OPEN);

        assertThat(fixture.listed()).containsExactly("acme:meta/llama");
        assertThat(fixture.transport.exchanges).isEmpty();
        var endpoint = fixture.endpoint("meta/llama");
        assertThat(endpoint.upstreamModel()).isEqualTo("llama-v1");
        assertThat(endpoint.modelDisplayName()).isEqualTo("Llama");
        assertThat(endpoint.contextLength()).hasValue(1000);
        assertThat(endpoint.maxCompletionTokens()).hasValue(100);
        assertThat(endpoint.price()).contains(known("1", "2"));
        assertThat(endpoint.supportedParameters()).containsExactly("tools");
        assertThat(endpoint.inputModalities()).containsExactly("text");
        assertThat(endpoint.outputModalities()).containsExactly("text");
        assertThat(endpoint.created()).isEqualTo(7);
        assertThat(fixture.status("acme").state()).isEqualTo(State.READY);
        assertThat(fixture.status("acme").detail()).isEqualTo("The catalogue lists its models, as of 2026-11-22.");
    }

    @Test
    void offersNothingWithoutTheCredential() throws IOException {
        catalogue("acme", LLAMA);
        fixture.write("acme", "base-url=http://127.0.0.1:1/v1");

        assertThat(fixture.listed()).isEmpty();
        assertThat(fixture.status("acme").state()).isEqualTo(State.NO_CREDENTIAL);
    }

    @Test
    void offersNoModelThatTheFileExcludes() throws IOException {
        catalogue("acme", LLAMA, "{\"id\":\"acme/other\"}");
        fixture.write("acme", OPEN + ";exclude-models=llama-*");

        assertThat(fixture.listed()).containsExactly("acme:acme/other");
    }

    @Test
    void fillsInWhatTheFileDoesNotSayOfItsModels() throws IOException {
        catalogue("acme", LLAMA, "{\"id\":\"acme/other\"}");
        fixture.write("acme", OPEN + ";models=mine/llama=llama-v1, meta/llama=elsewhere, mine/own");

        assertThat(fixture.listed()).containsExactly("acme:meta/llama", "acme:mine/llama", "acme:mine/own");
        assertThat(fixture.endpoint("mine/llama").price()).contains(known("1", "2"));
        assertThat(fixture.endpoint("meta/llama").contextLength()).hasValue(1000);
        assertThat(fixture.endpoint("meta/llama").upstreamModel()).isEqualTo("elsewhere");
        assertThat(fixture.endpoint("mine/own").price()).isEmpty();
    }

    @Test
    void leavesTheLastWordToTheFile() throws IOException {
        catalogue("acme", LLAMA, "{\"id\":\"acme/other\",\"price\":{\"prompt\":\"5\",\"completion\":\"6\"}}");
        fixture.write("acme", OPEN + ";price.meta/llama=3,4;context-length=50");

        assertThat(fixture.endpoint("meta/llama").price()).contains(price("3", "4"));
        assertThat(fixture.endpoint("meta/llama").contextLength()).hasValue(50);
        assertThat(fixture.endpoint("acme/other").price()).contains(known("5", "6"));
    }

    @Test
    void knowsTheModelsThatAProviderNamesWhenAsked() throws IOException {
        catalogue("acme", LLAMA, PAINTER);
        fixture.write("acme", OPEN + ";models = discover");
        fixture.transport.latest().answer(200, "llama-v1 fresh painter");

        assertThat(fixture.listed()).containsExactly("acme:acme/fresh", "acme:meta/llama");
        assertThat(fixture.endpoint("meta/llama").price()).contains(known("1", "2"));
        assertThat(fixture.endpoint("meta/llama").upstreamModel()).isEqualTo("llama-v1");
    }

    @Test
    void asksAProviderThatTheCatalogueDoesNotKnow() throws IOException {
        catalogue("other", LLAMA);
        fixture.write("acme", OPEN);
        fixture.transport.latest().answer(200, "llama-v1");

        assertThat(fixture.listed()).containsExactly("acme:acme/llama-v1");
    }

    @Test
    void takesFilesThatAreAddedEditedAndDeletedWithinASecond() throws IOException {
        fixture.write("acme", OPEN);
        fixture.transport.latest().answer(200, "asked");
        assertThat(fixture.listed()).containsExactly("acme:acme/asked");

        catalogue("acme", LLAMA);
        assertThat(fixture.listed()).containsExactly("acme:meta/llama");

        catalogue("acme", LLAMA, "{\"id\":\"acme/two\"}");
        assertThat(fixture.listed()).containsExactly("acme:acme/two", "acme:meta/llama");

        Files.delete(folder.resolve("acme.json"));
        fixture.timer.advance(CatalogueWatch.INTERVAL);
        assertThat(fixture.status("acme").state()).isEqualTo(State.DISCOVERING);
        fixture.transport.latest().answer(200, "asked");
        assertThat(fixture.listed()).containsExactly("acme:acme/asked");
    }

    @Test
    void keepsWhatWasInForceWhileAFileIsBroken() throws IOException {
        catalogue("acme", LLAMA);
        fixture.write("acme", OPEN);

        Files.writeString(folder.resolve("acme.json"), "{\"models\": [");
        fixture.timer.advance(CatalogueWatch.INTERVAL);
        assertThat(fixture.listed()).containsExactly("acme:meta/llama");

        Files.write(folder.resolve("acme.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
        fixture.timer.advance(CatalogueWatch.INTERVAL);
        assertThat(fixture.listed()).containsExactly("acme:meta/llama");

        catalogue("acme", "{\"id\":\"acme/mended\"}", "{\"id\":\"nonsense\"}");
        assertThat(fixture.listed()).containsExactly("acme:acme/mended");
    }

    @Test
    void doesNotTouchProvidersWhoseFilesHaveNotChanged() throws IOException {
        catalogue("acme", LLAMA);
        fixture.write("acme", OPEN);
        var before = fixture.endpoint("meta/llama");

        catalogue("other", "{\"id\":\"acme/two\"}");
        Files.writeString(folder.resolve("README"), "not a catalogue file");
        fixture.timer.advance(CatalogueWatch.INTERVAL);

        assertThat(fixture.endpoint("meta/llama")).isSameAs(before);
    }

    @Test
    void turnsToAnotherFolder(@TempDir Path other) throws IOException {
        catalogue("acme", LLAMA);
        fixture.write("acme", OPEN);
        Files.writeString(other.resolve("acme.json"), "{\"models\":[{\"id\":\"acme/two\"}]}");

        fixture.catalog.watch(other);

        assertThat(fixture.listed()).containsExactly("acme:acme/two");
        fixture.timer.advance(CatalogueWatch.INTERVAL);
        assertThat(fixture.listed()).containsExactly("acme:acme/two");
    }

    @Test
    void lacksNothingWithoutAFolder() throws IOException {
        fixture.catalog.watch(folder.resolve("none"));
        fixture.writeOpen("acme", "meta/llama");
        fixture.timer.advance(Duration.ofSeconds(3));

        assertThat(fixture.listed()).containsExactly("acme:meta/llama");
    }

    @Test
    void looksNoMoreOnceItIsStopped() throws IOException {
        fixture.catalog.stop();
        catalogue("acme", LLAMA);
        fixture.write("acme", OPEN);
        fixture.timer.advance(CatalogueWatch.INTERVAL);

        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void neverShowsAMomentWithoutTheModelWhileItsCatalogueFileIsEdited() throws IOException, InterruptedException {
        catalogue("acme", LLAMA);
        fixture.write("acme", OPEN);
        var stop = new AtomicBoolean();
        var lookups = new AtomicInteger();
        var misses = new AtomicInteger();
        var reader = new Thread(() -> {
            while (!stop.get()) {
                lookups.incrementAndGet();
                misses.addAndGet(fixture.found("meta/llama").size() == 1 ? 0 : 1);
            }
        });
        reader.start();
        for (int i = 0; i < 100 || lookups.get() < 1_000; i++) {
            catalogue("acme", LLAMA, "{\"id\":\"acme/m" + i + "\"}");
        }
        stop.set(true);
        reader.join();

        assertThat(misses).hasValue(0);
    }

    /** Writes a file of the catalogue and waits until it counts. */
    private void catalogue(String provider, String... models) throws IOException {
        Files.writeString(
                folder.resolve(provider + ".json"),
                "{\"provider\":\"" + provider + "\",\"as_of\":\"2026-11-22\",\"models\":[" + String.join(",", models)
                        + "]}");
        fixture.timer.advance(CatalogueWatch.INTERVAL);
    }

    /** As the catalogue has it, with the day. */
    private static Price known(String prompt, String completion) {
        return price(prompt, completion).toBuilder()
                .asOf(LocalDate.of(2026, 11, 22))
                .build();
    }

    private static Price price(String prompt, String completion) {
        return Price.perMillionTokens(new BigDecimal(prompt), new BigDecimal(completion));
    }
}
