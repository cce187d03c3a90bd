package dev.polymnia.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.polymnia.core.Fault;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaFaultsTest {
    /// A schema, the path that is refused, and a part of the reason. Apostrophes stand for quotes.
    static Stream<Arguments> faults() {
        return Stream.of(
                row("{'foo':1}", "/foo", "the keyword foo is not supported"),
                row("{'not':{}}", "/not", "the keyword not is not supported"),
                row("{'patternProperties':{}}", "/patternProperties", "is not supported"),
                row("{'if':true,'then':true}", "/if", "is not supported"),
                row("{'properties':{'x':{'foo':1}}}", "/properties/x/foo", "is not supported"),
                row("{'properties':{'a/b~':{'foo':1}}}", "/properties/a~1b~0/foo", "not supported"),
                row("{'items':{'anyOf':[{},{'foo':1}]}}", "/items/anyOf/1/foo", "not supported"),
                row("{'$defs':{'unused':{'foo':1}}}", "/$defs/unused/foo", "is not supported"),
                row("{'type':'text'}", "/type", "there is no type \"text\""),
                row("{'type':3}", "/type", "a type is a name or a list of names, not 3"),
                row("{'type':[]}", "/type", "a type is a name or a list of names"),
                row("{'type':['string',null]}", "/type/1", "there is no type null"),
                row("{'enum':[]}", "/enum", "at least one value"),
                row("{'enum':'a'}", "/enum", "at least one value"),
                row("{'enum':[1],'const':2}", "/", "no value can meet the schema"),
                row("{'type':'string','enum':[1,2]}", "/", "no value can meet the schema"),
                row("{'enum':['\\ud800']}", "/enum/0", "a lone surrogate"),
                row("{'enum':[1e999]}", "/enum/0", "more than 60 digits"),
                row("{'enum':['abc'],'maxLength':2}", "/", "stands beside keywords about its"),
                row("{'properties':[]}", "/properties", "properties are an object, not []"),
                row("{'properties':{'x':3}}", "/properties/x", "a schema is an object or a bool"),
                row("{'required':'a'}", "/required", "required is a list of names"),
                row("{'required':[1]}", "/required/0", "a name is a string, not 1"),
                row(
                        "{'type':'object','required':['a'],'additionalProperties':false}",
                        "/",
                        "no value can meet the schema"),
                row(
                        "{'properties':{'x':{'properties':{'a':false},'required':['a']}},'required':['x']}",
                        "/properties/x",
                        "no value can meet the schema"),
                row("{'additionalProperties':'x'}", "/additionalProperties", "a schema is an obj"),
                row("{'items':[{}]}", "/items", "belongs into prefixItems"),
                row("{'items':1}", "/items", "a schema is an object or a boolean, not 1"),
                row("{'prefixItems':{}}", "/prefixItems", "is a list of schemas"),
                row("{'minItems':-1}", "/minItems", "a whole number from 0, not -1"),
                row("{'minItems':1.5}", "/minItems", "a whole number from 0, not 1.5"),
                row("{'minItems':'1'}", "/minItems", "minItems is a number, not \"1\""),
                row("{'minItems':3,'maxItems':2}", "/minItems", "3 is more than the maxItems 2"),
                row("{'maxItems':1000000}", "/maxItems", "1000000 is more than 65536"),
                row("{'uniqueItems':true}", "/uniqueItems", "unique items are not supported"),
                row("{'items':false,'minItems':1}", "/", "no value can meet the schema"),
                row(
                        "{'minLength':3,'maxLength':2}",
                        "/minLength",
                        "3 is more than the maxLength 2"),
                row("{'maxLength':99999999999}", "/maxLength", "99999999999 is more than 65536"),
                row("{'minimum':3,'maximum':2}", "/minimum", "no number lies between 3 and 2"),
                row(
                        "{'exclusiveMinimum':2,'maximum':2}",
                        "/exclusiveMinimum",
                        "no number lies between 2 and 2"),
                row("{'type':'integer','minimum':1.2,'maximum':1.8}", "/", "no value can meet"),
                row(
                        "{'type':'integer','exclusiveMinimum':1,'exclusiveMaximum':2}",
                        "/",
                        "no value can meet the schema"),
                row(
                        "{'type':'integer','minimum':1,'maximum':5,'multipleOf':7}",
                        "/",
                        "no value can meet the schema"),
                row("{'minimum':'1'}", "/minimum", "minimum is a number, not \"1\""),
                row("{'exclusiveMinimum':true}", "/exclusiveMinimum", "is a number, not true"),
                row("{'minimum':1e100}", "/minimum", "more than 60 digits"),
                row("{'multipleOf':0}", "/multipleOf", "0 is not above 0"),
                row("{'multipleOf':-2}", "/multipleOf", "-2 is not above 0"),
                row(
                        "{'items':{'type':'integer','multipleOf':1000003}}",
                        "/items/multipleOf",
                        "multiples of 1000003 need more than 5000 states"),
                row("{'pattern':3}", "/pattern", "pattern is a string, not 3"),
                row("{'pattern':'('}", "/pattern", "character 2 of the pattern (: ) is missing"),
                row("{'pattern':'a)'}", "/pattern", "character 2 of the pattern a)"),
                row(
                        "{'pattern':'(?=a)b'}",
                        "/pattern",
                        "character 1 of the pattern (?=a)b: look-ar"),
                row("{'pattern':'(?<!a)b'}", "/pattern", "look-around and flags"),
                row("{'pattern':'(?i)a'}", "/pattern", "look-around and flags"),
                row("{'pattern':'(a)\\\\1'}", "/pattern", "character 4 of the pattern (a)\\1: \\1"),
                row("{'pattern':'\\\\bword'}", "/pattern", "\\b is not supported"),
                row("{'pattern':'\\\\p{L}'}", "/pattern", "\\p is not supported"),
                row("{'pattern':'a^b'}", "/pattern", "an anchor stands in the middle"),
                row("{'pattern':'a$b'}", "/pattern", "an anchor stands in the middle"),
                row("{'pattern':'(^a)'}", "/pattern", "an anchor stands in the middle"),
                row("{'pattern':'*a'}", "/pattern", "nothing stands before a quantifier"),
                row("{'pattern':'a{2,1}'}", "/pattern", "bounds are exchanged"),
                row("{'pattern':'a{1,99999}'}", "/pattern", "numbers up to 65536"),
                row("{'pattern':'a++'}", "/pattern", "a quantifier follows another"),
                row("{'pattern':'[z-a]'}", "/pattern", "a range ends before it begins"),
                row("{'pattern':'[a'}", "/pattern", "the class is not closed"),
                row("{'pattern':'[]'}", "/pattern", "the class is empty"),
                row("{'pattern':'[a[b]]'}", "/pattern", "sets inside of a class"),
                row("{'pattern':'[\\\\d-z]'}", "/pattern", "cannot be the end of a range"),
                row("{'pattern':'\\\\'}", "/pattern", "the escape is not finished"),
                row("{'pattern':'\\\\x4'}", "/pattern", "needs 2 hexadecimal digits"),
                row("{'pattern':'^(a?b?){9}$','maxLength':5}", "/pattern", "cannot be combined"),
                row("{'pattern':'^abc$','maxLength':2}", "/", "no value can meet the schema"),
                row("{'format':'uri'}", "/format", "the format uri is not supported"),
                row("{'format':'date','pattern':'x'}", "/pattern", "combined with the format date"),
                row("{'format':'date','maxLength':5}", "/maxLength", "from 10 to 10 characters"),
                row("{'format':'email','minLength':9}", "/minLength", "cannot be restricted"),
                row("{'anyOf':[]}", "/anyOf", "anyOf is a list of schemas"),
                row("{'anyOf':{}}", "/anyOf", "anyOf is a list of schemas"),
                row("{'anyOf':[false,false]}", "/", "no value can meet the schema"),
                row(
                        "{'oneOf':[{'type':'integer'},{'type':'number'}]}",
                        "/oneOf",
                        "the schemas 0 and 1 may both be met"),
                row("{'oneOf':[{'type':'object'},{'type':'null'},{}]}", "/oneOf", "0 and 2"),
                row("{'allOf':[{'type':'string'},{'type':'null'}]}", "/", "no value can meet"),
                row(
                        "{'allOf':[{'pattern':'^a'},{'pattern':'^b'}]}",
                        "/",
                        "two patterns, ^a and ^b, cannot be combined"),
                row("{'allOf':[{'format':'date'},{'format':'time'}]}", "/", "two formats"),
                row("{'$ref':'#/$defs/x'}", "/$ref", "#/$defs/x leads nowhere"),
                row("{'$ref':'other.json'}", "/$ref", "other.json is not a place in this schema"),
                row("{'$ref':3}", "/$ref", "$ref is a string, not 3"),
                row("{'$ref':'#/%zz'}", "/$ref", "has a broken % escape"),
                row("{'$ref':'#'}", "/", "refers to itself with nothing in between"),
                row(
                        "{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}}}",
                        "/$defs/a",
                        "refers to itself with nothing in between"),
                row(
                        "{'anyOf':[{'type':'null'},{'$ref':'#'}]}",
                        "/",
                        "refers to itself with nothing"),
                row("{'allOf':[{'$ref':'#'}]}", "/", "refers to itself with nothing in between"),
                row(
                        "{'type':'object','properties':{'next':{'$ref':'#'}},'required':['next']}",
                        "/",
                        "contains itself without an end"),
                row(
                        "{'properties':{'x':{'$ref':'#/$defs/n'}},'$defs':{'n':{'type':'array','items':"
                            + "{'$ref':'#/$defs/n'},'minItems':1}}}",
                        "/$defs/n",
                        "contains itself without an end"),
                row("{'$defs':3}", "/$defs", "definitions are an object, not 3"),
                row("3", "/", "a schema is an object or a boolean, not 3"),
                row("false", "/", "no value can meet the schema"),
                row("", "/", "the text is empty"),
                row(
                        "{'items':".repeat(70) + "{}" + "}".repeat(70),
                        "/items".repeat(65),
                        "more than 64 levels"));
    }

    private static Arguments row(String schema, String path, String reason) {
        return Arguments.of(schema.replace('\'', '"'), path, reason);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void names_the_place_and_the_reason(String schema, String path, String reason) {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> SchemaGrammar.compile(schema))
                .withMessageStartingWith("The JSON Schema is refused at " + path + ": ")
                .withMessageContaining(reason)
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
    }

    @Test
    void refuses_what_is_not_json_or_has_a_property_twice() {
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> SchemaGrammar.compile("{\"type\":"))
                .withMessageStartingWith("The JSON Schema is not JSON: ")
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(Fault.Code.INVALID));
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> SchemaGrammar.compile("{\"type\":\"null\",\"type\":\"null\"}"))
                .withMessageContaining("Duplicate");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> SchemaGrammar.compile("{} {}"))
                .withMessageStartingWith("The JSON Schema is not JSON: ");
    }

    @Test
    void refuses_schemas_that_explode() {
        String product =
                IntStream.range(0, 12)
                        .mapToObj(i ->
                                "{\"anyOf\":[{\"minimum\":%d},{\"maximum\":%d}]}"
                                        .formatted(100 * i, 100 * i + 50))
                        .collect(Collectors.joining(",", "{\"allOf\":[", "]}"));

        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> SchemaGrammar.compile(product))
                .withMessageContaining("more than 1000 combinations of alternatives");
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> SchemaGrammar.compile(" ".repeat(1 << 21)))
                .withMessageContaining("characters are more than");
    }

    @Test
    void takes_large_schemas_that_do_not() {
        String properties =
                IntStream.range(0, 2_000)
                        .mapToObj("\"property%d\":{\"type\":\"integer\"}"::formatted)
                        .collect(Collectors.joining(","));
        String values =
                IntStream.range(0, 3_000)
                        .mapToObj("\"value number %d\""::formatted)
                        .collect(Collectors.joining(","));
        Grammar object =
                SchemaGrammar.compile(
                        "{\"properties\":{%s},\"additionalProperties\":false}"
                                .formatted(properties));
        Grammar several = SchemaGrammar.compile("{\"enum\":[%s]}".formatted(values));

        assertThat(Texts.takes(object, "{\"property7\":1,\"property1999\":2}")).isTrue();
        assertThat(Texts.takes(object, "{\"property2000\":1}")).isFalse();
        assertThat(Texts.takes(several, "\"value number 2999\"")).isTrue();
        assertThat(Texts.takes(several, "\"value number 3000\"")).isFalse();
    }

    @Test
    void the_rules_of_several_schemas_fit_into_one_grammar() {
        String tool = SchemaGrammar.rules("{\"type\":\"object\"}", "tool-1");
        String answer = SchemaGrammar.rules("{\"enum\":[\"yes\",\"no\"]}", "answer");
        Grammar grammar =
                Grammar.parse("root ::= \"call \" tool-1 | \"say \" answer\n" + tool + answer);

        assertThat(Texts.takes(grammar, "call {\"a\": 1}")).isTrue();
        assertThat(Texts.takes(grammar, "say \"no\"")).isTrue();
        assertThat(Texts.takes(grammar, "say {}")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> SchemaGrammar.rules("{}", "a b"));
    }

    @Test
    void blanks_between_tokens_are_bounded() {
        Grammar grammar = SchemaGrammar.compile("{\"type\":\"array\"}");

        assertThat(Texts.takesBeginning(grammar, "[\n" + " ".repeat(24))).isTrue();
        assertThat(Texts.takesBeginning(grammar, "[\n" + " ".repeat(25))).isFalse();
        assertThat(Texts.takesBeginning(grammar, "[  ")).isFalse();
        assertThat(Texts.takesBeginning(grammar, " [")).isFalse();
        assertThat(Texts.takesBeginning(grammar, "[] ")).isFalse();
    }
}
