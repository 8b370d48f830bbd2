package io.patchbay.adapter.ollama;

import static io.patchbay.adapter.ollama.Samples.ADAPTER;
import static io.patchbay.adapter.ollama.Samples.answer;
import static io.patchbay.adapter.ollama.Samples.body;
import static io.patchbay.adapter.ollama.Samples.choices;
import static io.patchbay.adapter.ollama.Samples.endpoint;
import static io.patchbay.adapter.ollama.Samples.json;
import static io.patchbay.adapter.ollama.Samples.request;
import static io.patchbay.adapter.ollama.Samples.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.adapter.Credential;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'reasoning':{'enabled':true}|true",
                "'reasoning':{'enabled':false}|false",
                "'reasoning':{'enabled':false,'effort':'high'}|false",
                "'reasoning':{'effort':'none'}|false",
                "'reasoning':{'effort':'minimal'}|'low'",
                "'reasoning':{'effort':'medium'}|'medium'",
                "'reasoning':{'effort':'xhigh'}|'high'",
                "'reasoning':{'effort':'some'}|'medium'",
                "'reasoning':{'max_tokens':100}|true",
                "'reasoning':{'max_tokens':0}|false",
                "'reasoning_effort':'high'|'high'",
                "'reasoning':{'exclude':true},'reasoning_effort':'low'|'low'",
            },
            quoteCharacter = '`')
    void saysHowMuchToThink(String members, String think) {
        assertThat(sent(members).get("think")).isEqualTo(json(think));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'include_reasoning':true",
                "'reasoning':{}",
                "'reasoning':{'exclude':true}",
                "'reasoning':{'enabled':null}",
                "'reasoning':null"
            })
    void leavesItToTheModel(String members) {
        assertThat(sent(members).has("think")).isFalse();
    }

    @Test
    void asksNoModelThatIsKnownNotToThink() {
        var request = ADAPTER.encode(
                request("{'reasoning':{'enabled':true}}"),
                endpoint(Map.of(), Set.of("temperature")),
                Credential.none());

        assertThat(body(request).has("think")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'reasoning':{'exclude':true}", "'include_reasoning':false"})
    void hidesThoughtsFromThoseWhoDoNotWantThem(String members) {
        var events = answer(
                request("{'stream':true," + members + "}"),
                "{'message':{'content':'','thinking':'a'},'done':false}",
                "{'message':{'content':'','thinking':'b'},'done':false}",
                "{'message':{'content':'c'},'done':true}");

        assertThat(choices(events))
                .containsExactly(
                        json("{'index':0,'delta':{'role':'assistant','content':''},'finish_reason':null}"),
                        json("{'index':0,'delta':{'content':'c'},'finish_reason':null}"),
                        json("{'index':0,'delta':{},'finish_reason':'stop','native_finish_reason':'stop'}"));
    }
}
