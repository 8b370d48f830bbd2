package io.patchbay.itests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
    private OpenApiDocument document;

    @BeforeEach
    void read() throws Exception {
        document = OpenApiDocument.parse("It", """
                {"paths":{
                  "/things/{id}":{"get":{"responses":{
                    "200":{"content":{
                      "application/json":{"schema":{"$ref":"#/components/schemas/Thing"}},
                      "text/event-stream":{"schema":{"properties":{"data":{"$ref":"#/components/schemas/Event"}}}}}},
                    "500":{"content":{"application/json":{"schema":{"required":["error"]}}}}}}},
                  "/things/mine":{"get":{"responses":{"200":{"content":{}}}}}},
                 "components":{"schemas":{
                  "Thing":{"type":"object","required":["id"],"properties":{
                    "id":{"type":"string"},"end":{"enum":["stop","length"]},
                    "parts":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}},
                  "Said":{"required":["text"],"properties":{"type":{"const":"said"},"text":{"type":"string"}}},
                  "Done":{"required":["usage"],"properties":{"type":{"const":"done"}}},
                  "Event":{"oneOf":[{"$ref":"#/components/schemas/Said"},{"$ref":"#/components/schemas/Done"}],
                    "discriminator":{"propertyName":"type","mapping":{
                      "said":"#/components/schemas/Said","done":"#/components/schemas/Done"}}}}}}""");
    }

    @Test
    void saysWhereAnAnswerIsAnother() {
        assertThat(differences("{\"id\":\"a\",\"end\":\"stop\",\"parts\":[{\"id\":\"b\"}],\"more\":1}"))
                .isEmpty();
        assertThat(differences("{\"parts\":[{\"id\":\"b\"},{\"id\":7},{}]}"))
                .containsExactlyInAnyOrder("/id required", "/parts/*/id type", "/parts/*/id required");
        assertThat(differences("not found")).containsExactly(" content");
    }

    @Test
    void whatIsNoWordOfTheSchemaIsNotTakenForOne() {
        assertThat(differences("{\"id\":\"a\",\"end\":\"stop\"}")).isEmpty();
        assertThat(differences("{\"id\":\"b\",\"end\":\"length\"}")).isEmpty();
        for (int i = 0; i < 2; i++) {
            assertThat(differences("{\"id\":\"c\",\"end\":\"whenever\"}")).containsExactly("/end enum");
        }
    }

    @Test
    void anEventIsOfTheKindThatItSays() {
        assertThat(events("data: {\"type\":\"said\",\"text\":\"a\"}\n\n: still there\n\ndata: [DONE]\n\n"))
                .isEmpty();
        assertThat(events("data: {\"type\":\"said\"}\n\ndata: {\"type\":\"done\"}\n\ndata: {\"type\":\"sung\"}\n\n"))
                .containsExactly("/data/text required", "/data/usage required", "/data/type enum");
    }

    @Test
    void ofAStreamThatWasCutTheWholeEventsCount() {
        assertThat(events("data: {\"type\":\"done\"}\n\ndata: {\"typ")).containsExactly("/data/usage required");
    }

    @Test
    void anErrorThatIsNotListedLooksLikeThoseThatAre() {
        assertThat(differences("GET", "/things/1", 418, "{\"error\":{}}")).isEmpty();
        assertThat(differences("GET", "/things/1", 418, "{}")).containsExactly("/error required");
        assertThat(differences("GET", "/things/1", 201, "{}")).containsExactly(" status");
    }

    @Test
    void whatTheDocumentDoesNotSayIsNotLookedAt() {
        assertThat(differences("GET", "/others/1", 200, "{}")).isEmpty();
        assertThat(differences("POST", "/things/1", 200, "{}")).isEmpty();
        assertThat(differences("GET", "/things/mine", 200, "{}")).isEmpty();
    }

    private List<String> differences(String body) {
        return differences("GET", "/things/1", 200, body);
    }

    private List<String> differences(String method, String path, int status, String body) {
        return check(method, path, status, "application/json", body);
    }

    private List<String> events(String stream) {
        return check("GET", "/things/1", 200, "text/event-stream", stream);
    }

    private List<String> check(String method, String path, int status, String type, String body) {
        return document.check(new Exchange(method, path, status, type, body, true)).stream()
                .map(found -> found.pointer() + ' ' + found.keyword())
                .toList();
    }
}
