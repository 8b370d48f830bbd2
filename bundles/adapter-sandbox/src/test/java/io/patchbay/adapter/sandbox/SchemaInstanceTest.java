package io.patchbay.adapter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaInstanceTest {
    static final List<String> BOTH_DRAFTS = List.of(
            "{}",
            "{'type':'object'}",
            "{'type':'string'}",
            "{'type':['null','integer']}",
            "{'type':'object','required':['a','b','c','d'],'properties':{'a':{'type':'string'},'b':{'type':'integer'},"
                    + "'c':{'type':'boolean'},'d':{'type':'null'}},'additionalProperties':false}",
            "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'number'}},'additionalProperties':false}",
            "{'properties':{'a':{'const':{'x':[1,null]}},'b':{'enum':['red','green']}}}",
            "{'required':['undeclared'],'additionalProperties':{'type':'integer'}}",
            "{'type':'object','minProperties':3,'properties':{'a':{'type':'string'}}}",
            "{'type':'object','maxProperties':1,'properties':{'a':{'type':'string'},'b':{'type':'string'}}}",
            "{'type':'object','minProperties':2,'patternProperties':{'^x-[a-z]$':{'type':'integer'}},'additionalProperties':false}",
            "{'type':'object','minProperties':2,'propertyNames':{'enum':['left','right','up']}}",
            "{'type':'array','minItems':4,'uniqueItems':true,'items':{'type':'string'}}",
            "{'type':'array','minItems':3,'uniqueItems':true,'items':{'type':'integer','maximum':5}}",
            "{'type':'array','minItems':3,'uniqueItems':true,'items':{'enum':['a','b','c']}}",
            "{'type':'array','minItems':2,'uniqueItems':true,'items':{'type':'object','required':['id'],'properties':{'id':{'type':'integer'}}}}",
            "{'type':'array','maxItems':0,'items':{'type':'string'}}",
            "{'type':'array','contains':{'type':'number','minimum':5},'minItems':2}",
            "{'type':'array','items':{'type':'array','minItems':2,'items':{'type':'boolean'}},'minItems':2}",
            "{'type':'integer','minimum':10,'maximum':20}",
            "{'type':'integer','exclusiveMinimum':10,'exclusiveMaximum':12}",
            "{'type':'integer','maximum':-3}",
            "{'type':'integer','minimum':1,'multipleOf':7}",
            "{'type':'integer','multipleOf':2.5,'minimum':3}",
            "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':1}",
            "{'type':'number','minimum':0.1,'maximum':0.2,'multipleOf':0.05}",
            "{'type':'number','minimum':1e6}",
            "{'type':'string','minLength':20,'maxLength':25}",
            "{'type':'string','maxLength':2}",
            "{'type':'string','minLength':0,'maxLength':0}",
            "{'type':'string','format':'date'}",
            "{'type':'string','format':'date-time'}",
            "{'type':'string','format':'time'}",
            "{'type':'string','format':'email'}",
            "{'type':'string','format':'uuid'}",
            "{'type':'string','format':'uri'}",
            "{'type':'string','format':'hostname'}",
            "{'type':'string','format':'ipv4'}",
            "{'type':'string','format':'ipv6'}",
            "{'type':'array','minItems':3,'uniqueItems':true,'items':{'type':'string','format':'uuid'}}",
            "{'type':'string','pattern':'^[A-Z]{3}-\\\\d{4}$'}",
            "{'type':'string','pattern':'^(\\\\+\\\\d{1,3} )?\\\\(?\\\\d{3}\\\\)?[ .-]\\\\d{4}$'}",
            "{'type':'string','pattern':'^[a-z0-9_]+$','minLength':8}",
            "{'type':'string','pattern':'^(?:GET|POST) /[^ ]*$'}",
            "{'type':'string','pattern':'^#(?:[0-9a-fA-F]{2}){3}$'}",
            "{'allOf':[{'type':'object','required':['a'],'properties':{'a':{'type':'string'}}},"
                    + "{'required':['b'],'properties':{'b':{'type':'integer'},'a':{'minLength':9}}}]}",
            "{'allOf':[{'type':'number','minimum':3},{'type':'integer','maximum':4,'minimum':1}]}",
            "{'allOf':[{'enum':[1,2,3]},{'enum':[3,4]}]}",
            "{'anyOf':[{'type':'string','maxLength':3},{'type':'null'}]}",
            "{'type':'object','anyOf':[{'type':'string'},{'required':['x']}]}",
            "{'type':'object','oneOf':[{'required':['a']},{'required':['b']}],'properties':{'a':{'type':'integer'},'b':{'type':'integer'}}}",
            "{'oneOf':[{'type':'object','required':['kind','r'],'properties':{'kind':{'const':'circle'},'r':{'type':'number'}}},"
                    + "{'type':'object','required':['kind'],'properties':{'kind':{'const':'none'}}}]}",
            "{'type':'object','required':['country'],'properties':{'country':{'enum':['DE','US']}},"
                    + "'if':{'properties':{'country':{'const':'DE'}}},'then':{'required':['plz']},'else':{'required':['zip']}}",
            "{'definitions':{'p':{'type':'object','required':['x','y'],'properties':{'x':{'type':'number'},'y':{'type':'number'}}}},"
                    + "'type':'object','required':['from','to'],'properties':{'from':{'$ref':'#/definitions/p'},'to':{'$ref':'#/definitions/p'}}}",
            "{'$ref':'#/definitions/a~1b','definitions':{'a/b':{'$ref':'#/definitions/c%25d'},'c%d':{'type':'integer','minimum':4}}}",
            "{'type':'object','required':['value'],'properties':{'value':{'type':'integer'},'child':{'$ref':'#'}}}",
            "{'$ref':'#/definitions/node','definitions':{'node':{'type':'object','required':['value','next'],'properties':{"
                    + "'value':{'type':'string'},'next':{'anyOf':[{'$ref':'#/definitions/node'},{'type':'null'}]}}}}}",
            "{'$ref':'#/definitions/tree','definitions':{'tree':{'type':'object','required':['children'],"
                    + "'properties':{'children':{'type':'array','items':{'$ref':'#/definitions/tree'}}}}}}");

    static final List<String> NEWER_DRAFT = List.of(
            "{'$defs':{'a':{'$anchor':'named','type':'integer','minimum':2}},'$ref':'#named'}",
            "{'$defs':{'a':{'type':'integer'}},'$ref':'#/$defs/a','minimum':30}",
            "{'$id':'https://example.com/s','$defs':{'a':{'type':'boolean'}},'type':'array','minItems':1,"
                    + "'items':{'$ref':'https://example.com/s#/$defs/a'}}",
            "{'type':'array','prefixItems':[{'type':'string'},{'type':'integer'}],'items':false,'minItems':2}",
            "{'type':'array','prefixItems':[{'type':'string'}],'items':{'type':'boolean'},'minItems':3}",
            "{'type':'array','contains':{'const':'here'},'minContains':2}",
            "{'type':'object','required':['card'],'dependentRequired':{'card':['address'],'address':['city']},"
                    + "'properties':{'card':{'type':'string'},'address':{'type':'string'}}}",
            "{'type':'object','allOf':[{'properties':{'a':{'type':'string'}},'required':['a']}],'unevaluatedProperties':false}");

    static final List<String> DRAFT_7 = List.of(
            "{'type':'array','items':[{'type':'string'},{'type':'integer'}],'additionalItems':false,'minItems':2}",
            "{'type':'array','items':[{'type':'string'}],'additionalItems':{'type':'boolean'},'minItems':3}",
            "{'type':'object','required':['card'],'dependencies':{'card':['address']}}");

    @ParameterizedTest
    @FieldSource({"BOTH_DRAFTS", "NEWER_DRAFT"})
    void isValidByDraft2020(String schema) {
        assertValid(schema, VersionFlag.V202012);
    }

    @ParameterizedTest
    @FieldSource({"BOTH_DRAFTS", "DRAFT_7"})
    void isValidByDraft7(String schema) {
        assertValid(schema, VersionFlag.V7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "{'$ref':'#'}",
                "{'$ref':{}}",
                "{'$ref':'#/nowhere'}",
                "{'type':'object','required':['a'],'properties':{'a':{'$ref':'#'}}}",
                "{'allOf':[{'type':'string'},{'type':'integer'}]}",
                "{'allOf':[{'const':1},{'const':2}]}",
                "{'enum':[]}",
                "{'type':'integer','minimum':2,'maximum':1}",
                "{'type':'integer','exclusiveMinimum':1,'exclusiveMaximum':2}",
                "{'type':'array','minItems':2000000000,'items':true}",
                "{'type':'object','minProperties':2000000000}",
                "{'type':7,'allOf':3,'anyOf':{}}"
            })
    void isNullWhereThereIsNone(String schema) {
        assertThat(SchemaInstance.of(JsonParser.parseString(schema)).isJsonNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'string','minLength':2000000000}",
                "{'type':'string','pattern':'((((a{9999}){9999}){9999}){9999})+'}",
                "{'type':'string','pattern':'([((((','minLength':5}",
                "{'type':'string','pattern':'\\\\'}",
                "{'type':'string','pattern':'a{2,'}",
                "{'type':'number','minimum':1e9999999999}",
                "{'type':'number','minimum':1e900,'multipleOf':1e-900}",
                "{'type':'number','minimum':'x','multipleOf':0}",
                "{'type':'array','minItems':9999,'items':{'type':'string','minLength':9999}}"
            })
    void staysSmallWhateverIsAskedFor(String schema) {
        var instance = assertTimeout(Duration.ofSeconds(5), () -> SchemaInstance.of(JsonParser.parseString(schema)));
        assertThat(instance.toString()).hasSizeLessThan(1_000_000);
    }

    @Test
    void givesUpOnASchemaThatDoublesAtEachStep() {
        var schema = new StringBuilder("{'$ref':'#/definitions/d0','definitions':{'d60':{'type':'string'}");
        for (int i = 0; i < 60; i++) {
            var next = "{'$ref':'#/definitions/d" + (i + 1) + "'}";
            schema.append(",'d" + i + "':{'type':'object','required':['a','b'],'properties':{'a':" + next + ",'b':"
                    + next + "}}");
        }
        var json = JsonParser.parseString(schema.append("}}").toString());

        var instance = assertTimeout(Duration.ofSeconds(5), () -> SchemaInstance.of(json));

        assertThat(instance.isJsonNull()).isTrue();
    }

    @Test
    void givesUpOnTooManyAlternatives() {
        var schema = new StringBuilder("{'anyOf':[false");
        schema.append(",{'type':'string','allOf':[{'type':'integer'}]}".repeat(20_000))
                .append(']');
        for (int i = 0; i < 20_000; i++) {
            schema.append(",'k").append(i).append("':1");
        }
        var json = JsonParser.parseString(schema.append('}').toString());

        assertThat(assertTimeout(Duration.ofSeconds(5), () -> SchemaInstance.of(json))
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void understandsTypesInCapitals() {
        assertThat(SchemaInstance.of(JsonParser.parseString("{'type':'OBJECT','properties':{'a':{'type':'INTEGER'}}}")))
                .hasToString("{\"a\":1}");
    }

    private static void assertValid(String schema, VersionFlag draft) {
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        var validator = JsonSchemaFactory.getInstance(draft).getSchema(schema.replace('\'', '"'), config);
        var instance = SchemaInstance.of(JsonParser.parseString(schema.replace('\'', '"')))
                .toString();

        assertThat(validator.validate(instance, InputFormat.JSON)).as(instance).isEmpty();
    }
}
